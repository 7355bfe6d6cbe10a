"""What a closed period would say today, and what happened since that makes the difference."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from portal.households.enums import MeasureKind
from portal.households.models import (
    ActivityReport,
    CapableStatement,
    ClosedRow,
    DecisionEntry,
    Household,
    Merge,
    PeriodClose,
    Registration,
    Visit,
)
from portal.households.progress.contents import (
    COMMUNE,
    TALLIES,
    UNDATED_TALLIES,
    Content,
    Difference,
)
from portal.households.progress.wording import written
from portal.households.selectors.period_rows import KeptRow, rows_on
from portal.households.selectors.periods import Span
from portal.households.selectors.progress import figures_on
from portal.households.selectors.tallies import tallies_of
from portal.households.standing import HANOI

WHOLE = "Cả xã"
LATE_MERGE, LATE_UNMERGE = "gộp hộ", "gỡ gộp hộ"
LATE_LISTING, LATE_LEAVING, LATE_MOVE = "hộ vào sổ ghi bù", "hộ ra khỏi sổ ghi bù", "chuyển thôn ghi bù"
LATE_VISIT, LATE_CORRECTION = "lượt thăm ghi sau khi chốt", "sửa lượt thăm"
LATE_WORD, LATE_FORM = "ghi thêm ai dùng được dịch vụ số", "phiếu đăng ký nhập sau"
LATE_DECISION, LATE_ACTIVITY, OTHERWISE = "quyết định nhập sau", "hoạt động ghi hoặc sửa sau khi chốt", "lý do khác"


#: Up to so many households a page looks through them all while it is waited for; beyond, on demand.
AT_ONCE = 20_000


def is_quick_to_explain(close: PeriodClose) -> bool:
    """Whether the causes can be told on every look at the page."""
    return int(Content.read(close.content).given["rows"]["count"]) <= AT_ONCE


def differences_of(close: PeriodClose) -> list[Difference]:
    """Every figure, of the commune and of each village, that is not what was frozen. By the frozen definitions."""
    content = Content.read(close.content)
    figures = figures_on([close.last_on], content.definitions)
    found = []
    for definition in content.definitions:
        for place in (None, *content.places):
            then = content.figure(definition, place)
            now = figures.of(definition, close.last_on, place.pk if place else None)
            if now.heaps != then.heaps:
                is_detailed = written(now) == written(then)
                numbers = [written(figure, is_detailed=is_detailed) for figure in (then, now)]
                found.append(Difference(definition.key, definition.name, place.name if place else WHOLE, *numbers))
    return [*found, *_tally_differences(close, content)]


def _tally_differences(close: PeriodClose, content: Content) -> list[Difference]:
    now = tallies_of(Span(close.period, close.first_on, close.last_on))
    found = []
    for key, (name, _unit) in TALLIES.items():
        for place in (None, *content.places):
            numbers = (content.tally(key, place), now.get(str(place.pk) if place else COMMUNE, {}).get(key, 0))
            if key not in UNDATED_TALLIES and numbers[0] != numbers[1]:
                found.append(Difference(key, name, place.name if place else WHOLE, *map(str, numbers)))
    return found


def is_news(close: PeriodClose, differences: Sequence[Difference]) -> bool:
    """Whether the register says something else than the close and its last revision."""
    last = close.revisions.order_by("number").last()
    told = json.loads(last.content)["differences"] if last else []
    return [[one.key, one.name, one.place, one.then, one.now] for one in differences] != told


def causes_of(close: PeriodClose) -> list[tuple[str, int]]:
    """[(what happened, how many households or activities)], the most frequent first."""
    then = {
        row.code: (row.village_id, row.heaps)
        for row in ClosedRow.objects.filter(close=close).only("code", "village_id", "heaps")
    }
    now = {row.code: row for row in rows_on(close.last_on)}
    changed = {code for code in then.keys() | now.keys() if code not in now or _said(now[code]) != then.get(code)}
    late = _late_deeds(close)
    homes = {
        home.code: home
        for home in Household.objects.filter(code__in=changed).only("code", "root_id", "survivor_id", "listed_to")
    }
    causes = Counter(_cause(homes[code], then.get(code), now.get(code), late) for code in changed)
    activities = _late_activities(close)
    if activities:
        causes[LATE_ACTIVITY] = activities
    return sorted(causes.items(), key=lambda cause: (-cause[1], cause[0]))


def _said(row: KeptRow) -> tuple[int, dict[str, str]]:
    return row.village, {key: str(heap) for key, heap in row.heaps.items()}


def _cause(
    home: Household, then: tuple[int, dict[str, str]] | None, now: KeptRow | None, late: Mapping[str, set[int | None]]
) -> str:
    root = home.root_id or home.pk
    if now is None:
        return LATE_MERGE if home.survivor_id else LATE_LEAVING
    if then is None:
        return LATE_UNMERGE if home.pk in late[LATE_UNMERGE] else LATE_LISTING
    if now.village != then[0]:
        return LATE_MOVE
    return next((what for what, roots in late.items() if root in roots), OTHERWISE)


def _late_deeds(close: PeriodClose) -> dict[str, set[int | None]]:
    """{what: roots} of what was entered after the close and speaks of days before its end."""
    after, closed_at = datetime.combine(close.last_on + timedelta(days=1), time(), HANOI), close.closed_at
    visits = Visit.objects.filter(recorded_at__gt=closed_at, visited_at__lt=after)
    merges = Merge.objects.filter(merged_at__gt=closed_at, undone_at=None)
    undone = Merge.objects.filter(undone_at__gt=closed_at)
    words = CapableStatement.objects.filter(recorded_at__gt=closed_at, said_on__lte=close.last_on)
    entries = DecisionEntry.objects.filter(decision__entered_at__gt=closed_at, decision__signed_on__lte=close.last_on)
    forms = Registration.objects.filter(household__created_at__gt=closed_at, received_at__lt=after)
    return {
        LATE_MERGE: set(merges.values_list("survivor__root", flat=True)),
        LATE_UNMERGE: {key for pair in undone.values_list("survivor__root", "absorbed") for key in pair},
        LATE_CORRECTION: set(visits.exclude(corrects=None).values_list("household__root", flat=True)),
        LATE_VISIT: set(visits.filter(corrects=None).values_list("household__root", flat=True)),
        LATE_WORD: set(words.values_list("household__root", flat=True)),
        LATE_DECISION: set(entries.values_list("household__root", flat=True)),
        LATE_FORM: set(forms.values_list("household__root", flat=True)),
    }


def _late_activities(close: PeriodClose) -> int:
    if not any(one.counted.kind == MeasureKind.ACTIVITY for one in Content.read(close.content).definitions):
        return 0
    rows = ActivityReport.objects.filter(recorded_at__gt=close.closed_at, held_on__lte=close.last_on)
    return int(rows.count())
