"""What the families of a made register did, and the counts that are kept of it.

Left out, because no page that is measured reads them: findings, the courses of single households, rows of a close.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from portal.core.models import User
from portal.core.periods import USUAL_CUTOFF, Period
from portal.households.models import (
    ActivityReport,
    CriteriaSet,
    Household,
    PeriodClose,
    ProgressCount,
    RecheckCase,
    Village,
    Visit,
)
from portal.households.progress.contents import canonical
from portal.households.progress.counting import Changes, Heap, changes_of
from portal.households.progress.deeds import deeds_of
from portal.households.progress.second_looks import MOST_IN_A_VILLAGE
from portal.households.selectors.period_content import live_content
from portal.households.selectors.periods import Span, smallest_count
from tests.factories.core import UserFactory
from tests.factories.households import DecisionFactory
from tests.factories.progress import PeriodCloseFactory, ProgressCutoffFactory, RecheckDrawFactory
from tests.load.copying import copy_rows, unindexed
from tests.load.histories import FIRST_DAY, History, village_of

#: Facts of many families at once, from the histories that they share.
VISITS = """INSERT INTO households_visit (client_id, household_id, village_id, criteria_set_id, visited_at, note,
        channel, visited_by_id, recorded_at, digest)
    SELECT gen_random_uuid(), home.id, home.village_id, %s, told.visited_at, '', 'to', %s, told.visited_at, ''
    FROM households_household home JOIN unnest(%s::bigint[], %s::timestamptz[]) AS told (history, visited_at)
        ON told.history = home.id %% %s"""
FORMS = """INSERT INTO households_registration (token, receipt_code, household_id, answers, sent, channel, helper_name,
        received_at)
    SELECT gen_random_uuid(), 'PN-' || home.id, home.id, '{}', '{}', 'to', '', told.received_on
    FROM households_household home JOIN unnest(%s::bigint[], %s::date[]) AS told (history, received_on)
        ON told.history = home.id %% %s"""
DECISIONS = """INSERT INTO households_decisionentry (decision_id, household_id, position, action, name_on_paper,
        village_on_paper, reason)
    SELECT decision.id, home.id, home.id, 'cong-nhan', home.head_name, '', ''
    FROM households_household home JOIN unnest(%s::bigint[], %s::date[]) AS told (history, signed_on)
        ON told.history = home.id %% %s JOIN households_decision decision ON decision.signed_on = told.signed_on"""


def make_progress(size: int, known: Sequence[History]) -> None:
    """Visits, forms, decisions, activities, and the counts of them all."""
    user = UserFactory()
    villages = list(Village.objects.order_by("number"))
    visits = [(key, visit.visited_at) for key, one in enumerate(known) for visit in one.facts.visits]
    forms = [(key, form.received_on) for key, one in enumerate(known) for form in one.facts.sign_ups]
    signed = [(key, fact.signed_on) for key, one in enumerate(known) for fact in one.facts.decisions]
    for day in sorted({day for _key, day in signed}):
        DecisionFactory(signed_on=day, year=day.year, number=f"{day:%d%m%Y}/QĐ-UBND", entered_by=user)
    _insert("households_visit", VISITS, [CriteriaSet.objects.earliest("pk").pk, user.pk], visits, len(known))
    _insert("households_registration", FORMS, [], forms, len(known))
    _insert("households_decisionentry", DECISIONS, [], signed, len(known))
    copy_rows(ActivityReport, _activities(villages, user.pk))
    with unindexed(ProgressCount._meta.db_table):
        copy_rows(ProgressCount, _counts(size, [village.pk for village in villages], known))
    ProgressCutoffFactory(day=USUAL_CUTOFF)
    _close_last_quarter(user, villages[0])


def _close_last_quarter(user: User, village: Village) -> None:
    """The figures of a close; then one visit of those days comes in late."""
    period = Period.quarter_of(timezone.localdate()).previous()
    span = Span.of(period)
    content = {
        **live_content(span).given,
        "least": smallest_count(),
        "rows": {"count": Household.objects.count(), "digest": ""},
    }
    close = PeriodCloseFactory(
        year=period.year,
        quarter=period.quarter,
        first_on=span.first_on,
        last_on=span.last_on,
        content=canonical(content),
        closed_by=user,
    )
    _draw_rechecks(close, user)
    for heap, change in ((Heap.UNSEEN, -1), (Heap.MET, 1)):
        kept, _made = ProgressCount.objects.get_or_create(
            village=village, day=span.last_on, counted="danh-gia", heap=heap, defaults={"change": 0}
        )
        ProgressCount.objects.filter(pk=kept.pk).update(change=kept.change + change)


def _draw_rechecks(close: PeriodClose, user: User) -> None:
    """As many as would be drawn, of families that were visited within the quarter."""
    draw = RecheckDrawFactory(close=close, drawn_by=user)
    for village in Village.objects.all():
        visits = Visit.objects.filter(village=village, visited_at__range=Span.of(close.period).moments)
        number = min(visits.count() * draw.percent // 100, MOST_IN_A_VILLAGE)
        for visit in visits.order_by("client_id")[:number]:
            RecheckCase.objects.get_or_create(
                draw=draw, household_id=visit.household_id, defaults={"village": village, "visit": visit}
            )


def _insert(table: str, sql: str, given: list[Any], told: Sequence[tuple[int, Any]], histories: int) -> None:
    with unindexed(table), connection.cursor() as cursor:
        cursor.execute(sql, [*given, [key for key, _when in told], [when for _key, when in told], histories])


def _activities(villages: Sequence[Village], user: int) -> Iterator[dict[str, Any]]:
    """One a week in each village."""
    for village in villages:
        for week in range((timezone.localdate() - FIRST_DAY).days // 7):
            yield {
                "token": UUID(int=village.pk * 1000 + week),
                "village": village.pk,
                "held_on": FIRST_DAY + timedelta(days=7 * week),
                "kind": "tap-huan",
                "topic": "Cài VNeID",
                "place": "Nhà văn hóa thôn",
                "people_count": 20,
                "women_count": 11,
                "recorded_at": timezone.now(),
                "recorded_by": user,
            }


def _counts(size: int, villages: Sequence[int], known: Sequence[History]) -> Iterator[dict[str, Any]]:
    homes = Counter((number % len(known), village_of(number)) for number in range(1, size + 1))
    changes: Changes = Counter()
    alone = [[*changes_of(history.steps).items(), *deeds_of(history.facts, USUAL_CUTOFF).items()] for history in known]
    for (history, place), number in homes.items():
        village = villages[place]
        for (_some, day, key, heap), change in alone[history]:
            changes[village, day, key, heap] += change * number
    for (village, day, key, heap), change in changes.items():
        yield {"village": village, "day": day, "counted": key, "heap": heap, "change": change}
