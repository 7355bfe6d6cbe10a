"""The site again, a step in front of nginx, where no form grows old.

A form of the site is good for one sending. A scanner sends it a thousand times, and from the second time on would
only read that it has arrived. Here each sending of a form gets a token of its own, as old as a form that somebody has
filled in, and what the sending before it has used up – a seat, a waiting question, a link that was decided by – is
put back. Only what the site itself has signed is renewed: a token that a scanner has spoilt goes on as it is.
Runs with the settings of the site, on its database; everything else reaches nginx and comes back as it was.
"""

import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cache
from http.client import HTTPException, HTTPSConnection, InvalidURL
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from queue import Empty, LifoQueue
from random import randrange
from typing import Any
from urllib.parse import parse_qs, quote, unquote_to_bytes
from uuid import uuid4

from django.core import signing
from django.utils import timezone

from portal.campaign.drafts import Draft
from portal.campaign.models import Round
from portal.campaign.services import entry_secrets
from portal.core.public_forms import FormToken
from portal.households.forms import public_status
from portal.stories.stuck import tickets
from tests.scan.again import put_back
from tests.scan.kinds import ALL_FORMS, WHO, kind_of

READ_FOR = timedelta(minutes=1)
#: Of this connection, not of the request.
OWN = {
    WHO.lower(),
    "connection",
    "keep-alive",
    "proxy-connection",
    "transfer-encoding",
    "content-length",
    "host",
    "te",
    "upgrade",
}
#: A box of a form as a browser sends it, and of one that carries a file.
PLAIN_BOX, FILE_FORM_BOX = re.compile(rb"(?<==)[^&=]+(?=&|$)"), re.compile(rb"(?<=\r\n\r\n)[^\r\n]+(?=\r\n--)")
FILE_FORM_NAME = re.compile(rb'form-data; name="([^"]+)"')
CSRF_COOKIE = "csrftoken"
_families = count(1)


def _form_token(value: str) -> str | None:
    return replace(FormToken.new(), opened_at=timezone.now() - READ_FOR).signed if FormToken.read(value) else None


def _ticket(salt: str) -> Callable[[str], str | None]:
    """Signed with the time, and read with a limit of age."""

    def renew(value: str) -> str | None:
        try:
            return signing.dumps(signing.loads(value, salt=salt), salt=salt)
        except signing.BadSignature:
            return None

    return renew


def _stuck_ticket(value: str) -> str | None:
    ticket = tickets.Ticket.read(value)
    if ticket is None:
        return None
    # A tap counts once for each page, and a page is made every five minutes.
    return tickets.Ticket(ticket.guide, tickets.Ticket.now(0).slot - randrange(tickets.FRESH_SLOTS)).signed


@cache
def _rounds() -> list[Round]:
    return list(Round.objects.all())


def _draft(value: str) -> str | None:
    for round_ in _rounds():
        draft = Draft.read(value, round_)
        if draft is not None:
            family = draft.family
            if draft.content is not None and family.household_id is None:
                # A family sends only so many entries; before they are finished, its questions hang on its name.
                family = replace(family, head_name=f"{family.head_name.rstrip('0123456789 ')} {next(_families)}")
            opened = timezone.now() - READ_FOR
            return replace(draft, token=uuid4(), opened_at=opened, family=family).signed_for(round_)
    return None


RENEWALS: tuple[Callable[[str], str | None], ...] = (
    _form_token,
    _ticket(public_status.TICKET_SALT),
    _ticket(entry_secrets.TICKET_SALT),
    _stuck_ticket,
    _draft,
)


def renewed(value: str) -> str:
    """A token, ticket or draft of the site anew; anything else as it is."""
    if value.count(":") not in {1, 2}:
        return value
    return next((new for renew in RENEWALS if (new := renew(value)) is not None), value)


def with_fresh_boxes(body: bytes, kind: str) -> bytes:
    """The body of a form with every token in it renewed."""
    if kind.startswith("multipart/"):
        return FILE_FORM_BOX.sub(lambda found: renewed(found[0].decode("latin-1")).encode("latin-1"), body)

    def renew(found: re.Match[bytes]) -> bytes:
        old = unquote_to_bytes(found[0]).decode("latin-1")
        new = renewed(old)
        return found[0] if new == old else quote(new).encode()

    return PLAIN_BOX.sub(renew, body)


class Refresher(ThreadingHTTPServer):
    """One connection, one thread; those to nginx are used again."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, site: int, folder: Path) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.site, self.origin = site, f"http://127.0.0.1:{port}"
        self.folder, self.told = folder, (folder / "sent.log").open("a", encoding="utf-8", buffering=1)
        self.kept: LifoQueue[HTTPSConnection] = LifoQueue()
        #: Django's token against foreign forms, as the first page with such a form has set it.
        self.token = ""
        self.tls = ssl.create_default_context()
        self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, list[Any], bytes]:
        """(status, headers, body) of nginx; a connection that it has closed meanwhile is opened anew."""
        try:
            return self._ask(self.kept.get_nowait(), method, path, body, headers)
        except (Empty, HTTPException, OSError):
            connection = HTTPSConnection("localhost", self.site, context=self.tls, timeout=60)
            return self._ask(connection, method, path, body, headers)

    def _ask(
        self, connection: HTTPSConnection, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, list[Any], bytes]:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.kept.put(connection)
        given = SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie", [])))
        if not self.token and CSRF_COOKIE in given:
            self.token = f"{CSRF_COOKIE}={given[CSRF_COOKIE].value}"
        return answer.status, answer.getheaders(), content

    def with_token(self, cookies: str) -> str:
        """A reader's cookies, and the token beside them."""
        return "; ".join(filter(None, (cookies, self.token if CSRF_COOKIE not in cookies else "")))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Refresher

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == ALL_FORMS:
            self._answer(200, [("Content-Type", "text/html")], (self.server.folder / "forms.html").read_bytes())
            return
        self._note(body)
        if self.command == "POST":
            body = with_fresh_boxes(body, self.headers.get("Content-Type", ""))
        site, own = f"https://localhost:{self.server.site}", self.server.origin
        given = {
            name.title(): value.replace(own, site) for name, value in self.headers.items() if name.lower() not in OWN
        }
        given |= {"Host": f"localhost:{self.server.site}", "Content-Length": str(len(body))}
        # As a browser does, which the scanners are not.
        given = {"Referer": site + self.path, **given, "Cookie": self.server.with_token(self.headers.get("Cookie", ""))}
        try:
            with put_back(self.path.partition("?")[0]):
                status, told, content = self.server.ask(self.command, self.path, body, given)
        except InvalidURL:
            status, told, content = 400, [], b""
        self._answer(status, [(name, value.replace(site, own)) for name, value in told], content)

    def _answer(self, status: int, told: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in told:
            if name.lower() not in OWN:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        with suppress(BrokenPipeError, ConnectionResetError):
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

    def _note(self, body: bytes) -> None:
        """Who asked, and by which form."""
        who = self.headers.get(WHO)
        if who:
            path, _, query = self.path.partition("?")
            names = {
                name for text in (query, body.decode("latin-1")) for name in parse_qs(text, keep_blank_values=True)
            }
            names |= {found[1].decode("latin-1") for found in FILE_FORM_NAME.finditer(body)}
            kind = kind_of(self.command.lower(), path, names)
            self.server.told.write(f"{who}\t{kind.name if kind else path}\n")

    def log_message(self, *_told: Any) -> None:
        """nginx notes them."""


for verb in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
    setattr(_Handler, f"do_{verb}", _Handler.pass_on)


def serve(port: int, site: int, folder: str) -> None:
    """For ever; `site` is the port of nginx, `folder` that of the scan."""
    Refresher(port, site, Path(folder)).serve_forever()
