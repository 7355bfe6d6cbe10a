"""What stops a page from becoming public, whoever says yes: the same as in the editor's form."""

from typing import Any

from wagtail.models import Page

from portal.core.forms import publish_faults
from portal.core.models import BasePage
from portal.core.sensitive_pages import stoppers_of
from portal.home.desk.entry_stories import NOT_ALLOWED
from portal.home.entry_stories import draft_of_page, is_allowed


def faults_of(page: BasePage) -> list[str]:
    """A sentence for each private number, broken link and missing consent of a page as it is in memory."""
    names = [field.name for field in page._meta.get_fields() if getattr(field, "concrete", False)]
    values: list[Any] = [getattr(page, name) for name in names if hasattr(page, name)]
    told = draft_of_page(Page(pk=page.pk))
    return [
        *publish_faults(values),
        *(f"Trên bài còn {stopper}." for stopper in stoppers_of(page)),
        *([] if told is None or is_allowed(told) else [NOT_ALLOWED]),
    ]
