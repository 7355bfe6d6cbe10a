"""`/quan-tri/huong-dan/`: every role may read every handbook; that of the machine only those who keep accounts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from portal.core.handbook import BOOKS, BY_SLUG, Book, own_books
from portal.core.models import User
from portal.home.door.guards import can_keep_accounts, is_staff_member
from portal.home.handbook.rendering import PICTURES, book_page
from portal.households.access import guarded_by, staff_of
from portal.households.permissions import role_names

handbook_view = guarded_by(is_staff_member)


def _may_read(user: User, book: Book) -> bool:
    return not book.is_for_keepers or can_keep_accounts(user)


@handbook_view
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All handbooks, those of one's own work first."""
    user = staff_of(request)
    own = own_books(role_names(user))
    others = [book for book in BOOKS if book not in own and _may_read(user, book)]
    context = {"own": [book for book in own if _may_read(user, book)], "others": others}
    return render(request, "home/handbook/index.html", context)


@handbook_view
@require_safe
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """One handbook."""
    found = BY_SLUG.get(slug)
    if found is None or not _may_read(staff_of(request), found):
        raise Http404
    page = book_page(slug)
    # Made from our own files, with raw HTML switched off.
    html = mark_safe(page.html)  # noqa: S308
    return render(request, "home/handbook/book.html", {"page": page, "html": html})


@handbook_view
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A screen as `make handbook` took it; all people in it are the sample's."""
    path = PICTURES / f"{name}.webp"
    if not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/webp")
