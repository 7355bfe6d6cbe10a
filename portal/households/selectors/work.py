"""What waits for a village's team today: each task with a day and one verb, oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from portal.core.models import User
from portal.households.enums import OPEN_HELP_STATES, HelpState, Result
from portal.households.models import HelpRequest, Household, Objection, RecheckCase, RegisterRules, Village, Visit
from portal.households.models.household import HouseholdQuerySet
from portal.households.permissions import villages_of
from portal.households.selectors.objections import open_objections_in
from portal.households.selectors.rechecks import open_cases
from portal.households.selectors.rules import register_rules
from portal.households.selectors.standing import visit_facts
from portal.households.standing import HANOI, VisitFact, in_effect, local_day

SHOWN = 40


class TaskKind(StrEnum):
    """Kinds of tasks; the value is part of the page's address (`?loc=`)."""

    HELP = "nho-giup"
    FIRST_VISIT = "chua-tham"
    VISIT_AGAIN = "tham-lai"
    MISSING = "chua-ro"
    DISPUTE = "ghi-khac-nhau"
    OBJECTION = "hoi-lai"
    RECHECK = "doi-chieu"


@dataclass(frozen=True)
class Task:
    """One thing to do."""

    kind: TaskKind
    due_on: date
    title: str
    words: str
    household: Household | None = None
    help_request: HelpRequest | None = None
    objection: Objection | None = None

    @property
    def days_late(self) -> int:
        """Days since it should have been done; negative while there is time."""
        return (timezone.localdate() - self.due_on).days

    @property
    def is_taken(self) -> bool:
        """Whether somebody already helps."""
        return self.help_request is not None and self.help_request.state == HelpState.TAKEN


@dataclass(frozen=True)
class Work:
    """The day's work: the oldest tasks, and how many there are of each kind."""

    tasks: list[Task]
    counts: dict[TaskKind, int]

    @property
    def total(self) -> int:
        """All tasks, shown or not."""
        return sum(self.counts.values())

    @property
    def rest(self) -> int:
        """Tasks that are not shown."""
        return self.total - len(self.tasks)


def work_of(user: User) -> Work:
    """What this member's villages wait for; sixteen queries at most, however many households there are."""
    rules, villages = register_rules(), villages_of(user)
    today = timezone.localdate()
    helped = HelpRequest.objects.filter(village__in=villages, state__in=OPEN_HELP_STATES)
    listed = Household.objects.listed().in_villages(villages)
    never, again = never_visited(listed), to_visit_again(listed, today, rules)
    disputes = open_disputes(villages)
    waiting = list(helped.select_related("household__root").order_by("due_on")[: SHOWN + 1])
    tasks = [_help_task(request) for request in waiting[:SHOWN]]
    tasks += [_first_visit(household, rules) for household in never.order_by("listed_from", "sort_key")[:SHOWN]]
    tasks += [_visit_again(household, rules) for household in again.order_by("last_visited_on", "sort_key")[:SHOWN]]
    missing = with_open_criteria(listed, today, rules)
    tasks += [_missing(household, rules) for household in missing.order_by("last_visited_on", "sort_key")[:SHOWN]]
    asked = open_objections_in(villages)
    tasks += [_objection_task(objection) for objection in asked[:SHOWN]]
    tasks += disputes
    rechecks = open_cases(user)
    tasks += [_recheck(case, rules) for case in rechecks[:SHOWN]]
    counts = {
        # Counted only where there are more than were read.
        TaskKind.HELP: len(waiting) if len(waiting) <= SHOWN else helped.count(),
        TaskKind.FIRST_VISIT: never.count(),
        TaskKind.VISIT_AGAIN: again.count(),
        TaskKind.MISSING: missing.count(),
        TaskKind.DISPUTE: len(disputes),
        TaskKind.OBJECTION: asked.count(),
        TaskKind.RECHECK: len(rechecks),
    }
    return Work(sorted(tasks, key=lambda task: (task.due_on, task.title))[:SHOWN], counts)


def never_visited(households: HouseholdQuerySet) -> HouseholdQuerySet:
    """Nobody has looked yet: "chưa đánh giá"."""
    return households.filter(last_visited_on=None)


def to_visit_again(households: HouseholdQuerySet, today: date, rules: RegisterRules) -> HouseholdQuerySet:
    """The last visit is so long ago that the commune wants another one."""
    return households.filter(last_visited_on__lte=today - timedelta(days=rules.visit_again_days))


def with_open_criteria(households: HouseholdQuerySet, today: date, rules: RegisterRules) -> HouseholdQuerySet:
    """Visited, but something could not be seen; those that are due for another visit anyway are not named twice."""
    due = today - timedelta(days=rules.visit_again_days)
    return households.filter(open_count__gt=0, last_visited_on__gt=due)


def open_disputes(villages: QuerySet[Village]) -> list[Task]:
    """Households where two visits of one day disagree and no later day has settled it."""
    twice = (
        Visit.objects.filter(household__root__village__in=villages, household__root__listed_to=None)
        .annotate(day=TruncDate("visited_at", tzinfo=HANOI))
        .order_by()
        .values("household__root", "day")
        .annotate(visits=Count("id"))
        .filter(visits__gt=1)
    )
    roots = {row["household__root"] for row in twice}
    by_root: dict[int, list[Visit]] = {}
    if roots:
        visits = Visit.objects.filter(household__root__in=roots).select_related("household__root")
        for visit in visits.prefetch_related("findings"):
            by_root.setdefault(visit.household.root_id or visit.household_id, []).append(visit)
    tasks = []
    for visits_of_one in by_root.values():
        open_keys = unsettled(visit_facts(visits_of_one))
        root = visits_of_one[0].household.root
        if open_keys and root is not None:
            words = f"Hai lượt thăm ghi khác nhau ở mục {', '.join(sorted(open_keys))}. Cả hai đều được giữ"
            tasks.append(Task(TaskKind.DISPUTE, min(open_keys.values()), _name(root), words, household=root))
    return tasks


def unsettled(visits: Iterable[VisitFact]) -> dict[str, date]:
    """{key: day} of answers that differ within a day, without a clear one on a later day. Pure."""
    said: dict[str, dict[date, set[Result]]] = {}
    for visit in in_effect(visits):
        for finding in visit.findings:
            if finding.result != Result.UNCLEAR:
                said.setdefault(finding.key, {}).setdefault(local_day(visit.visited_at), set()).add(finding.result)
    # The last day decides: what was said differently before has been looked at again.
    last = {key: max(days) for key, days in said.items()}
    return {key: day for key, day in last.items() if len(said[key][day]) > 1}


def _name(household: Household) -> str:
    return f"{household.head_name} · {household.code}"


def _help_task(request: HelpRequest) -> Task:
    root = request.household.root if request.household else None
    return Task(TaskKind.HELP, request.due_on, request.name, f"Nhờ giúp: {request.topic}", root, request)


def _missing(household: Household, rules: RegisterRules) -> Task:
    last = household.last_visited_on or local_day(datetime.now(HANOI))
    words = f"Thăm ngày {last:%d/%m/%Y}, còn {household.open_count} việc chưa xem được"
    due = last + timedelta(days=rules.first_visit_days)
    return Task(TaskKind.MISSING, due, _name(household), words, household)


def _objection_task(objection: Objection) -> Task:
    words = f"Hỏi lại danh sách: {objection.text}"
    return Task(TaskKind.OBJECTION, objection.answer_by, objection.asked_by, words, objection=objection)


def _recheck(case: RecheckCase, rules: RegisterRules) -> Task:
    due = local_day(case.draw.drawn_at) + timedelta(days=rules.first_visit_days)
    words = "Thăm lại để đối chiếu: lần trước người khác trong tổ đã thăm"
    return Task(TaskKind.RECHECK, due, _name(case.household.root or case.household), words, case.household.root)


def _first_visit(household: Household, rules: RegisterRules) -> Task:
    due = household.listed_from + timedelta(days=rules.first_visit_days)
    return Task(TaskKind.FIRST_VISIT, due, _name(household), "Chưa thăm lần nào", household)


def _visit_again(household: Household, rules: RegisterRules) -> Task:
    last = household.last_visited_on or local_day(datetime.now(HANOI))
    words = f"Thăm lần cuối ngày {last:%d/%m/%Y}"
    due = last + timedelta(days=rules.visit_again_days)
    return Task(TaskKind.VISIT_AGAIN, due, _name(household), words, household)
