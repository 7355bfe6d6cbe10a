"""Every public form of the running site, filled in as somebody would, for sqlmap to spoil."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit

from tests.scan.stack import Stack

#: Where a walk begins; the rest is found by following links.
STARTS = ("/", "/dang-ky/", "/tra-cuu/", "/tim-kiem/?q=so&loai=huong-dan&trang=1", "/minigame/", "/hoat-dong/")
NOT_FOLLOWED = ("/quan-tri/", "/static/", "/media/", "/co-chu/", "/tai-lieu/")
MOST_PAGES = 250
PHONE, NAME = "0901234567", "Đinh Văn Mẫu"


@dataclass
class Form:
    """One form: where it goes and what its boxes hold."""

    action: str
    method: str
    page: str = ""
    boxes: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> tuple[str, str, int, tuple[str, ...]]:
        """Forms of one kind are tried once: the same boxes at the same depth of the same part of the site."""
        parts = urlsplit(self.action).path.strip("/").split("/")
        return self.method, parts[0], len(parts), tuple(sorted(self.boxes))

    @property
    def data(self) -> str:
        return urlencode(self.boxes)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(urljoin(self.address, given["href"]))
        elif tag == "form":
            action = urljoin(self.address, given.get("action", ""))
            self._form = Form(action, given.get("method", "get").lower(), self.address)
            self.forms.append(self._form)
        elif self._form is not None and tag in {"input", "textarea", "button"} and given.get("name"):
            self._form.boxes.setdefault(given["name"], given.get("value") or _typed(given))
        elif self._form is not None and tag == "select":
            self._select = given.get("name", "")
        elif self._form is not None and tag == "option" and self._select and given.get("value"):
            self._form.boxes.setdefault(self._select, given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


def _typed(box: dict[str, str]) -> str:
    """What somebody would type there."""
    name, kind = box["name"], box.get("type", "text")
    if kind == "file":
        return ""
    if kind == "tel" or "phone" in name:
        return PHONE
    return "1" if kind in {"number", "checkbox"} else NAME


def public_forms(stack: Stack) -> list[Form]:
    """One of each kind, found by walking the site as a stranger."""
    found: dict[object, Form] = {}
    waiting, seen = list(STARTS), set(STARTS)
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        try:
            text = stack.get(path)
        except HTTPError:
            continue
        reader = _Reader(path)
        reader.feed(text)
        for form in reader.forms:
            if not form.action.startswith(NOT_FOLLOWED):
                found.setdefault(form.kind, form)
        for link in reader.links:
            parts = urlsplit(link)
            one = re.sub(r"/buoc-\d+/$", "/", parts.path)
            if not parts.netloc and one.startswith("/") and not one.startswith(NOT_FOLLOWED) and one not in seen:
                seen.add(one)
                waiting.append(one)
    return list(found.values())
