"""Draw who is visited again, and keep what came of asking about a visit."""

from collections import defaultdict

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from portal.core.audit import hold_log, record
from portal.core.models import User
from portal.households.enums import DoubtKind
from portal.households.models import ClosedRow, DoubtAnswer, Household, PeriodClose, RecheckCase, RecheckDraw, Visit
from portal.households.progress.second_looks import drawn
from portal.households.selectors.periods import Span


class RecheckRefused(Exception):
    """The sample cannot be drawn; the message is what the office reads."""


@transaction.atomic
def draw_rechecks(*, close: PeriodClose, percent: int, by: User) -> RecheckDraw:
    """Draw households that were visited within the closed quarter, from each village; once, and for all to repeat."""
    hold_log()
    locked = PeriodClose.objects.select_for_update(of=("self",)).get(pk=close.pk)
    if RecheckDraw.objects.filter(close=locked).exists():
        raise RecheckRefused(f"{locked.period.heading} đã rút rồi. Mỗi quý chỉ rút một lần.")
    visits, villages = _last_visits(locked), dict[str, int]()
    visited: dict[int, list[str]] = defaultdict(list)
    for code, village in ClosedRow.objects.filter(close=locked, code__in=visits).values_list("code", "village"):
        visited[village].append(code)
        villages[code] = village
    chosen = sorted(code for codes in drawn(visited, percent, locked.digest).values() for code in codes)
    if not chosen:
        raise RecheckRefused("Trong quý không có hộ nào được thăm, nên chưa có gì để thăm lại.")
    draw = RecheckDraw(close=locked, percent=percent, drawn_by=by)
    draw.save()
    homes = Household.objects.in_bulk(chosen, field_name="code")
    for code in chosen:
        RecheckCase(draw=draw, household=homes[code], village_id=villages[code], visit_id=visits[code]).save()
    record("recheck.draw", by=by, subject=locked.period.code, data={"percent": percent, "households": len(chosen)})
    return draw


def _last_visits(close: PeriodClose) -> dict[str, int]:
    """{code: the last visit within the quarter that nobody corrected}."""
    first, after = Span(close.period, close.first_on, close.last_on).moments
    corrected = Visit.objects.filter(corrects=OuterRef("client_id"))
    within = Visit.objects.filter(~Exists(corrected), visited_at__gte=first, visited_at__lt=after)
    return dict(within.order_by("visited_at").values_list("household__root__code", "pk"))


def answer_doubt(*, visit: Visit, kind: DoubtKind, note: str, by: User) -> None:
    """Keep what came of asking; a second answer to the same question changes nothing."""
    try:
        with transaction.atomic():
            DoubtAnswer(visit=visit, kind=kind, note=note.strip(), made_by=by).save()
            record("doubt.answer", by=by, subject=visit.household.code, reason=note.strip(), data={"kind": str(kind)})
    except IntegrityError:
        return
