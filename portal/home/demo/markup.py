"""From the plain text of content/ to the blocks of a page body.

A blank line parts paragraphs. `## ` opens a heading, `- ` and `1. ` a list, `> words — who` a quotation, `!note`
and `!warn` a note, `!picture scene | description | caption` a picture, `!recording key` a
recording. Inside a line: `**bold**`, `*italic*`,
`[words](page:huong-dan/zalo)` and `[words](https://…)`. `{ngay:x}`, `{gio:x}` stand for day and hours of activity x.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

Block = dict[str, Any]

_LINK = re.compile(r"\[([^\]]+)\]\((page:)?([^)]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"\*(.+?)\*")
_PLACEHOLDER = re.compile(r"\{([a-z]+:[a-z0-9-]+)\}")
_NUMBERED = re.compile(r"\d+\. ")


class UnknownNameError(KeyError):
    """A text names a page, a picture or an activity that is not there."""


@dataclass(frozen=True)
class Names:
    """What the texts may name: pages, pictures and recordings by their numbers, days and hours in words."""

    pages: Mapping[str, int]
    pictures: Mapping[str, int]
    recordings: Mapping[str, int]
    moments: Mapping[str, str]


def plain(text: str, names: Names) -> str:
    """One line with its days and hours filled in."""
    return _PLACEHOLDER.sub(lambda found: _known(names.moments, found[1]), text.strip())


def inline(text: str, names: Names) -> str:
    """One line as rich text of the database."""

    def link(found: re.Match[str]) -> str:
        words, is_page, target = found.groups()
        if is_page:
            return f'<a linktype="page" id="{_known(names.pages, target)}">{words}</a>'
        return f'<a href="{target}">{words}</a>'

    html = _LINK.sub(link, escape(plain(text, names), quote=False))
    return _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", html))


def paragraph(text: str, names: Names) -> str:
    """Rich text of one paragraph; empty for no text."""
    return f"<p>{inline(text, names)}</p>" if text.strip() else ""


def blocks(text: str, names: Names) -> list[Block]:
    """The body's blocks; paragraphs and lists that follow each other share one text block."""
    found: list[Block] = []
    for part in filter(None, (part.strip() for part in re.split(r"\n\s*\n", text))):
        block = _block(part, names)
        if block["type"] == "text" and found and found[-1]["type"] == "text":
            found[-1]["value"] += block["value"]
        else:
            found.append(block)
    return found


def _known(table: Mapping[str, Any], name: str) -> Any:
    if name not in table:
        raise UnknownNameError(name)
    return table[name]


def _block(part: str, names: Names) -> Block:
    for mark, make in _MARKS.items():
        if part.startswith(mark):
            return make(part.removeprefix(mark).strip(), names)
    lines = part.splitlines()
    if all(line.startswith("- ") for line in lines):
        return _list("ul", [line.removeprefix("- ") for line in lines], names)
    if all(_NUMBERED.match(line) for line in lines):
        return _list("ol", [_NUMBERED.sub("", line, count=1) for line in lines], names)
    return {"type": "text", "value": paragraph(" ".join(lines), names)}


def _list(tag: str, items: list[str], names: Names) -> Block:
    rows = "".join(f"<li>{inline(item, names)}</li>" for item in items)
    return {"type": "text", "value": f"<{tag}>{rows}</{tag}>"}


def _heading(text: str, names: Names) -> Block:
    return {"type": "heading", "value": plain(text, names)}


def _quote(text: str, names: Names) -> Block:
    words, _, who = plain(text, names).rpartition(" — ")
    return {"type": "quote", "value": {"text": words, "who": who}}


def _note(tone: str) -> Callable[[str, Names], Block]:
    def make(text: str, names: Names) -> Block:
        return {"type": "note", "value": {"tone": tone, "text": paragraph(text, names)}}

    return make


def _picture(text: str, names: Names) -> Block:
    scene, alt, caption = (word.strip() for word in text.split("|"))
    image = {"image": _known(names.pictures, scene), "alt_text": alt, "decorative": False}
    return {"type": "picture", "value": {"image": image, "caption": caption}}


def _recording(text: str, names: Names) -> Block:
    return {"type": "recording", "value": _known(names.recordings, text)}


_MARKS: dict[str, Callable[[str, Names], Block]] = {
    "## ": _heading,
    "> ": _quote,
    "!note ": _note("info"),
    "!warn ": _note("warn"),
    "!picture ": _picture,
    "!recording ": _recording,
}
