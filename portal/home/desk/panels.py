"""Panels of the admin home, in the order of a working day."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from portal.campaign.models import ActivityIndexPage
from portal.core.access.accounts import IDLE_DAYS, lately_closed, without_factor
from portal.core.handbook import book_url, own_books
from portal.core.heartbeat import PATIENCE, SCHEDULER, is_silent
from portal.home.approvals.selectors import answers_for
from portal.home.channels.selectors import walls_to_visit
from portal.home.desk.freshness import QUIET_DAYS, due_for, quiet_villages
from portal.home.desk.reading import week_of_reads
from portal.home.desk.roles import can_delete_published_pages, can_publish_pages
from portal.home.desk.waiting import ROWS, answer_job, jobs_for, returned_by, scheduled_for
from portal.home.door.guards import can_keep_accounts
from portal.home.links.selectors import broken_links
from portal.home.models import DocumentIndexPage
from portal.home.operations.readings import troubles
from portal.households.access import staff_of
from portal.households.permissions import role_names
from portal.stories.models import GuideIndexPage, NewsIndexPage, StoryIndexPage
from portal.stories.stuck.selectors import most_a_day, stuck_steps_for


class DeskPanel(Component):
    """A panel that knows whose desk it stands on."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request


class SilentSchedulerPanel(DeskPanel):
    """Red, and only there while scheduled publishing has stopped."""

    name = "silent_scheduler"
    order = 10
    template_name = "home/desk/silent_scheduler.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"is_silent": is_silent(SCHEDULER), "minutes": int(PATIENCE.total_seconds() // 60)}


class OperationsPanel(DeskPanel):
    """Red, for administrators, while something of the site's own work needs a look."""

    name = "operations"
    order = 20
    template_name = "home/desk/operations.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"troubles": troubles() if can_keep_accounts(staff_of(self.request)) else []}


class AccountsPanel(DeskPanel):
    """Tài khoản: what administrators should know about the accounts they keep."""

    name = "accounts"
    order = 90
    template_name = "home/desk/accounts.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        if not can_keep_accounts(staff_of(self.request)):
            return {"closed": [], "owing": [], "days": IDLE_DAYS}
        return {"closed": list(lately_closed()), "owing": list(without_factor()[:ROWS]), "days": IDLE_DAYS}


class JobsPanel(DeskPanel):
    """Việc đang chờ."""

    name = "jobs"
    order = 100
    template_name = "home/desk/jobs.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        jobs = jobs_for(self.request.user)
        return {"jobs": jobs[:ROWS], "rest": max(len(jobs) - ROWS, 0)}


class ScheduledPanel(DeskPanel):
    """Đã hẹn giờ."""

    name = "scheduled"
    order = 350
    template_name = "home/desk/scheduled.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        jobs = scheduled_for(self.request.user)
        return {"jobs": jobs[:ROWS], "rest": max(len(jobs) - ROWS, 0)}


class ReturnedPanel(DeskPanel):
    """Đã gửi lại, chờ sửa: what a reviewer sent back."""

    name = "returned"
    order = 150
    template_name = "home/desk/returned.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        jobs = returned_by(self.request.user) if can_publish_pages(self.request.user) else []
        return {"jobs": jobs[:ROWS], "rest": max(len(jobs) - ROWS, 0)}


class BrokenLinksPanel(DeskPanel):
    """Liên kết hỏng: of one's own pages; an administrator sees all."""

    name = "broken_links"
    order = 320
    template_name = "home/desk/broken_links.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = staff_of(self.request)
        links = broken_links(owner=None if can_delete_published_pages(user) else user)
        return {"links": links[:ROWS], "rest": max(len(links) - ROWS, 0)}


class ReadsPanel(DeskPanel):
    """Bà con đọc gì: how often the column was opened, and what most."""

    name = "reads"
    order = 500
    template_name = "home/desk/reads.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"week": week_of_reads()}


class WallsPanel(DeskPanel):
    """Tờ quảng bá cần gỡ, cần thay."""

    name = "walls"
    order = 330
    template_name = "home/desk/walls.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        walls = walls_to_visit(staff_of(self.request))
        return {"walls": walls[:ROWS], "rest": max(len(walls) - ROWS, 0)}


class DuePanel(DeskPanel):
    """Bài cần xem lại."""

    name = "due"
    order = 300
    template_name = "home/desk/due.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        dues = due_for(staff_of(self.request))
        return {"dues": dues[:ROWS], "rest": max(len(dues) - ROWS, 0), "csrf_token": get_token(self.request)}


class StuckStepsPanel(DeskPanel):
    """Bà con hay bị kẹt ở đây."""

    name = "stuck_steps"
    order = 150
    template_name = "home/desk/stuck_steps.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = staff_of(self.request)
        steps = stuck_steps_for(user, publishes=can_publish_pages(user))
        return {
            "steps": steps[:ROWS],
            "rest": max(len(steps) - ROWS, 0),
            "most_a_day": most_a_day() if steps else 0,
            "csrf_token": get_token(self.request),
        }


class AnswersPanel(DeskPanel):
    """Trả lời qua đường dẫn duyệt."""

    name = "answers"
    order = 120
    template_name = "home/desk/answers.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"jobs": [answer_job(link) for link in answers_for(staff_of(self.request))[:ROWS]]}


class QuietVillagesPanel(DeskPanel):
    """Thôn lâu chưa có bài."""

    name = "quiet_villages"
    order = 400
    template_name = "home/desk/quiet_villages.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"villages": quiet_villages(), "days": QUIET_DAYS}


class WriteItem(SummaryItem):
    """One click from the home to a new page of one kind."""

    template_name = "home/desk/write_item.html"

    def __init__(self, request: HttpRequest, parent: Page, icon: str) -> None:
        super().__init__(request)
        self.parent = parent
        self.icon = icon
        self.model = parent.specific_class.allowed_subpage_models()[0]

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        options = self.model._meta
        url = reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, self.parent.pk])
        return {"url": url, "icon": self.icon, "name": options.verbose_name}

    def is_shown(self) -> bool:
        return bool(self.parent.permissions_for_user(self.request.user).can_add_subpage())


class HandbookItem(SummaryItem):
    """The handbook of whoever sits at this desk."""

    template_name = "home/desk/handbook_item.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        books = own_books(role_names(staff_of(self.request)))
        return {"url": book_url(books[0].slug) if books else reverse("handbook:index")}


#: What staff write most, and the icon of each.
SECTIONS = {
    StoryIndexPage: "openquote",
    NewsIndexPage: "doc-full",
    GuideIndexPage: "list-ol",
    ActivityIndexPage: "calendar-alt",
    DocumentIndexPage: "doc-full-inverse",
}


def write_items(request: HttpRequest) -> list[SummaryItem]:
    """Links for writing, for sections that exist, and the handbook."""
    places = {place.specific_class: place for place in Page.objects.type(*SECTIONS)}
    items = [WriteItem(request, places[model], icon) for model, icon in SECTIONS.items() if model in places]
    return [*items, HandbookItem(request)]


def panels_for(request: HttpRequest) -> list[DeskPanel]:
    """All panels of the desk; each is empty where it has nothing to say."""
    kinds = (
        *(SilentSchedulerPanel, OperationsPanel, AccountsPanel),
        *(JobsPanel, AnswersPanel, ReturnedPanel, StuckStepsPanel, DuePanel),
        *(BrokenLinksPanel, WallsPanel, ScheduledPanel, QuietVillagesPanel, ReadsPanel),
    )
    return [panel(request) for panel in kinds]
