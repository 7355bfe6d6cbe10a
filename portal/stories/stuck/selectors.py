"""Reads of what readers are stuck at, for the editor's desk. Figures only: no family is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from portal.core.models import SiteProfile, User
from portal.core.models.review import DEPUTY_AFTER_DAYS
from portal.households.selectors.help_requests import HelpFigures, help_figures
from portal.stories.models.stuck import StuckCount, StuckTask
from portal.stories.stuck.steps import Step, steps_of


@dataclass(frozen=True)
class StuckStep:
    """One open task as the editor meets it."""

    task: StuckTask
    step: Step
    count: int
    helped: HelpFigures
    is_told_as_deputy: bool


def rules() -> SiteProfile:
    """The commune's limit and period."""
    return SiteProfile.objects.first() or SiteProfile()


def most_a_day() -> int:
    """Less than the limit, so that one day's flood never makes a task."""
    return rules().stuck_limit - 1


def count_of(guide: int, step: UUID, wording: str, since: date) -> int:
    """Taps from that day on that no closed task has used up."""
    rows = StuckCount.objects.filter(guide=guide, step=step, wording=wording, day__gte=since, task=None)
    return int(rows.aggregate(total=Sum("count"))["total"] or 0)


def stuck_steps_for(user: User, *, publishes: bool) -> list[StuckStep]:
    """Open tasks of one's own guides and of nobody's, the oldest first; after two weeks for all who publish."""
    late = timezone.localdate() - timedelta(days=DEPUTY_AFTER_DAYS)
    tasks = []
    for task in StuckTask.objects.open().filter(guide__live=True).select_related("guide__owner"):
        owner = task.guide.owner
        is_own = owner is None or not owner.is_active or owner == user
        if is_own or (publishes and task.opened_on <= late):
            tasks.append((task, not is_own))
    return list(_with_figures(tasks))


def _with_figures(tasks: list[tuple[StuckTask, bool]]) -> Iterable[StuckStep]:
    figures = help_figures(task.about for task, _as_deputy in tasks)
    pairs = [task.step for task, _as_deputy in tasks]
    rows = StuckCount.objects.filter(task=None, step__in=pairs).values_list("guide", "step", "wording")
    counts = {key[:3]: key[3] for key in rows.annotate(total=Sum("count")).order_by()}
    for task, as_deputy in tasks:
        step = steps_of(task.guide).get(task.step)
        if step is not None:
            count = counts.get((task.guide_id, task.step, task.wording), 0)
            yield StuckStep(task, step, count, figures[task.about], as_deputy)
