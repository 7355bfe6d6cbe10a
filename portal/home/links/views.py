"""`/quan-tri/lien-ket-hong/`: what the night found, by page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.core.models import User
from portal.home.links.selectors import broken_links
from portal.households.access import guarded_by, staff_of


def can_write_pages(user: User) -> bool:
    """Editors, reviewers, administrators."""
    return bool(policy_registry.get_by_type(Page).user_has_any_permission(user, {"add", "change", "publish"}))


@guarded_by(can_write_pages)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All, or those of one's own pages."""
    is_own = request.GET.get("cua") == "toi"
    links = broken_links(owner=staff_of(request) if is_own else None)
    return render(request, "home/links/index.html", {"links": links[:200], "is_own": is_own})
