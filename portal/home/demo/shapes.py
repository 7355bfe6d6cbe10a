"""Larger shapes of a telephone screen, all on steps of 4."""

from math import sin

from portal.home.demo.canvas import FOREST, GREY, INDIGO, PRESS, RICE, WHITE, Canvas

_FINDERS = ((0, 0), (19, 0), (0, 19))
# A pattern that looks like a code and leads nowhere: no reader accepts it.
_MODULES = (
    "0000000011010",
    "0110101101001",
    "1001110010110",
    "0101001101011",
    "1110110010100",
    "0010101110011",
    "1101010011010",
    "0110011101101",
    "1011100100110",
    "0100111011001",
    "1001010110100",
    "0110101001011",
    "1010011010110",
)


def draw_qr(canvas: Canvas, x: float, y: float, unit: int) -> None:
    """A drawing of a square code, 26 units wide."""
    cells = []
    for row in range(26):
        for column in range(26):
            in_finder = any(left - 1 <= column <= left + 7 and top - 1 <= row <= top + 7 for left, top in _FINDERS)
            if not in_finder and _MODULES[row // 2][(column // 2 + row) % 13] == "1":
                cells.append(f"M{x + column * unit:g} {y + row * unit:g}h{unit}v{unit}h-{unit}z")
    canvas.path(INDIGO, "".join(cells))
    for column, row in _FINDERS:
        left, top = x + column * unit, y + row * unit
        canvas.box(left, top, 7 * unit, 7 * unit, INDIGO)
        canvas.box(left + unit, top + unit, 5 * unit, 5 * unit, WHITE)
        canvas.box(left + 2 * unit, top + 2 * unit, 3 * unit, 3 * unit, INDIGO)


def _corners(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    for left, side in ((x, 1), (x + width, -1)):
        for top, down in ((y, 1), (y + height, -1)):
            canvas.path(RICE, f"M{left:g} {top:g}h{side * 48}v{down * 8}h{-side * 40}v{down * 40}h{-side * 8}z")


def draw_camera(canvas: Canvas, x: float, y: float, width: float, height: float, subject: str) -> None:
    """What the camera sees: a square code (qr), a card (thẻ) or a face (mặt), in a yellow frame."""
    canvas.box(x, y, width, height, INDIGO)
    middle = x + width / 2
    if subject == "thẻ":
        canvas.box(middle - 144, y + 80, 288, 176, WHITE)
        canvas.box(middle - 124, y + 116, 76, 100, GREY)
        canvas.box(middle - 28, y + 108, 144, 12, PRESS)
        for row, length in enumerate((120, 144, 96)):
            canvas.box(middle - 28, y + 140 + row * 28, length, 12, GREY)
        _corners(canvas, middle - 168, y + 56, 336, 224)
    elif subject == "mặt":
        _person(canvas, middle, y + 64, 12)
        _corners(canvas, middle - 128, y + 32, 256, 268)
    else:
        canvas.box(middle - 116, y + 50, 232, 232, WHITE)
        draw_qr(canvas, middle - 104, y + 62, 8)
        _corners(canvas, middle - 140, y + 26, 280, 280)


def _person(canvas: Canvas, middle: float, top: float, unit: int) -> None:
    """Head and shoulders without a face."""
    canvas.box(middle - 4 * unit, top, 8 * unit, 3 * unit, "#3a418f")
    canvas.box(middle - 5 * unit, top + unit, unit, 5 * unit, "#3a418f")
    canvas.box(middle - 4 * unit, top + 3 * unit, 8 * unit, 7 * unit, "#d79a6b")
    canvas.box(middle - 3 * unit, top + 10 * unit, 6 * unit, 2 * unit, "#d79a6b")
    canvas.box(middle - 6 * unit, top + 12 * unit, 12 * unit, 5 * unit, "#d6453d")


def draw_picture(canvas: Canvas, x: float, y: float, width: float, height: float, with_person: bool) -> None:
    """A film or a call: sky, hills and perhaps a person."""
    canvas.box(x, y, width, height, "#d8ecff")
    for step, (fill, share) in enumerate((("#9fb6c9", 0.66), ("#5b8f8b", 0.44), ("#2b8259", 0.26))):
        for column in range(int(width // 12)):
            wave = sin(column / (5 - step) + 2 * step) * (24 - 6 * step)
            tall = round((height * share + wave) / 4) * 4
            canvas.box(x + column * 12, y + height - tall, 12, tall, fill)
    if with_person:
        _person(canvas, x + width / 2, y + height - 136, 8)


def draw_tick(canvas: Canvas, x: float, y: float) -> None:
    """A stepped tick."""
    steps = [(0, 20), (8, 28), (16, 36), (24, 28), (32, 20), (40, 12), (48, 4)]
    canvas.path(FOREST, "".join(f"M{x + dx:g} {y + dy:g}h8v12h-8z" for dx, dy in steps))


def draw_triangle(canvas: Canvas, middle: float, y: float) -> None:
    """A stepped triangle with a mark inside."""
    canvas.path(
        RICE,
        "".join(f"M{middle - 4 * (row + 1):g} {y + 8 * row:g}h{8 * (row + 1)}v8h-{8 * (row + 1)}z" for row in range(7)),
    )
    canvas.box(middle - 4, y + 20, 8, 16, INDIGO)
    canvas.box(middle - 4, y + 44, 8, 8, INDIGO)
