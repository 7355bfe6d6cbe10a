"""A stranger, a family and an approver open every page on which a form stands, and fill it in so that it is taken."""

import re
from dataclasses import dataclass, field, replace
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from tests.scan.forms import Form, Reader, shape_of
from tests.scan.kinds import KINDS, Kind, kind_of

#: Where a walk begins; the rest is found by following links.
STARTS = ("/", "/dang-ky/", "/tra-cuu/", "/tim-kiem/?q=so", "/minigame/", "/hoat-dong/", "/nho-giup/", "/tu-kiem-tra/")
NOT_FOLLOWED = ("/quan-tri/", "/static/", "/media/", "/co-chu/", "/tai-lieu/")
MOST_PAGES = 250
#: No entry form has more screens.
MOST_SCREENS = 20
#: Codes and secret numbers on a receipt.
CODE, SECRET = re.compile(r"(?:DT|HD)-[0-9A-Z]{4}-[0-9A-Z]{4}"), re.compile(r'class="code">(\d{3} \d{3})<')
WORDS = "Cài VNeID cho mẹ"
#: Beside what any form takes: {kind: {box: what is typed there, or {name of a paper}}}.
TYPED = {
    "search": {"q": "số"},
    "check a certificate": {"ma": "{certificate}"},
    "read a sign-up again": {"ma": "{sign-up_code}"},
    "read an entry again": {"ma": "{entry_code}"},
    "find a code in a list": {"ma": "{listed}"},
    "find a code beside the draw": {"ma": "{listed}"},
    "ask for help": {"topic": WORDS},
    "look one's family up": {"code": "{household}", "secret": "{household_secret}"},
    "ask about one's data": {"kind": "sua"},
    "sign up for a training": {"code": ""},
    "entry: the family": {"code": ""},
    "give a place back": {"secret": "{sign-up_secret}"},
    "open an entry": {"secret": "{entry_secret}"},
    "approve a page by link": {"code": "{approval_code}"},
    "sign in": {"username": "quan-tri", "password": "chua-dung"},
}
#: The button, where it is not the first one of a form.
PRESSED = {
    "register, reviewed": ("step", "send"),
    "entry: reviewed and sent": ("di", "gui"),
    "approve a page by link": ("decision", "chua"),
}
FIRST_SCREEN, LAST_SCREEN = "entry: the family", "entry: reviewed and sent"
SCREENS = {kind.name for kind in KINDS if kind.name.startswith("entry: ")} - {"entry: thrown away"}


@dataclass(frozen=True)
class Filled:
    """A form that the site takes as it stands here."""

    kind: Kind
    form: Form

    @property
    def address(self) -> str:
        """Where it is sent, with its boxes if they go there."""
        return self.form.action if self.form.method == "post" else f"{self.form.path}?{self.form.data}"

    @property
    def body(self) -> str | None:
        """What is sent there."""
        return self.form.data if self.form.method == "post" else None


@dataclass
class Visitor:
    """Somebody with the papers of one family and one approver; remembers every form that was on a page."""

    origin: str
    papers: dict[str, str]
    found: dict[tuple[str, tuple[str, ...]], Filled] = field(default_factory=dict)
    #: The first screen of each round's entry form.
    entries: dict[str, Filled] = field(default_factory=dict)
    #: Forms on pages that tests.scan.kinds does not name.
    unnamed: set[str] = field(default_factory=set)

    def get(self, address: str) -> Reader:
        """A page, whatever its status."""
        return self._ask(Request(self.origin + address))[0]

    def send(self, filled: Filled) -> tuple[Reader, str]:
        """The page that answers to a form, and its text."""
        body = None if filled.body is None else filled.body.encode()
        return self._ask(Request(self.origin + filled.address, body))

    def _ask(self, request: Request) -> tuple[Reader, str]:
        try:
            with urlopen(request, timeout=60) as answer:
                text, came_to = answer.read().decode("utf-8", "replace"), answer.url
        except HTTPError as refusal:
            text, came_to = refusal.read().decode("utf-8", "replace"), request.full_url
        page = Reader(urlsplit(came_to).path, text)
        for form in page.forms:
            self._note(form)
        return page, text

    def _note(self, form: Form) -> None:
        kind = kind_of(form.method, form.path, form.names)
        if kind is None:
            self.unnamed.add(f"{form.page}: {form.method} {form.path}: {', '.join(sorted(form.names))}")
            return
        self.found.setdefault((kind.name, shape_of(form)), Filled(kind, form))
        if kind.name == FIRST_SCREEN:
            self.entries.setdefault(form.path, Filled(kind, form))

    def filled(self, one: Filled) -> Filled:
        """The form as somebody with these papers sends it."""
        boxes = {name: text.format(**self.papers) for name, text in TYPED.get(one.kind.name, {}).items()}
        return replace(one, form=one.form.with_boxes(boxes).pressed(*PRESSED.get(one.kind.name, ())))

    def first(self, name: str) -> Filled:
        """The first that was found of a kind, filled in."""
        return next(self.filled(one) for one in self.found.values() if one.kind.name == name)

    @property
    def forms(self) -> list[Filled]:
        """All of them, filled in."""
        return [self.filled(one) for one in self.found.values()]


def open_all(visitor: Visitor) -> None:
    """Every page with a form, also those behind a secret."""
    _walk(visitor)
    visitor.get("/quan-tri/login/")
    visitor.get(f"/duyet/{visitor.papers['approval']}/")
    visitor.send(visitor.first("register"))
    visitor.send(visitor.first("look one's family up"))
    about = visitor.first("ask about one's data")
    visitor.send(replace(about, form=about.form.with_boxes({"kind": "xoa"})))
    _keep_receipt(visitor, visitor.first("sign up for a training"), "sign-up", "/hoat-dong/dang-ky/")
    for entry in visitor.entries.values():
        _play(visitor, entry)
    visitor.send(visitor.first("open an entry"))


def _walk(visitor: Visitor) -> None:
    """Follow links as a stranger."""
    waiting, seen = list(STARTS), set(STARTS)
    while waiting and len(seen) < MOST_PAGES:
        for link in visitor.get(waiting.pop(0)).links:
            parts = urlsplit(link)
            one = re.sub(r"/buoc-\d+/$", "/", parts.path)
            if not parts.netloc and one.startswith("/") and not one.startswith(NOT_FOLLOWED) and one not in seen:
                seen.add(one)
                waiting.append(one)


def _play(visitor: Visitor, entry: Filled) -> None:
    """From the first screen of an entry to its receipt."""
    for _screen in range(MOST_SCREENS):
        entry = visitor.filled(entry)
        if entry.kind.name == LAST_SCREEN:
            return _keep_receipt(visitor, entry, "entry", "/minigame/bai/")
        page, _text = visitor.send(entry)
        screens = [(kind_of(form.method, form.path, form.names), form) for form in page.forms]
        entry = next(Filled(kind, form) for kind, form in screens if kind and kind.name in SCREENS)
    raise RuntimeError(f"{entry.form.path} has no end")


def _keep_receipt(visitor: Visitor, filled: Filled, paper: str, address: str) -> None:
    """Send the form, keep the secret number of its receipt, and open the page that asks for it."""
    _page, text = visitor.send(filled)
    code, secret = CODE.search(text), SECRET.search(text)
    if code is None or secret is None:
        raise RuntimeError(f"{filled.kind.name}: no receipt: {' '.join(text.split())[:3000]}")
    # One is enough.
    visitor.papers = {f"{paper}_code": code[0], f"{paper}_secret": secret[1], **visitor.papers}
    visitor.get(f"{address}{code[0]}/")
