"""What a sending of a form has used up, put back: runs beside the site, on its database."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from portal.campaign.models import Signup
from portal.core.models import SignInTry
from portal.home.models import ApprovalLink, Approver
from portal.households.models import DataRequest, HelpRequest, Objection

_since = timezone.now()


def _seats(_code: str) -> None:
    """A session has only so many, and so many may wait."""
    Signup.objects.filter(signed_up_at__gt=_since, cancelled_at=None).update(cancelled_at=timezone.now())


def _sign_up(code: str) -> None:
    """A place is given back once."""
    Signup.objects.filter(code=code).update(cancelled_at=None)


def _questions(_code: str) -> None:
    """Three of a family wait at a time."""
    Objection.objects.filter(household__isnull=False, answered_at=None).delete()


def _data_requests(_code: str) -> None:
    """The same one is one while it waits."""
    DataRequest.objects.filter(answered_at=None).delete()


def _helps(_code: str) -> None:
    """A family's page would grow by a line each time."""
    HelpRequest.objects.filter(household__isnull=False).delete()


@transaction.atomic
def _link(_token: str) -> None:
    """A link is good for one decision and five wrong codes."""
    for link in ApprovalLink.objects.all():
        ApprovalLink.objects.filter(pk=link.pk).update(decision="", decided_at=None, reason="", wrong_tries=0)
        tasks = TaskState.objects.filter(pk=link.task_state_id)
        tasks.update(status=TaskState.STATUS_IN_PROGRESS, finished_at=None, finished_by=None)
        states = WorkflowState.objects.filter(task_states__pk=link.task_state_id)
        states.update(status=WorkflowState.STATUS_IN_PROGRESS, current_task_state=link.task_state_id)
    Approver.objects.update(wrong_tries=0)


def _tries(_code: str) -> None:
    """Who was wrong waits."""
    SignInTry.objects.all().delete()


PLACES: dict[str, Callable[[str], None]] = {
    r"/hoat-dong/dang-ky/([^/]+)/": _sign_up,
    r"/hoat-dong/([^/]+)/dang-ky/": _seats,
    r"/tra-cuu/()hoi-lai/": _questions,
    r"/tra-cuu/()du-lieu/": _data_requests,
    r"/tra-cuu/()nho-giup/": _helps,
    r"/duyet/([^/]+)/": _link,
    r"/quan-tri/()login/": _tries,
}


#: One at a time: what one request is about to use up must not be put back under it by the next.
_turns = {place: Lock() for place in PLACES}


@contextmanager
def put_back(path: str) -> Iterator[None]:
    """Before that page is asked for; nobody else asks until it has answered."""
    for place, put in PLACES.items():
        found = re.fullmatch(place, path)
        if found:
            with _turns[place]:
                put(found[1])
                # Each connection of a scanner is a thread, and leaves none of its own behind.
                connection.close()
                yield
            return
    yield
