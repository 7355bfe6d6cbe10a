"""`/quan-tri/viec/`: the register officer's home, what waits for the office, the oldest first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.campaign.models import ActivityPage
from portal.campaign.selectors.course import going_rounds, next_task
from portal.campaign.selectors.signups import desk_activities
from portal.campaign.selectors.work import work_of
from portal.core.models import User
from portal.households.access import officer_view, staff_of
from portal.households.selectors.office_work import OfficeTask, register_tasks

#: More lines than this are not shown; how many there are is told.
SHOWN = 20
#: Sessions are told this long before they begin.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class OfficeWork:
    """The lines that are shown, how many things there are of each kind, and the sessions to come."""

    tasks: list[OfficeTask]
    counts: list[tuple[str, int]]
    rest: int
    sessions: list[ActivityPage]

    @property
    def total(self) -> int:
        """All things that wait."""
        return sum(count for _kind, count in self.counts)


def office_work(user: User) -> OfficeWork:
    """What this officer finds on coming in."""
    tasks = sorted([*register_tasks(user), *_games()], key=lambda task: (task.day, task.title))
    counts: Counter[str] = Counter()
    for task in tasks:
        counts[task.kind] += task.count
    return OfficeWork(tasks[:SHOWN], counts.most_common(), max(len(tasks) - SHOWN, 0), list(_sessions()))


def _games() -> Iterable[OfficeTask]:
    """Rounds in which a person has to do something now."""
    for round_ in going_rounds():
        since = timezone.localdate(min(round_.closes_at, timezone.now()))
        task = next_task(round_)
        if task.verb:
            yield OfficeTask("Minigame", str(round_), task.sentence, since, task.verb, task.url)
        for work in work_of(round_):
            if work.url != task.url:
                words = "Có bài chờ" if work.waiting is None else f"{work.waiting} việc chờ"
                yield OfficeTask("Minigame", f"{work.title}: {round_}", words, since, work.title, work.url)


def _sessions() -> QuerySet[ActivityPage]:
    now = timezone.now()
    return desk_activities().filter(ends_at__gte=now, starts_at__lte=now + AHEAD)


@officer_view
@require_safe
def office_home(request: HttpRequest) -> HttpResponse:
    """Việc đang chờ."""
    work = office_work(staff_of(request))
    links = [
        ("Tìm một hộ", reverse("office:index")),
        ("Ghi yêu cầu về dữ liệu", reverse("office:data_requests")),
        ("Nhập từ Excel", reverse("exchange:index")),
    ]
    return render(request, "home/desk/office.html", {"work": work, "links": links, "now": timezone.now()})
