"""A small commune with a past, for tests of reports and closed periods: the clock stands just after a quarter."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from portal.core.periods import Period
from portal.households.enums import ActivityKind, Basis, CapableMember, Channel, Result
from portal.households.models import CriteriaSet, VillageReport
from portal.households.services.activities import ActivityEntry, record_activity
from portal.households.services.capable import state_capable_member
from portal.households.services.households import create_household
from portal.households.services.visits import Outcome, VisitReport, record_visits

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
QUARTER = Period(2026, 3)
FIRST, LAST = QUARTER.first_day(), QUARTER.last_day()
#: Two days after the quarter's last, in the morning.
NOW = datetime.combine(LAST + timedelta(days=2), time(9), HANOI)
FOUR = ("2", "3", "4a", "5")


def a_home(village, since=date(2026, 2, 1), who=CapableMember.UNKNOWN):
    return create_household(
        village=village,
        head_name="Phạm Văn Mẫu",
        details={"capable_member": who},
        listed_from=since,
        channel=Channel.TEAM,
        by=None,
    )


def visit(home, by, day, basis=Basis.SEEN, corrects=None, unmet=(), met=()):
    report = VisitReport(
        client_id=uuid4(),
        code=home.code,
        visited_at=datetime.combine(day, time(10), HANOI),
        criteria_set_id=CriteriaSet.objects.earliest("pk").pk,
        findings=dict.fromkeys(met, (Result.MET, basis)) | dict.fromkeys(unmet, (Result.UNMET, basis)),
        corrects=corrects,
    )
    [answer] = record_visits(reports=[report], by=by)
    assert answer.outcome == Outcome.RECORDED, answer.message
    return report.client_id


def an_activity(village, by, day, people=20):
    entry = ActivityEntry(
        token=uuid4(),
        village=village,
        held_on=day,
        kind=ActivityKind.TRAINING,
        topic="Chỉ bà con cài VNeID",
        place="Nhà văn hóa thôn",
        people_count=people,
        men_count=8,
        women_count=people - 8,
        elder_count=3,
    )
    return record_activity(entry=entry, by=by)


def settle(villages, by):
    """Three families in each village: one does all four, one pays by phone, one was never visited."""
    homes = []
    for village in villages:
        first, second, third = (a_home(village) for _ in range(3))
        visit(first, by, date(2026, 4, 2), met=FOUR)
        visit(second, by, date(2026, 7, 3), met=("3",), unmet=("2",), basis=Basis.TOLD)
        state_capable_member(household=first, who=CapableMember.HEAD, said_on=date(2026, 4, 2), by=by)
        homes += [first, second, third]
    an_activity(villages[0], by, date(2026, 8, 9))
    return homes


def report_of(village, period=QUARTER):
    return VillageReport.objects.get(village=village, year=period.year, quarter=period.quarter)
