"""Markdown to HTML: headings that can be led to, links that stay inside the site."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.core.handbook import BY_SLUG, book_url
from portal.core.text import slugify

FOLDER: Path = settings.BASE_DIR / "docs"
PICTURES = FOLDER / "hinh"
PICTURE_NAME = re.compile(r"hinh/([a-z-]+)\.webp")
BOOK_NAME = re.compile(r"([a-z-]+)\.md(?:#(.+))?")


@dataclass(frozen=True)
class BookPage:
    """A handbook as a page: its title, its sections [(anchor, title)], and the HTML below the title."""

    title: str
    sections: list[tuple[str, str]]
    html: str


def book_page(slug: str) -> BookPage:
    """The page of a handbook, made anew when its file changes."""
    path = FOLDER / f"{slug}.md"
    return _page(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _page(path: Path, _changed_at: int) -> BookPage:
    # Without raw HTML: what a handbook says is text.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    title, sections = "", []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = _words(tokens[place + 1])
            token.attrSet("id", slugify(words))
            if token.tag == "h1":
                title = words
            elif token.tag == "h2":
                sections.append((slugify(words), words))
        for inner in token.children or []:
            _lead_inside(inner)
    html = markdown.renderer.render([*_without_title(tokens)], markdown.options, {})
    return BookPage(title, sections, _tables_scroll(html))


def _words(token: Token) -> str:
    return "".join(inner.content for inner in token.children or [])


def _without_title(tokens: list[Token]) -> list[Token]:
    return tokens[3:] if tokens and tokens[0].tag == "h1" else tokens


def _lead_inside(token: Token) -> None:
    """The file of another handbook becomes its page, and a picture's file its address."""
    picture = PICTURE_NAME.fullmatch(_text(token, "src")) if token.type == "image" else None
    if picture:
        token.attrSet("src", reverse("handbook:picture", args=[picture[1]]))
        token.attrSet("loading", "lazy")
    name = BOOK_NAME.fullmatch(_text(token, "href")) if token.type == "link_open" else None
    if name and name[1] in BY_SLUG:
        token.attrSet("href", book_url(name[1], name[2] or ""))


def _text(token: Token, name: str) -> str:
    value: Any = token.attrGet(name)
    return str(value or "")


def _tables_scroll(html: str) -> str:
    """A wide table scrolls by itself and leaves the page in its place."""
    opening = '<div class="table-wrap" tabindex="0" role="region" aria-label="Bảng"><table class="table">'
    return html.replace("<table>", opening).replace("</table>", "</table></div>")
