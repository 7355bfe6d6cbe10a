"""Whether an address of this site leads anywhere; asked of the site itself, without a request."""

from contextlib import suppress
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

DELETED = "trang hoặc tệp đã bị xóa"
NO_PAGE = "không còn trang này"
NO_FILE = "không còn tệp này"


def is_inside(url: str) -> bool:
    """Whether the address is one of this site's."""
    parts = urlsplit(url)
    if parts.scheme not in {"", "http", "https"}:
        return False
    ours = {urlsplit(settings.BASE_URL).netloc, *Site.objects.values_list("hostname", flat=True)}
    return not parts.netloc or parts.netloc in ours


def fault_inside(url: str) -> str:
    """Why the address leads nowhere; “” when it is in order."""
    if not url:
        return DELETED
    path = unquote(urlsplit(url).path)
    if not path or _is_redirected(path):
        return ""
    for candidate in (path, f"{path}/"):
        with suppress(Resolver404):
            return _fault_of(candidate, resolve(candidate))
    return NO_PAGE


def _fault_of(path: str, match: ResolverMatch) -> str:
    if match.view_name == "wagtail_serve":
        return "" if _is_page(path) else NO_PAGE
    if match.view_name == "wagtaildocs_serve":
        return "" if get_document_model().objects.filter(pk=match.args[0]).exists() else NO_FILE
    if path.startswith(settings.MEDIA_URL):
        return "" if default_storage.exists(path.removeprefix(settings.MEDIA_URL)) else NO_FILE
    return ""


def _is_page(path: str) -> bool:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    root: Page = site.root_page.specific
    request = HttpRequest()
    request.method, request.path = "GET", path
    try:
        page, _args, _kwargs = root.route(request, [part for part in path.split("/") if part])
    except Http404:
        return False
    return bool(page.live)


def _is_redirected(path: str) -> bool:
    return bool(Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists())
