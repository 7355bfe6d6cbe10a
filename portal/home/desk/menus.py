"""Side menus: what a role has no use for stays out of its sight."""

from typing import Any

from django.http import HttpRequest

from portal.home.desk.roles import can_delete_published_pages, can_publish_pages

#: Help pages of the makers, in English and outside this site.
FOREIGN_HELP = ("whats-new-in-wagtail", "editor-guide")
#: Reports about how the site is built rather than about what is on it.
BUILDERS_REPORTS = ("page-types-usage", "workflow-tasks")


def trim_main_menu(request: HttpRequest, items: list[Any]) -> None:
    """Editors write; reports are for those who answer for what is shown."""
    if not can_publish_pages(request.user):
        items[:] = [item for item in items if item.name != "reports"]


def trim_help_menu(request: HttpRequest, items: list[Any]) -> None:
    """Keep keyboard shortcuts, drop links that leave the site."""
    items[:] = [item for item in items if not item.name.startswith(FOREIGN_HELP)]


def trim_reports_menu(request: HttpRequest, items: list[Any]) -> None:
    """A reviewer sees reports on pages; the administrator sees all."""
    if not can_delete_published_pages(request.user):
        items[:] = [item for item in items if item.name not in BUILDERS_REPORTS]
