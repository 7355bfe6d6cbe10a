"""Visits and activities of the sample: families that learn from visit to visit, villages that meet each quarter."""

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from portal.core.models import User
from portal.households.enums import ActivityKind, Basis, CapableMember, Result
from portal.households.models import CriteriaSet, Household, Village
from portal.households.services.activities import ActivityEntry, record_activity
from portal.households.services.capable import state_capable_member
from portal.households.services.visits import VisitReport, record_visits
from portal.households.standing import HANOI, local_day

FINDING_KEYS = ("1", "2", "3", "4a", "4b", "4c", "5")
#: How often a family meets each at its first visit, and how much of the rest it has learnt by every later one.
AT_FIRST = {"1": 0.85, "2": 0.3, "3": 0.4, "4a": 0.35, "4b": 0.3, "4c": 0.8, "5": 0.4}
LEARNT = 0.42
NEVER_VISITED, DAYS_BETWEEN_VISITS = 0.14, (80, 130)
#: Villages that have done nothing yet this quarter, so that the board has something to say.
IDLE_NOW = (3, 12)
TOPICS = (
    (ActivityKind.TRAINING, "Chỉ bà con cài VNeID, làm giấy tờ trên mạng"),
    (ActivityKind.TRAINING, "Tập quét mã vuông trả tiền ở chợ"),
    (ActivityKind.DAY, "Ngày công nghệ số cộng đồng"),
    (ActivityKind.TALK, "Nhận ra tin nhắn, cuộc gọi lừa đảo"),
    (ActivityKind.DOOR_TO_DOOR, "Đến từng nhà khóa màn hình điện thoại"),
)


def visit_families(families: Sequence[Household], today: date, chance: random.Random, officer: User) -> None:
    """Visits from sign-up to today; some families nobody has reached yet."""
    criteria_set = CriteriaSet.objects.in_force_on(today).first()
    if criteria_set is None:
        raise ValueError("there are no criteria to visit by")
    for family in families:
        if chance.random() < NEVER_VISITED:
            continue
        met = {key for key in FINDING_KEYS if chance.random() < AT_FIRST[key]}
        day = family.listed_from + timedelta(days=chance.randint(3, 30))
        while day < today:
            _visit(family, day, met, chance, officer, criteria_set)
            met |= {key for key in FINDING_KEYS if chance.random() < LEARNT}
            day += timedelta(days=chance.randint(*DAYS_BETWEEN_VISITS))


def _visit(
    family: Household, day: date, met: set[str], chance: random.Random, officer: User, criteria_set: CriteriaSet
) -> None:
    findings: dict[str, tuple[Result, Basis | None]] = {}
    for key in FINDING_KEYS:
        result = Result.MET if key in met else chance.choice([Result.UNMET, Result.UNMET, Result.UNMET, Result.UNCLEAR])
        basis = None if result == Result.UNCLEAR else chance.choice([Basis.SEEN, Basis.SEEN, Basis.TOLD])
        findings[key] = (result, basis)
    report = VisitReport(
        client_id=UUID(int=chance.getrandbits(128)),
        code=family.code,
        visited_at=datetime.combine(day, time(chance.randint(8, 16), 30), HANOI),
        criteria_set_id=criteria_set.pk,
        findings=findings,
        seconds_spent=chance.randint(300, 1500),
    )
    record_visits(reports=[report], by=officer)
    who = CapableMember.NONE if len(met) < 2 else chance.choice([CapableMember.ADULT_CHILD, CapableMember.HEAD])
    said_on = local_day(report.visited_at)
    state_capable_member(household=family, who=who, said_on=said_on, basis=Basis.SEEN, by=officer)


def hold_activities(villages: Sequence[Village], today: date, chance: random.Random, officer: User) -> None:
    """An activity now and then in every village since it began."""
    for number, village in enumerate(villages):
        day = today - timedelta(days=390 if number < 2 else chance.randint(150, 300))
        last = today - timedelta(days=80 if number in IDLE_NOW else 1)
        while day <= last:
            kind, topic = chance.choice(TOPICS)
            men, women = chance.randint(5, 20), chance.randint(6, 28)
            entry = ActivityEntry(
                token=UUID(int=chance.getrandbits(128)),
                village=village,
                held_on=day,
                kind=kind,
                topic=topic,
                place=f"Nhà văn hóa {village.name}",
                people_count=men + women,
                men_count=men,
                women_count=women,
                elder_count=chance.randint(1, 6),
            )
            record_activity(entry=entry, by=officer)
            day += timedelta(days=chance.randint(35, 75))
