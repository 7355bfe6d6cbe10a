"""The ledger of what was given for the games and what was spent: lines are added and struck out, never changed."""

from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from portal.campaign.models import Spending, Sponsorship
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.core.private_files import keep_private, private_storage

Line = TypeVar("Line", Sponsorship, Spending)

FOLDER = "minigame-tai-tro"
#: {model: the word for it in the log}
LOGGED = {Sponsorship: "sponsor", Spending: "spending"}


class LineStruck(Exception):
    """The line was struck out before."""


def add_line(*, model: type[Line], values: dict[str, Any], receipt: Any, by: User) -> Line:
    """One line with its paper, which is kept only with the line."""
    name = keep_private(receipt, folder=FOLDER) if receipt else ""
    try:
        return _written(model, {**values, "receipt_name": name}, by)
    except BaseException:
        if name:
            private_storage.delete(name)
        raise


@transaction.atomic
def _written(model: Any, values: dict[str, Any], by: User) -> Any:
    line = model.objects.create(recorded_by=by, **values)
    record(f"{LOGGED[model]}.add", by=by, subject=str(line.pk), data={"value": line.value})
    forget_pages()
    return line


@transaction.atomic
def strike_out(*, line: Sponsorship | Spending, reason: str, by: User) -> None:
    """The line counts no more and stays legible, with who struck it out and why."""
    model = type(line)
    locked: Any = model.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if locked.cancelled_at is not None:
        raise LineStruck("Dòng này đã gạch bỏ rồi.")
    locked.cancelled_at, locked.cancelled_by, locked.cancel_reason = timezone.now(), by, reason
    locked.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    record(f"{LOGGED[model]}.strike", by=by, subject=str(locked.pk), reason=reason)
    forget_pages()


@transaction.atomic
def name_sponsor(*, sponsorship: Sponsorship, is_named: bool, by: User) -> None:
    """The giver agrees to be named, or no longer does; the public page follows at once."""
    locked = Sponsorship.objects.select_for_update(of=("self",)).get(pk=sponsorship.pk)
    locked.is_named = is_named
    locked.save(update_fields=["is_named"])
    record("sponsor.name", by=by, subject=str(locked.pk), data={"named": is_named})
    forget_pages()
