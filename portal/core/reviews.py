"""When a page is due for a new look, and the one click that says: still right (rows E8, P5)."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import BasePage, ReviewLimit, User
from portal.core.page_cache import forget_pages

STILL_RIGHT = "page.still_right"


class ReviewRefused(Exception):
    """The page cannot be called right; the message is for the one who pressed."""


def next_look(page: BasePage, today: date) -> date | None:
    """The day of the next look at a page that is right today; None for types that have no limit.

    A guide carries a limit of its own, for its app.
    """
    days = getattr(page, "check_every_days", None)
    if days is None:
        days = ReviewLimit.objects.filter(page_type=page._meta.label_lower).values_list("days", flat=True).first()
    return today + timedelta(days=days) if days else None


def set_first_look(instance: Any, **_kwargs: Any) -> None:
    """Signal page_published: whoever publishes has looked, so a missing or bygone day moves on.

    A guide's day follows the check of its steps, which publishing is not.
    """
    if not isinstance(instance, BasePage) or hasattr(instance, "checked_on"):
        return
    today = timezone.localdate()
    if instance.review_by is None or instance.review_by < today:
        _put(instance, {"review_by": next_look(instance, today)})


@transaction.atomic
def confirm_still_right(*, page: BasePage, by: User) -> date:
    """Somebody has looked and nothing has to change; returns the day of the next look.

    The page stands on the first page of the column again at once.
    """
    today = timezone.localdate()
    due = next_look(page, today)
    if due is None or not page.live:
        raise ReviewRefused("Trang này không có hạn xem lại.")
    values: dict[str, date | None] = {"review_by": due}
    if hasattr(page, "checked_on"):
        values["checked_on"] = today
    _put(page, values)
    record(STILL_RIGHT, by=by, subject=f"trang {page.pk}", data={"page": page.title, "review_by": due.isoformat()})
    forget_pages()
    return due


def _put(page: BasePage, values: dict[str, date | None]) -> None:
    """Write days past the editor; the latest revision too, or the next edit would bring the old ones back."""
    type(page).objects.filter(pk=page.pk).update(**values)
    revision = page.latest_revision
    for name, value in values.items():
        setattr(page, name, value)
        if revision is not None:
            revision.content[name] = value.isoformat() if value else None
    if revision is not None:
        revision.save(update_fields=["content"])
