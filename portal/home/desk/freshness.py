"""What has to be looked at again, by whom, and which villages nothing was told of for long (rows E8, E22)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from portal.campaign.models import ActivityPage, GamePage
from portal.core.models import BasePage, ReviewLimit, User
from portal.core.models.review import DEPUTY_AFTER_DAYS
from portal.core.reviews import ReviewRefused, confirm_still_right
from portal.home.desk.roles import can_publish_pages
from portal.home.models import DocumentPage, StandardPage
from portal.households.access import staff_of
from portal.households.models import Village
from portal.households.selectors import villages_today
from portal.stories.models import GuidePage, NewsPage, StoryPage

#: A page is announced this many days before its day passes.
NOTICE_DAYS = 14
#: A village of which nothing was told for this long is listed.
QUIET_DAYS = 90
KINDS: tuple[type[BasePage], ...] = (NewsPage, StoryPage, GuidePage, StandardPage, DocumentPage, GamePage)


@dataclass(frozen=True)
class Due:
    """A page to look at again; `days` until its day, negative once that has passed."""

    page: BasePage
    days: int
    is_told_as_deputy: bool

    @property
    def overdue(self) -> int:
        """Days since the page left the first page of the column; 0 before."""
        return max(-self.days, 0)


def due_for(user: User, today: date | None = None) -> list[Due]:
    """Pages that this member of staff should look at, the longest overdue first.

    One's own pages and those of nobody; of others only what lay for two weeks, as the deputy of its type or, where
    there is none, as somebody who publishes.
    """
    today = today or timezone.localdate()
    deputies = dict(ReviewLimit.objects.filter(deputy__is_active=True).values_list("page_type", "deputy"))
    publishes = can_publish_pages(user)
    found = []
    for page in _due_pages(today + timedelta(days=NOTICE_DAYS)):
        days = (page.review_by - today).days if page.review_by else 0
        is_own = page.owner is None or not page.owner.is_active or page.owner == user
        deputy = deputies.get(page._meta.label_lower)
        stands_in = -days >= DEPUTY_AFTER_DAYS and (deputy == user.pk if deputy else publishes)
        if is_own or stands_in:
            found.append(Due(page, days, not is_own))
    return sorted(found, key=lambda due: due.days)


def _due_pages(until: date) -> Iterator[BasePage]:
    for kind in KINDS:
        yield from (
            kind.objects.live()
            .filter(review_by__lte=until)
            .select_related("owner")
            .only("title", "draft_title", "path", "review_by", "owner__is_active", "owner__full_name")
        )


def quiet_villages(today: date | None = None) -> list[Village]:
    """Villages of today without a story, news or activity of their own in the last 90 days, and none ahead."""
    since = (today or timezone.localdate()) - timedelta(days=QUIET_DAYS)
    heard = {
        *StoryPage.objects.live().filter(published_on__gte=since).values_list("village", flat=True),
        *ActivityPage.objects.live()
        .filter(starts_at__date__gte=since, is_cancelled=False)
        .values_list("village", flat=True),
    }
    return [village for village in villages_today() if village.pk not in heard]


@require_POST
def _still_right(request: HttpRequest, pk: int) -> HttpResponse:
    page: Any = get_object_or_404(Page, pk=pk).specific
    if not isinstance(page, BasePage) or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    try:
        due = confirm_still_right(page=page, by=staff_of(request))
    except ReviewRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{page.title}”: vẫn đúng. Xem lại trước ngày {due:%d/%m/%Y}.")
    return redirect("wagtailadmin_home")


still_right = require_admin_access(_still_right)
