"""Telephone screens for the steps of guides, drawn from a few words.

A screen is a list of parts, from top to bottom, each `kind:words`; words are parted by `|`, and the one that the
reader has to press begins with `*`:

    ["bar:Zalo", "list:Tin nhắn|Danh bạ|*Thêm bạn", "button:Tiếp tục"]

No screen copies a real one: no logo, no colour of a company, only where to look and what to press.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from portal.home.demo.canvas import (
    BOLD,
    BOTTOM,
    FOREST,
    FOREST_MIST,
    GAP,
    GREY,
    INDIGO,
    LEFT,
    LINE,
    MADDER,
    MADDER_MIST,
    MIST,
    PRESS,
    PRESS_MIST,
    REGULAR,
    RICE,
    RICE_MIST,
    RIGHT,
    SOFT,
    WHITE,
    Canvas,
    DoesNotFitError,
    wrap,
)
from portal.home.demo.shapes import draw_camera, draw_picture, draw_qr, draw_tick, draw_triangle

TEXT, SMALL = 28, 24


class Word(NamedTuple):
    """A word on the screen, and whether it is the one to press."""

    text: str
    is_spot: bool


def parse(part: str) -> tuple[str, list[Word]]:
    """Kind and words of one part."""
    kind, _, rest = part.partition(":")
    words = [word.strip() for word in rest.split("|")] if rest else []
    return kind.strip(), [Word(word.removeprefix("*"), word.startswith("*")) for word in words]


def draw_screen(parts: Iterable[str]) -> str:
    """The telephone with these parts, as SVG."""
    canvas = Canvas()
    for part in parts:
        kind, words = parse(part)
        PARTS[kind](canvas, words)
    _foot(canvas)
    return canvas.svg()


def describe(parts: Iterable[str]) -> str:
    """What the drawing shows, for people who cannot see it."""
    seen, spots = [], []
    for kind, words in map(parse, parts):
        if kind in WORDLESS:
            seen += [WORDLESS[kind]] if WORDLESS[kind] else []
            spots += [WORDLESS[kind] for word in words if word.is_spot]
        else:
            seen += [word.text for word in words if word.text and not word.is_spot]
            spots += [word.text for word in words if word.text and word.is_spot]
    sentence = f"Hình vẽ màn hình: {', '.join(text.rstrip('.…') for text in seen)}."
    return sentence + (f" Khoanh vàng: {', '.join(spots)}." if spots else "")


def _one_line(text: str, width: float, size: int, weight: int = BOLD) -> str:
    """The text, if it fits in one line."""
    if len(wrap(text, width, size, weight)) > 1:
        raise DoesNotFitError(f"“{text}” is longer than one line of {width:.0f}")
    return text


def _foot(canvas: Canvas) -> None:
    """The row of signs at the foot of most applications, where there is room for it."""
    if canvas.y < BOTTOM - 120:
        canvas.box(LEFT, BOTTOM - 76, RIGHT - LEFT, 80, MIST)
        for place in range(4):
            canvas.box(LEFT + 38 + place * 108, BOTTOM - 52, 32, 32, GREY)


def _lines(canvas: Canvas, text: str, x: float, top: float, width: float, size: int, **style: object) -> int:
    """Wrapped text; returns its height."""
    weight = int(str(style.pop("weight", REGULAR)))
    rows = wrap(text, width, size, weight)
    step = round(size * 1.4 / 4) * 4
    for row, content in enumerate(rows):
        canvas.line(content, x, top + size + row * step, size, weight=weight, **style)  # type: ignore[arg-type]
    return len(rows) * step


def _height(text: str, width: float, size: int, weight: int = REGULAR) -> int:
    return len(wrap(text, width, size, weight)) * (round(size * 1.4 / 4) * 4)


def _bar(canvas: Canvas, words: list[Word]) -> None:
    """Head of an application: a square for its sign, and its name."""
    top = canvas.y - 12
    canvas.box(LEFT, top, RIGHT - LEFT, 84, MIST)
    canvas.box(canvas.left, top + 24, 36, 36, PRESS)
    canvas.line(_one_line(words[0].text, canvas.width - 56, 30), canvas.left + 56, top + 53, 30, weight=BOLD)
    canvas.y = top + 84 + 16


def _text(canvas: Canvas, words: list[Word]) -> None:
    """Plain words."""
    height = _height(words[0].text, canvas.width, TEXT)
    _lines(canvas, words[0].text, canvas.left, canvas.room(height), canvas.width, TEXT)


def _title(canvas: Canvas, words: list[Word]) -> None:
    """Large words."""
    height = _height(words[0].text, canvas.width, 34, BOLD)
    _lines(canvas, words[0].text, canvas.left, canvas.room(height), canvas.width, 34, weight=BOLD)


def _grey(canvas: Canvas, words: list[Word]) -> None:
    """Lines of text that do not matter here."""
    count = int(words[0].text)
    top = canvas.room(count * 24 - 12)
    for row in range(count):
        canvas.box(canvas.left, top + row * 24, canvas.width * (100, 82, 92, 64)[row % 4] // 100, 12, GREY)


def _field(canvas: Canvas, words: list[Word]) -> None:
    """A box to write in: its name above, what is written inside."""
    label, value = words[0], words[1] if len(words) > 1 else Word("", False)
    top = canvas.room(108)
    canvas.line(label.text, canvas.left, top + 24, SMALL, SOFT)
    spot = label.is_spot or value.is_spot
    if spot:
        canvas.spot(canvas.left - 8, top + 32, canvas.width + 16, 76)
    else:
        canvas.frame(canvas.left, top + 36, canvas.width, 68, WHITE, SOFT)
    canvas.line(_one_line(value.text, canvas.width - 40, TEXT), canvas.left + 20, top + 80, TEXT, weight=BOLD)
    if spot:
        canvas.pointer(canvas.right - 32, top + 92)


def _button(canvas: Canvas, words: list[Word]) -> None:
    """One wide button, or two beside each other."""
    top = canvas.room(76)
    width = (canvas.width - GAP * (len(words) - 1)) / len(words)
    for place, word in enumerate(words):
        x = canvas.left + place * (width + GAP)
        if word.is_spot:
            canvas.spot(x - 4, top - 4, width + 8, 84)
        elif place == len(words) - 1:
            canvas.box(x, top, width, 76, PRESS)
        else:
            canvas.frame(x, top, width, 76, WHITE, PRESS)
        fill = INDIGO if word.is_spot else WHITE if place == len(words) - 1 else PRESS
        canvas.line(_one_line(word.text, width, TEXT), x + width / 2, top + 48, TEXT, fill, BOLD, "middle")
    _point(canvas, words, width, top + 60)


def _point(canvas: Canvas, words: list[Word], width: float, y: float) -> None:
    """The arrow at the word to press, drawn last so that nothing covers it."""
    for place, word in enumerate(words):
        if word.is_spot:
            canvas.pointer(canvas.left + place * (width + GAP) + width - 16, y)


def _tiles(canvas: Canvas, words: list[Word]) -> None:
    """Up to three squares with a sign and a word each."""
    width = (canvas.width - GAP * (len(words) - 1)) / len(words)
    rows = max(len(wrap(word.text, width - 8, SMALL, BOLD)) for word in words if word.text)
    height = 88 + rows * 32 + 8
    top = canvas.room(height)
    for place, word in enumerate(words):
        x = canvas.left + place * (width + GAP)
        if word.is_spot:
            canvas.spot(x - 4, top - 4, width + 8, height + 8)
        else:
            canvas.box(x, top, width, height, PRESS_MIST)
        canvas.box(x + width / 2 - 24, top + 24, 48, 48, INDIGO if word.is_spot else GREY)
        canvas.box(x + width / 2 - 12, top + 36, 24, 24, RICE if word.is_spot else PRESS_MIST)
        _lines(canvas, word.text, x + width / 2, top + 80, width - 8, SMALL, weight=BOLD, anchor="middle")
    _point(canvas, words, width, top + height - 8)


def _list(canvas: Canvas, words: list[Word]) -> None:
    """Rows to choose from."""
    for word in words:
        height = _height(word.text, canvas.width - 100, TEXT, BOLD) + 36
        top = canvas.room(height)
        canvas.y -= 12
        if word.is_spot:
            canvas.spot(canvas.left - 8, top, canvas.width + 16, height)
        else:
            canvas.box(canvas.left, top + height, canvas.width, 4, LINE)
        canvas.box(canvas.left + 8, top + height / 2 - 20, 40, 40, INDIGO if word.is_spot else GREY)
        _lines(canvas, word.text, canvas.left + 68, top + 14, canvas.width - 100, TEXT, weight=BOLD)
        if word.is_spot:
            canvas.pointer(canvas.right - 36, top + height - 36)
    canvas.y += 12


def _keypad(canvas: Canvas, words: list[Word]) -> None:
    """Number keys; the words are the digits already typed, shown as squares."""
    typed, wanted = int(words[0].text), int(words[1].text)
    top = canvas.room(56 + 4 * 76)
    for place in range(wanted):
        x = canvas.left + (canvas.width - wanted * 48) / 2 + place * 48
        canvas.frame(x + 8, top + 8, 32, 32, INDIGO if place < typed else WHITE, INDIGO)
    for place, digit in enumerate("123456789 0"):
        if digit != " ":
            x = canvas.left + (place % 3) * (canvas.width / 3)
            y = top + 60 + (place // 3) * 76
            canvas.box(x + 6, y, canvas.width / 3 - 12, 64, MIST)
            canvas.line(digit, x + canvas.width / 6, y + 44, 34, weight=BOLD, anchor="middle")


def _code(canvas: Canvas, words: list[Word]) -> None:
    """Boxes for the digits of a one-time code."""
    top = canvas.room(84)
    wanted = int(words[0].text)
    step = canvas.width / wanted
    for place in range(wanted):
        x = canvas.left + place * step
        canvas.frame(
            x + 4, top, step - 8, 84, RICE_MIST if words[0].is_spot else WHITE, RICE if words[0].is_spot else SOFT, 6
        )
        canvas.box(x + step / 2 - 6, top + 36, 12, 12, INDIGO)


def _qr(canvas: Canvas, words: list[Word]) -> None:
    """A square code with a word below."""
    top = canvas.room(264)
    draw_qr(canvas, canvas.left + canvas.width / 2 - 104, top, 8)
    canvas.line(words[0].text, canvas.left + canvas.width / 2, top + 248, TEXT, weight=BOLD, anchor="middle")


def _camera(canvas: Canvas, words: list[Word]) -> None:
    """The view through the camera, with the code or the card in its frame."""
    top = canvas.room(332)
    draw_camera(canvas, LEFT, top, RIGHT - LEFT, 332, words[0].text)


def _toggle(canvas: Canvas, words: list[Word]) -> None:
    """A switch that is on or off; the word to press points at the switch."""
    words_height = _height(words[0].text, canvas.width - 136, TEXT, BOLD)
    height = words_height + 44
    top = canvas.room(height)
    is_on = len(words) > 1 and words[1].text == "bật"
    if words[0].is_spot:
        canvas.spot(canvas.left - 8, top, canvas.width + 16, height)
        canvas.pointer(canvas.right - 28, top + height - 16)
    _lines(canvas, words[0].text, canvas.left + 8, top + 20, canvas.width - 136, TEXT, weight=BOLD)
    x, y = canvas.right - 96, top + height / 2 - 20
    canvas.box(x, y, 80, 40, FOREST if is_on else GREY)
    canvas.box(x + (44 if is_on else 4), y + 4, 32, 32, WHITE)


def _bubble(canvas: Canvas, words: list[Word]) -> None:
    """A message that came in."""
    height = _height(words[0].text, canvas.width - 96, TEXT) + 32
    top = canvas.room(height)
    canvas.box(canvas.left, top, canvas.width - 56, height, MADDER_MIST if words[0].is_spot else MIST)
    canvas.box(canvas.left, top, 8, height, MADDER if words[0].is_spot else GREY)
    _lines(canvas, words[0].text, canvas.left + 24, top + 12, canvas.width - 96, TEXT)


def _mine(canvas: Canvas, words: list[Word]) -> None:
    """A message that I send."""
    height = _height(words[0].text, canvas.width - 96, TEXT) + 32
    top = canvas.room(height)
    canvas.box(canvas.left + 56, top, canvas.width - 56, height, PRESS_MIST)
    _lines(canvas, words[0].text, canvas.left + 76, top + 12, canvas.width - 96, TEXT)


def _plate(canvas: Canvas, text: str, fill: str) -> int:
    """A coloured plate with words and room for a sign on its left; returns its top."""
    room = canvas.width - 108
    words_height = _height(text, room, TEXT, BOLD)
    height = max(88, words_height + 32)
    top = canvas.room(height)
    canvas.box(canvas.left, top, canvas.width, height, fill)
    _lines(canvas, text, canvas.left + 96, top + (height - words_height) / 2 - 2, room, TEXT, weight=BOLD)
    return top


def _warn(canvas: Canvas, words: list[Word]) -> None:
    """A danger, in words, with a triangle."""
    top = _plate(canvas, words[0].text, RICE_MIST)
    canvas.box(canvas.left, top, 8, canvas.y - GAP - top, RICE)
    draw_triangle(canvas, canvas.left + 52, top + 16)


def _done(canvas: Canvas, words: list[Word]) -> None:
    """A tick and what has been done."""
    top = _plate(canvas, words[0].text, FOREST_MIST)
    draw_tick(canvas, canvas.left + 20, top + 20)


def _ask(canvas: Canvas, words: list[Word]) -> None:
    """A question of the telephone with its two answers."""
    height = _height(words[0].text, canvas.width - 48, TEXT, BOLD) + 132
    top = canvas.room(height)
    canvas.frame(canvas.left, top, canvas.width, height, WHITE, INDIGO)
    _lines(canvas, words[0].text, canvas.left + 24, top + 16, canvas.width - 48, TEXT, weight=BOLD)
    answers = words[1:]
    width = (canvas.width - 64) / len(answers)
    for place, answer in enumerate(answers):
        x = canvas.left + 24 + place * (width + 16)
        if answer.is_spot:
            canvas.spot(x, top + height - 92, width, 72)
        else:
            canvas.box(x, top + height - 92, width, 72, MIST)
        canvas.line(answer.text, x + width / 2, top + height - 46, TEXT, weight=BOLD, anchor="middle")
        if answer.is_spot:
            canvas.pointer(x + width - 20, top + height - 36)


def _picture(canvas: Canvas, words: list[Word]) -> None:
    """A moving picture or a call: hills and, when asked for, a person."""
    top = canvas.room(248)
    draw_picture(canvas, canvas.left, top, canvas.width, 208, with_person=bool(words))
    if words:
        canvas.line(words[0].text, canvas.left, top + 240, SMALL, SOFT)


def _search(canvas: Canvas, words: list[Word]) -> None:
    """A search box with its word."""
    top = canvas.room(72)
    if words[0].is_spot:
        canvas.spot(canvas.left - 8, top - 4, canvas.width + 16, 80)
    else:
        canvas.box(canvas.left, top, canvas.width, 72, MIST)
    canvas.path(
        SOFT, f"M{canvas.left + 24} {top + 20}h20v4h4v20h-4v4h-20v-4h-4v-20h4zM{canvas.left + 48} {top + 48}h8v8h-8z"
    )
    canvas.path(WHITE, f"M{canvas.left + 28} {top + 28}h12v12h-12z")
    canvas.line(_one_line(words[0].text, canvas.width - 88, TEXT), canvas.left + 76, top + 47, TEXT, weight=BOLD)
    if words[0].is_spot:
        canvas.pointer(canvas.right - 36, top + 52)


def _space(canvas: Canvas, words: list[Word]) -> None:
    """Empty room."""
    canvas.room(int(words[0].text))


#: Parts whose words are settings, not text, and what they are called.
WORDLESS = {"camera": "khung máy ảnh", "code": "các ô điền mã", "grey": "", "keypad": "bàn phím số", "space": ""}

PARTS: dict[str, Callable[[Canvas, list[Word]], None]] = {
    "ask": _ask,
    "bar": _bar,
    "bubble": _bubble,
    "button": _button,
    "camera": _camera,
    "code": _code,
    "done": _done,
    "field": _field,
    "grey": _grey,
    "keypad": _keypad,
    "list": _list,
    "mine": _mine,
    "picture": _picture,
    "qr": _qr,
    "search": _search,
    "space": _space,
    "text": _text,
    "tiles": _tiles,
    "title": _title,
    "toggle": _toggle,
    "warn": _warn,
}
