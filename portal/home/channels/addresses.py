"""Short addresses for paper: `/p/0412K/` leads to page 412 for ever, and one wrong character is noticed.

The code follows from the number of the page, which is never given twice; so there is no row that could be lost.
"""

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from portal.core.codes import CodeRefused, numbered_code, read_numbered_code

_PREFIX = "P"


def short_code(page: Page) -> str:
    """`0412K`."""
    return numbered_code(_PREFIX, page.pk).removeprefix(f"{_PREFIX}-")


def short_address(page: Page) -> str:
    """The absolute short address."""
    return f"{settings.BASE_URL}{reverse('short_address', args=[short_code(page)])}"


def long_address(page: Page) -> str:
    """The absolute address of the page itself."""
    parts = page.get_url_parts()
    return f"{settings.BASE_URL}{parts[2] if parts else ''}"


def page_of_code(typed: str) -> Page | None:
    """The page whose code somebody typed, with small letters or look-alikes; None where there is none."""
    try:
        code = read_numbered_code(_PREFIX, typed)
    except CodeRefused:
        return None
    return Page.objects.filter(pk=int(code.removeprefix(f"{_PREFIX}-")[:-1])).first()
