"""Background work whose worker died over it: given back to the queue, so that the next worker does it.

A worker takes a task by marking it as running. Killed, it cannot take the mark away again, and nobody else would touch
the task. All tasks of ours are safe to run twice.
"""

from datetime import timedelta

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

#: The longest of our tasks takes seconds.
PATIENCE = timedelta(minutes=10)
#: A task over which so many workers died is what kills them.
MOST_TIMES = 3


def requeue_lost_tasks(patience: timedelta = PATIENCE) -> int:
    """Tasks that have been running for longer than `patience` wait again; how many there were."""
    now, count = timezone.now(), 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - patience):
        # Named once more: its worker may have come to the end after all.
        lost = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
        if len(task.worker_ids) < MOST_TIMES:
            count += lost.update(status=TaskResultStatus.READY, started_at=None)
        else:
            lost.update(status=TaskResultStatus.FAILED, finished_at=now)
    return count
