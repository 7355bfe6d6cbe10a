"""Requests for help: every one has a village, a due day, and in the end an outcome."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.core.phones import read_phone
from portal.households.enums import OPEN_HELP_STATES, HelpState
from portal.households.models import HelpRequest, Household, Village
from portal.households.selectors.rules import register_rules


class HelpRequestClosed(Exception):
    """The request was already answered."""


@transaction.atomic
def ask_for_help(
    *,
    token: UUID,
    village: Village,
    name: str,
    topic: str,
    phone: str = "",
    household: Household | None = None,
    from_path: str = "",
    about: str = "",
) -> HelpRequest:
    """Note a request; the same form sent twice is one request. `about` is a key of portal.households.help_topics."""
    request, _created = HelpRequest.objects.get_or_create(
        token=token,
        defaults={
            "village": village,
            "name": name,
            "topic": topic,
            "phone": read_phone(phone),
            "household": household,
            "from_path": from_path,
            "about": about,
            "due_on": timezone.localdate() + timedelta(days=register_rules().help_days),
        },
    )
    refresh_waiting(request.household)
    return request


@transaction.atomic
def take_help_request(*, request: HelpRequest, by: User) -> HelpRequest:
    """A member of the team takes it on."""
    locked = _open(request)
    locked.state, locked.taken_by = HelpState.TAKEN, by
    locked.save(update_fields=["state", "taken_by"])
    record("help.take", by=by, subject=str(locked.pk))
    return locked


@transaction.atomic
def close_help_request(*, request: HelpRequest, outcome: str, is_done: bool, by: User) -> HelpRequest:
    """Helped, or closed with the reason why not."""
    locked = _open(request)
    locked.state = HelpState.DONE if is_done else HelpState.CLOSED
    locked.outcome, locked.closed_at, locked.closed_by = outcome, timezone.now(), by
    locked.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
    refresh_waiting(locked.household)
    record("help.close", by=by, subject=str(locked.pk), data={"done": is_done})
    return locked


def say_fixed(about: str) -> int:
    """What these families were stuck at is put right; returns how many teams can tell it on now."""
    waiting = HelpRequest.objects.filter(about=about, fixed_on=None)
    return waiting.update(fixed_on=timezone.localdate()) if about else 0


def refresh_waiting(household: Household | None) -> None:
    """Bring along whether the family waits; call it after every change of its requests or of what leads to it."""
    if household is not None:
        root = household.root_id or household.pk
        waiting = HelpRequest.objects.filter(household__root=root, state__in=OPEN_HELP_STATES)
        Household.objects.filter(pk=root).update(is_waiting=waiting.exists())


def _open(request: HelpRequest) -> HelpRequest:
    locked = HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if locked.state not in OPEN_HELP_STATES:
        raise HelpRequestClosed("Yêu cầu này đã có người trả lời rồi.")
    return locked
