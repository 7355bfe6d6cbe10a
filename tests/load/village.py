"""What people do on the site, in the shares of a usual day: nine of ten read, nearly all others search or look up
what is theirs, and one in a hundred sends a form."""

import random
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from urllib.parse import quote, urlsplit
from uuid import uuid4

from tests.load.people import GIVEN, People
from tests.load.posting import form_body
from tests.load.stream import Request

#: Of a hundred requests.
SHARES = {
    "home": 20.0, "list": 20.0, "article": 25.0, "honours": 5.0, "picture": 20.0,
    "search": 5.0, "lookup": 4.0, "registration": 0.5, "entry": 0.5,
}  # fmt: skip
LISTS = ("/tin-tuc/", "/cau-chuyen/", "/huong-dan/", "/hoat-dong/", "/minigame/", "/van-ban/")
HONOURS = ("/vinh-danh/",)
LOOKUP, REGISTER = "/tra-cuu/", "/dang-ky/"
#: A reader in four carries a cookie of somebody's.
COOKIES = ("", "", "", "_ga=GA1.2.1234567890.1700000000")
RECEIPT = re.compile(rb"PN-[0-9A-Z]{4}-[0-9A-Z]{4}")
ENTRY_CODE = re.compile(rb'class="code">([^<]+)<')
KNOWN_FAMILIES = 150


@dataclass
class Village:
    """Everybody at once: what there is to read, who looks up what, and what was promised to whom."""

    port: int
    families: list[tuple[str, str]]
    village_pk: int
    entries: Iterator[bytes]
    #: The family that will take its consent back, as the roll names it.
    name: bytes
    receipts: set[str] = field(default_factory=set)
    entry_codes: set[str] = field(default_factory=set)
    #: Sightings of the name, by the moment at which the page was asked for.
    sightings: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(11))

    def __post_init__(self) -> None:
        paths = self._paths_of_the_site()
        self.pages = {
            "home": ["/"],
            "list": list(LISTS),
            "article": [path for path in paths if path.count("/") > 2 and not path.startswith("/vinh-danh/")],
            "honours": list(HONOURS),
            "picture": sorted({picture for path in ("/", *LISTS) for picture in self._pictures_of(path)}),
        }
        self.names = iter(People(23).heads(100_000))

    def requests(self) -> Iterator[Request]:
        """Without end."""
        kinds, weights = list(SHARES), list(SHARES.values())
        make = {
            "search": self._search,
            "lookup": self._lookup,
            "registration": self._registration,
            "entry": self._entry,
        }
        while True:
            for kind in self.dice.choices(kinds, weights, k=1000):
                yield make[kind]() if kind in make else self._reading(kind)

    def _reading(self, kind: str) -> Request:
        look = self._look_for_the_name if kind == "honours" else self._look_whether_it_is_there
        return Request(kind, get(self.dice.choice(self.pages[kind]), self.dice.choice(COOKIES)), look)

    def _search(self) -> Request:
        words = " ".join(self.dice.sample(GIVEN, 2))
        return Request("search", get(f"/tim-kiem/?q={quote(words)}"), self._look_whether_it_is_there)

    def _lookup(self) -> Request:
        code, secret = self.dice.choice(self.families)

        def look(status: int, body: bytes, _sent_at: float) -> None:
            if status != 200 or code.encode() not in body:
                self.refused.append(f"lookup {status}")

        return Request("lookup", form_body(LOOKUP, {"code": code, "secret": secret}), look)

    def _registration(self) -> Request:
        from django.utils import timezone

        from portal.core.public_forms import FormToken

        boxes = {
            "token": FormToken(uuid4(), timezone.now() - timedelta(minutes=1)).signed,
            "village": str(self.village_pk),
            "head_name": next(self.names),
            "answer_1": "co",
            "answer_3": "can-giup",
            "agree_register": "on",
            "step": "send",
        }
        return Request("registration", form_body(REGISTER, boxes), self._keep(RECEIPT, self.receipts))

    def _entry(self) -> Request:
        data = next(self.entries, None)
        return Request("entry", data, self._keep(ENTRY_CODE, self.entry_codes)) if data else self._registration()

    def _keep(self, pattern: "re.Pattern[bytes]", kept: set[str]):
        def look(status: int, body: bytes, _sent_at: float) -> None:
            found = pattern.search(body)
            if status == 200 and found:
                kept.add(found[found.re.groups].decode())
            else:
                self.refused.append(f"form {status}")

        return look

    def _look_for_the_name(self, status: int, body: bytes, sent_at: float) -> None:
        self._look_whether_it_is_there(status, body, sent_at)
        if self.name in body:
            self.sightings.append(sent_at)

    def _look_whether_it_is_there(self, status: int, _body: bytes, _sent_at: float) -> None:
        if status != 200:
            self.refused.append(f"page {status}")

    def _paths_of_the_site(self) -> list[str]:
        return [
            urlsplit(address).path for address in re.findall(r"<loc>(.+?)</loc>", fetched(self.port, "/sitemap.xml"))
        ]

    def _pictures_of(self, path: str) -> list[str]:
        return [unescape(found) for found in re.findall(r'(/media/[^"\s,]+)', fetched(self.port, path))]


def get(path: str, cookie: str = "") -> bytes:
    """A whole GET request."""
    head = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html", *([f"Cookie: {cookie}"] if cookie else [])]
    return "\r\n".join([*head, "", ""]).encode()


def fetched(port: int, path: str) -> str:
    """The text of a page as nginx gives it."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return answer.read().decode()


def known_families(village_pk: int) -> list[tuple[str, str]]:
    """[(code, secret number), …] of families that have registered before."""
    from portal.households.enums import Purpose
    from portal.households.models import Village as Place
    from portal.households.services.registrations import Application, register_household

    found, place = [], Place.objects.get(pk=village_pk)
    for name in People(17).heads(KNOWN_FAMILIES):
        application = Application(
            token=uuid4(), village=place, head_name=name, details={}, answers={}, consents=(Purpose.REGISTER,)
        )
        receipt = register_household(application=application)
        found.append((receipt.code, receipt.secret))
    return found
