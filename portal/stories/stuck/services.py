"""Counts taps, makes the editor's task when they are many, and ends it when the step is better."""

from datetime import timedelta
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.households.services.help_requests import say_fixed
from portal.stories.models import GuidePage
from portal.stories.models.stuck import StuckCount, StuckTask
from portal.stories.stuck.keys import about_step
from portal.stories.stuck.selectors import count_of, rules
from portal.stories.stuck.steps import Step, steps_of
from portal.stories.stuck.tickets import FRESH_SLOTS, SLOT_SECONDS, Ticket

#: More taps at one step within an hour are one crowd, or one machine.
PER_HOUR = 3
CLOSED = "guide.stuck_closed"


class StuckTaskClosed(Exception):
    """Somebody was faster; the message is for the one who pressed."""


@transaction.atomic
def note_stuck(*, step: Step, ticket: Ticket) -> bool:
    """Count one tap; returns whether it counted. The same ticket counts once for each step."""
    limits, today = rules(), timezone.localdate()
    row, _created = StuckCount.objects.get_or_create(
        guide=step.guide, step=step.uuid, wording=step.wording, day=today, task=None
    )
    # Whoever taps the same step waits here, so that the marks below are read and set by one at a time.
    row = StuckCount.objects.select_for_update(of=("self",)).get(pk=row.pk)
    marks, used = caches["shared"], f"bi-ket.{step.about}.{ticket.slot}"
    hour = f"bi-ket.{step.about}.{timezone.localtime():%Y%m%d%H}"
    of_this_hour = int(marks.get(hour, 0))
    if marks.get(used) or of_this_hour >= PER_HOUR or row.count >= limits.stuck_limit - 1:
        return False
    marks.set(used, 1, FRESH_SLOTS * SLOT_SECONDS)
    marks.set(hour, of_this_hour + 1, 60 * 60)
    row.count += 1
    row.save(update_fields=["count"])
    since = today - timedelta(days=limits.stuck_days - 1)
    if count_of(step.guide.pk, step.uuid, step.wording, since) >= limits.stuck_limit:
        StuckTask.objects.get_or_create(
            guide=step.guide, step=step.uuid, closed_on=None, defaults={"wording": step.wording, "opened_on": today}
        )
    return True


@transaction.atomic
def close_as_fine(*, task: StuckTask, note: str, by: User) -> StuckTask:
    """Somebody has looked and nothing has to change; counting starts anew."""
    locked = StuckTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if locked.closed_on is not None:
        raise StuckTaskClosed("Việc này đã có người xem xong rồi.")
    _close(locked, StuckTask.Outcome.FINE, by, note)
    return locked


def close_mended(instance: GuidePage, revision: Any = None, **_kwargs: Any) -> None:
    """Signal page_published: tasks of steps that now say something else are done, and those who asked can be told.

    What was counted at a wording that is gone, and was too little for a task, is dropped.
    """
    with transaction.atomic():
        # Read anew: what is in memory may hold rich text that was not stored yet.
        steps = steps_of(GuidePage.objects.get(pk=instance.pk))
        wordings = {uuid: step.wording for uuid, step in steps.items()}
        for task in StuckTask.objects.open().select_for_update(of=("self",)).filter(guide=instance.pk):
            if wordings.get(task.step) != task.wording:
                _close(task, StuckTask.Outcome.FIXED, revision.user if revision else None)
                say_fixed(task.about)
        gone = Q()
        for uuid, wording in wordings.items():
            gone |= Q(step=uuid, wording=wording)
        old = StuckCount.objects.filter(guide=instance.pk, task=None).exclude(gone)
        for uuid in set(old.values_list("step", flat=True)):
            say_fixed(about_step(instance.pk, uuid))
        old.delete()


def _close(task: StuckTask, outcome: StuckTask.Outcome, by: User | None, note: str = "") -> None:
    StuckCount.objects.filter(guide=task.guide_id, step=task.step, wording=task.wording, task=None).update(task=task)
    task.closed_on, task.outcome, task.handled_by, task.note = timezone.localdate(), outcome, by, note
    task.save(update_fields=["closed_on", "outcome", "handled_by", "note"])
    record(CLOSED, by=by, subject=f"trang {task.guide_id}", reason=note, data={"step": str(task.step), "as": outcome})
