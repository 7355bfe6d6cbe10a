"""Finds the links in what editors have written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html


@dataclass(frozen=True)
class Link:
    """Where it leads, and its words; the address is empty where the page or file behind it has been deleted."""

    url: str
    words: str


def links_of_page(page: Page) -> list[Link]:
    """The links of the page as it is published, each address once."""
    fields = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField | RichTextField)]
    return links_in(getattr(page, name) for name in fields)


def links_in(values: Iterable[Any]) -> list[Link]:
    """The links in values of page fields, each address once, in the order of the page."""
    found = (link for value in values for link in _links(value))
    return list({link.url: link for link in found}.values())


def _links(value: Any) -> Iterator[Link]:
    if isinstance(value, StreamValue):
        for child in value:
            yield from _links(child.value)
    elif isinstance(value, StructValue):
        if value.get("url"):
            yield Link(str(value["url"]), str(value.get("title", "")))
        for part in value.values():
            yield from _links(part)
    elif isinstance(value, RichText):
        yield from _Anchors.read(value.source)


class _Anchors(HTMLParser):
    """Collects `<a>` with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Link] = []
        self.open: str | None = None
        self.words: list[str] = []

    @classmethod
    def read(cls, source: str) -> list[Link]:
        parser = cls()
        parser.feed(expand_db_html(source))
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.open, self.words = dict(attrs).get("href") or "", []

    def handle_data(self, data: str) -> None:
        if self.open is not None:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.open is not None:
            self.found.append(Link(self.open, " ".join("".join(self.words).split())))
            self.open = None
