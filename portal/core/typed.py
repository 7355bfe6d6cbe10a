"""What was typed into a form and could not be taken: boxes that one press sends again.

Passwords and secret numbers are never put into a page or kept, and files cannot be.
"""

import time
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.urls import Resolver404, resolve

from portal.core.models import User

#: Beyond this it is an article in the editor, and a page with all of it twice would be of no help.
MOST_BOXES, MOST_TYPED = 300, 60_000
#: What is kept for somebody who has to sign in first may be an article.
MOST_BOXES_KEPT, MOST_TYPED_KEPT = 5_000, 1_000_000
#: So long may signing in take.
KEPT_SECONDS = 60 * 60
#: Parts of the names of boxes that hold a secret. A one-time code is old by the time of the second press, too.
SECRET_BOXES = ("password", "secret", "otp", "pin")
#: Rooms whose forms ask for nothing else.
DOOR = "door"
#: Of the old page; the new one brings its own.
PAGE_MARK = "csrfmiddlewaretoken"
_KEPT = "phieu-dang-gui"
Boxes = list[tuple[str, str]]


@dataclass(frozen=True)
class TypedForm:
    """Where it was going, what stands in its boxes, and whether files came along, which are not kept."""

    path: str
    boxes: Boxes
    had_files: bool = False


def boxes_to_send_again(
    request: HttpRequest,
    *,
    most_boxes: int = MOST_BOXES,
    most_typed: int = MOST_TYPED,
    even_without_files: bool = False,
) -> Boxes:
    """[(name, value), …] as they came; nothing where a secret or a file is among them, or another site sent them."""
    if not _is_from_here(request) or _is_for_the_door(request):
        return []
    try:
        sent, has_files = request.POST, bool(request.FILES)
    except (OSError, SuspiciousOperation, MultiPartParserError):  # it cannot be read to its end
        return []
    boxes = [(name, str(value)) for name, values in sent.lists() for value in values]
    if (has_files and not even_without_files) or any(value and _is_secret(name) for name, value in boxes):
        return []
    if len(boxes) > most_boxes or sum(len(value) for _name, value in boxes) > most_typed:
        return []
    return boxes


def form_in_hand(request: HttpRequest) -> TypedForm | None:
    """The form that a browser shows to somebody and is sending now; None where there is nothing to keep of it."""
    if request.method != "POST" or "text/html" not in request.headers.get("Accept", ""):
        return None
    boxes = boxes_to_send_again(
        request, most_boxes=MOST_BOXES_KEPT, most_typed=MOST_TYPED_KEPT, even_without_files=True
    )
    if not boxes:
        return None
    return TypedForm(request.get_full_path(), without_page_token(boxes), had_files=bool(request.FILES))


def keep_form(request: HttpRequest, form: TypedForm, user: User) -> None:
    """Until the same person has signed in again in this browser; the session of nobody in which it lies is short."""
    request.session[_KEPT] = {**asdict(form), "by": user.pk, "at": time.time()}
    request.session.set_expiry(KEPT_SECONDS)


def kept_form(request: HttpRequest, user: User) -> TypedForm | None:
    """What this person was sending from this browser when the session ended."""
    kept = request.session.get(_KEPT)
    if not kept or kept["by"] != user.pk or _is_old(kept["at"]):
        return None
    return TypedForm(kept["path"], [(name, value) for name, value in kept["boxes"]], kept["had_files"])


def forget_form(request: HttpRequest) -> None:
    """It was sent, or is not wanted any more."""
    request.session.pop(_KEPT, None)


def forget_form_in_time(request: HttpRequest) -> None:
    """Ask at every request behind the door: it goes when it is old, and as soon as it is sent again."""
    kept = request.session.get(_KEPT)
    if kept and (_is_old(kept["at"]) or (request.method == "POST" and request.get_full_path() == kept["path"])):
        forget_form(request)


def without_page_token(boxes: Boxes) -> Boxes:
    """For a page that has a token of its own."""
    return [(name, value) for name, value in boxes if name != PAGE_MARK]


def _is_from_here(request: HttpRequest) -> bool:
    """No page of ours offers to send what another site has written."""
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.get_host()


def _is_old(kept_at: float) -> bool:
    return not 0 <= time.time() - kept_at < KEPT_SECONDS


def _is_secret(name: str) -> bool:
    return any(part in name.lower() for part in SECRET_BOXES)


def _is_for_the_door(request: HttpRequest) -> bool:
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return False
    return DOOR in match.app_names
