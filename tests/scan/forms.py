"""The forms of a page, filled in as somebody would."""

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

PHONE, NAME, NUMBER = "0901234567", "Đinh Văn Mẫu", "3"
#: What is left empty: a trap for machines, a sum that a browser does in a flood, an answer to what was not asked.
LEFT_EMPTY = {"website", "nonce", "secret"}


@dataclass(frozen=True)
class Form:
    """One form: where it goes, what its boxes hold, which buttons it has, and which boxes take a file."""

    action: str
    method: str
    page: str = ""
    boxes: dict[str, str] = field(default_factory=dict)
    buttons: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return urlsplit(self.action).path

    @property
    def names(self) -> set[str]:
        """Of all boxes and buttons."""
        return {*self.boxes, *self.files, *(name for name, _value in self.buttons)}

    def with_boxes(self, boxes: dict[str, str]) -> "Form":
        """With these boxes; raises KeyError for one that is not there."""
        if unknown := set(boxes) - self.names:
            raise KeyError(f"{self.action} has no box {unknown}")
        return replace(self, boxes={**self.boxes, **boxes})

    def pressed(self, name: str = "", value: str = "") -> "Form":
        """Sent with that button, else with the first, as the Enter key does."""
        wanted = [button for button in self.buttons if (not name or button[0] == name) and button[1].startswith(value)]
        return replace(self, boxes={**self.boxes, **dict(wanted[:1])})

    @property
    def data(self) -> str:
        """As a form without files is sent; a box that takes one goes along empty."""
        return urlencode({**self.boxes, **dict.fromkeys(self.files, "")})


class Reader(HTMLParser):
    """Links and forms of one page."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self._forms: list[tuple[str, str, str]] = []
        self._parts: list[tuple[str, str, dict[str, str]]] = []
        self._inside = self._select = ""
        self.feed(text)

    @property
    def forms(self) -> list[Form]:
        """Each with everything that belongs to it, also from outside of it."""
        return [self._form(*form) for form in self._forms]

    def _form(self, key: str, action: str, method: str) -> Form:
        boxes: dict[str, str] = {}
        buttons: list[tuple[str, str]] = []
        files: list[str] = []
        for owner, kind, given in self._parts:
            name = given["name"]
            if owner != key or kind == "button":
                continue
            if kind == "submit":
                buttons.append((name, given.get("value", "")))
            elif kind == "file":
                files.append(name)
            else:
                boxes.setdefault(name, given.get("value") or _typed(name, kind, given))
        return Form(action, method, self.address, boxes, tuple(buttons), tuple(files))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(urljoin(self.address, given["href"]))
        elif tag == "form":
            self._inside = given.get("id") or f" {len(self._forms)}"
            action = urljoin(self.address, given.get("action", "")).partition("#")[0]
            self._forms.append((self._inside, action, given.get("method", "get").lower()))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and given.get("value"):
            self._note("select", {**given, "name": self._select})
        elif tag in {"input", "textarea", "button"} and given.get("name"):
            kind = given.get("type", "submit" if tag == "button" else "text")
            self._note(kind if tag != "textarea" else "text", given)

    def _note(self, kind: str, given: dict[str, str]) -> None:
        self._parts.append((given.get("form") or self._inside, kind, given))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = ""
        elif tag == "select":
            self._select = ""


def _typed(name: str, kind: str, given: dict[str, str]) -> str:
    """What somebody would type there."""
    if name in LEFT_EMPTY or kind == "hidden":
        return ""
    if kind == "tel" or "phone" in name:
        return PHONE
    if kind == "checkbox":
        return "on"
    return NUMBER if given.get("inputmode") == "numeric" else NAME


def shape_of(form: Form) -> tuple[str, ...]:
    """Its boxes, whatever their numbers: forms of one kind and shape are tried once."""
    return tuple(sorted(re.sub(r"\d+", "0", name) for name in form.names))
