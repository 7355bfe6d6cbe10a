"""Whole pages for anonymous readers, kept until something public changes.

One generation token stands in every key: a new token forgets all pages at once, in every process, without having
to know which pages show a name, a date or a menu entry. A token is drawn, not counted, so that two changes at
the same instant cannot end on the same value. What was stored before is then deleted as well: a name that a family
took back is not left lying in a file (invariant 5).

A copy that is a minute old is made anew. While that cannot be done, because the database does not answer, the old copy
stands in for up to a day: nothing public has changed since it was made, or its key would be another.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from portal.core.http import ADMIN_PREFIX, PROBES, text_size
from portal.core.replica import has_replayed, position, reading_replica, standing_token

GENERATION_KEY = "generation"
#: Alerts and activities come and go by the clock, without a change that would forget pages.
KEEP_SECONDS = 60
#: For so long a copy may stand in for a page that cannot be made at the moment.
OUTAGE_SECONDS = 24 * 60 * 60
#: Addresses of pages that this process remembers as fit to be kept; beyond that it begins anew.
REMEMBERED_ADDRESSES = 5000
#: Search words are the reader's own business and stay out of a shared store.
UNCACHED_PREFIXES = (ADMIN_PREFIX, *PROBES, "/co-chu/", "/tim-kiem/", "/duyet/")

#: Where a request in hand keeps the token that it has read; None outside of one.
_in_hand: ContextVar[list[str] | None] = ContextVar("generation in hand", default=None)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copy:
    """A stored page, when it was made, and for how many seconds it is as good as new."""

    response: HttpResponse
    made_at: float
    fresh_seconds: int

    @property
    def is_fresh(self) -> bool:
        """Not yet, when the machine's clock was turned back behind the making."""
        return 0 <= time.time() - self.made_at < self.fresh_seconds


def forget_pages() -> None:
    """Forget every stored page, once the current transaction is committed."""
    transaction.on_commit(_new_generation)


def _new_generation() -> None:
    _in_hand.set(None)
    # In this order: whoever stores a page later than this finds that the token has changed, and deletes it again.
    try:
        caches["shared"].set(GENERATION_KEY, _drawn(), None)
        caches["pages"].clear()
    except OSError:
        _forget_on_a_full_disk()


def _forget_on_a_full_disk() -> None:
    """What was changed is committed, and must be seen: deleting makes room, and without a token no copy is trusted."""
    try:
        caches["shared"].delete(GENERATION_KEY)
        caches["pages"].clear()
        caches["shared"].set(GENERATION_KEY, _drawn(), None)
    except OSError:
        logger.exception("stored pages could not be forgotten; they are made anew within %s seconds", KEEP_SECONDS)


def generation() -> str:
    """The token of today's public content; whatever is stored under it is forgotten with it.

    A store that lost its token gets a new one: nothing stored before is trusted any more. One that cannot keep any, on
    a full disk, has a new one each time.
    """
    if standing := standing_token():
        return standing
    in_hand = _in_hand.get()
    if in_hand:
        return in_hand[0]
    token = _stored_token()
    if in_hand is not None:
        in_hand.append(token)
    return token


def _stored_token() -> str:
    store = caches["shared"]
    token = store.get(GENERATION_KEY)
    try:
        return str(token or store.get_or_set(GENERATION_KEY, _drawn, None))
    except OSError:
        return _drawn()


@contextmanager
def one_generation() -> Iterator[None]:
    """Within it the token is read from the store once, unless it changes by our own doing.

    What a request remembers and what it reads anew belong to one state of the content, and a page asks a dozen times.
    """
    outer = _in_hand.set([])
    try:
        yield
    finally:
        _in_hand.reset(outer)


def _drawn() -> str:
    return f"{uuid4().hex}{position()}"


def keep_at_most(request: HttpRequest, seconds: int) -> None:
    """Let no copy of this page outlive the moment at which the clock changes what it says."""
    kept = getattr(request, "_keep_seconds", OUTAGE_SECONDS)
    request._keep_seconds = min(kept, seconds)  # type: ignore[attr-defined]


class PageCacheMiddleware:
    """Answers an anonymous reader from the store, and stores what it had to make."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.store = caches["pages"]
        self.kept_addresses: set[str] = set()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_cacheable_request(request):
            with one_generation():
                return self.get_response(request)
        # Read before the page is made: what changes meanwhile raises the token, and this copy is never served.
        token, address = generation(), _address(request)
        key = f"{token}.{address}"
        copy: Copy | None = self.store.get(key)
        if copy is not None and copy.is_fresh:
            response = copy.response
        else:
            response = self._made(request, token, address)
            if response.status_code == 503 and copy is not None:
                response = copy.response
            elif not is_cacheable_response(response):
                return response
            else:
                self._keep(key, token, request, response)
        answer = get_conditional_response(request, etag=response["ETag"], response=response)
        return answer if answer is not None else response

    def _keep(self, key: str, token: str, request: HttpRequest, response: HttpResponse) -> None:
        response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
        response.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        # Pages are few, what can be asked of one in a query is not: such a copy goes with its minute.
        longest = KEEP_SECONDS if request.META.get("QUERY_STRING") else OUTAGE_SECONDS
        kept = min(getattr(request, "_keep_seconds", OUTAGE_SECONDS), longest)
        try:
            self.store.set(key, Copy(stripped(response), time.time(), min(kept, KEEP_SECONDS)), kept)
            if generation() != token:
                self.store.delete(key)
        except OSError as error:
            # A full disk keeps nobody from reading.
            logger.warning("a page could not be stored: %s", error)

    def _made(self, request: HttpRequest, token: str, address: str) -> HttpResponse:
        """The page anew; from the replica only one that was fit to be kept before, and is again."""
        if address in self.kept_addresses and has_replayed(token):
            with reading_replica(token):
                response = self.get_response(request)
            if is_cacheable_response(response):
                return response
        with one_generation():
            response = self.get_response(request)
        if is_cacheable_response(response):
            if len(self.kept_addresses) >= REMEMBERED_ADDRESSES:
                self.kept_addresses.clear()
            self.kept_addresses.add(address)
        return response


def _address(request: HttpRequest) -> str:
    """What the page depends on beside the generation."""
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()} {text_size(request)}"
    return f"copy.{sha256(address.encode()).hexdigest()}"


def is_cacheable_request(request: HttpRequest) -> bool:
    """Anonymous reading of a public address."""
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith(UNCACHED_PREFIXES)
    )


def is_cacheable_response(response: HttpResponse) -> bool:
    """A plain page that sets nothing and says nothing against being kept."""
    control = response.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in control
        and "private" not in control
    )


def stripped(response: HttpResponse) -> HttpResponse:
    """The response as bytes and headers only: a template response carries its whole context along."""
    copy = HttpResponse(response.content, status=response.status_code)
    copy.headers = response.headers
    return copy


def connect_signals(*senders: Any) -> None:
    """Forget pages whenever a row of one of these models is saved or deleted."""
    from django.db.models.signals import post_delete, post_save

    for sender in senders:
        for signal in (post_save, post_delete):
            signal.connect(_forget_on_change, sender=sender, dispatch_uid=f"forget-pages-{sender._meta.label}")


def _forget_on_change(**_kwargs: Any) -> None:
    forget_pages()
