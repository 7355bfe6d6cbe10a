"""Pages that are the same for everyone but for a few words: made once by each process, filled in for each reader."""

from collections.abc import Callable, Mapping

from django.utils.html import conditional_escape

from portal.core.remember import remembered

#: Around the name of what is filled in; no text that people type holds these two signs.
OPENING, CLOSING = "\x02", "\x03"


def kept_page(name: str, render: Callable[[Mapping[str, str]], str], values: Mapping[str, str]) -> str:
    """The page `render` makes, with the values in their places; rendered anew when anything public has changed.

    `render` gets {name: mark} and puts the marks, untouched by filters, where the values belong. `name` says all that
    the rest of the page depends on.
    """
    marks = {key: f"{OPENING}{key}{CLOSING}" for key in values}
    pieces = remembered(f"kept page {name}", lambda: _pieces(render(marks)))
    return "".join(str(conditional_escape(values[piece])) if is_mark else piece for piece, is_mark in pieces)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """[(text or name of a value, whether it is a name), …]"""
    first, *rest = text.split(OPENING)
    found = [(first, False)]
    for part in rest:
        key, _closing, after = part.partition(CLOSING)
        found += [(key, True), (after, False)]
    return found
