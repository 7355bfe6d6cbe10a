"""A drawing of a telephone on which the parts of a screen are laid one under the other."""

from functools import lru_cache
from html import escape
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).resolve().parents[2] / "core" / "fonts"
REGULAR, BOLD = 400, 800
_FONT_FILES = {REGULAR: "BeVietnamPro_400Regular.ttf", BOLD: "BeVietnamPro_800ExtraBold.ttf"}

WIDTH, HEIGHT = 600, 800
LEFT, RIGHT, TOP, BOTTOM = 84, 516, 56, 736  # the lit screen
MARGIN = 20
GAP = 16

INDIGO, PRESS, PRESS_MIST, MADDER = "#171a33", "#2d3a96", "#e8ebfb", "#b3202c"
RICE, RICE_MIST, FOREST, FOREST_MIST, MADDER_MIST = "#f4b93a", "#fff3d6", "#17694a", "#e3f3eb", "#fbe9ea"
WHITE, MIST, SOFT, GREY, LINE = "#ffffff", "#eff3f6", "#4b5070", "#c3c9d8", "#d3d9e4"

_PHONE = "M72 12h456v4h8v8h4v752h-4v8h-8v4H72v-4h-8v-8h-4V24h4v-8h8z"


class DoesNotFitError(ValueError):
    """The parts are higher than the telephone, or a word is wider than its place."""


@lru_cache(maxsize=8)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / _FONT_FILES[weight]), size)


def text_width(text: str, size: int, weight: int) -> float:
    """Width of a line of text in canvas units."""
    return _font(size, weight).getlength(text)


def wrap(text: str, width: float, size: int, weight: int) -> list[str]:
    """The text in lines that fit the width; a word is never cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
        if text_width(lines[-1], size, weight) > width:
            raise DoesNotFitError(f"“{word}” is wider than {width:.0f} at size {size}")
    return lines


class Canvas:
    """Collects shapes; `y` is where the next part begins."""

    def __init__(self) -> None:
        self.y = TOP
        self.left, self.right = LEFT + MARGIN, RIGHT - MARGIN
        self._pointers: list[tuple[float, float]] = []
        self._shapes: list[str] = [self._path(MIST, f"M0 0h{WIDTH}v{HEIGHT}H0z"), self._path(INDIGO, _PHONE)]
        self.box(LEFT, TOP - 12, RIGHT - LEFT, BOTTOM - TOP + 16, WHITE)
        self.box(272, 758, 56, 8, GREY)

    @property
    def width(self) -> int:
        """Room between the margins."""
        return self.right - self.left

    @staticmethod
    def _path(fill: str, path: str) -> str:
        return f'<path fill="{fill}" d="{path}"/>'

    def path(self, fill: str, path: str) -> None:
        """Any shape on the 4-unit grid."""
        self._shapes.append(self._path(fill, path))

    def box(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled rectangle."""
        self.path(fill, f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z")

    def frame(self, x: float, y: float, width: float, height: float, fill: str, line: str, thick: int = 4) -> None:
        """A rectangle with an edge drawn inside."""
        self.box(x, y, width, height, line)
        self.box(x + thick, y + thick, width - 2 * thick, height - 2 * thick, fill)

    def spot(self, x: float, y: float, width: float, height: float) -> None:
        """The one place to press: rice yellow, with a stepped arrow pointing at its lower right corner."""
        self.frame(x, y, width, height, RICE_MIST, RICE, 8)

    def pointer(self, x: float, y: float) -> None:
        """A stepped arrow whose tip is at x, y, above everything else."""
        self._pointers.append((x, y))

    def _draw_pointer(self, x: float, y: float) -> None:
        rows = (20, 36, 28, 28, 20, 12)
        path = "".join(f"M{x:g} {y + 8 * row:g}h{length}v8h-{length}z" for row, length in enumerate(rows))
        edge = "".join(
            f"M{x - 4:g} {y - 4 + 8 * row:g}h{length + 8}v16h-{length + 8}z" for row, length in enumerate(rows)
        )
        tail = "".join(f"M{x + 16 + 8 * step:g} {y + 24 + 8 * step:g}h20v8h-20z" for step in range(5))
        self.path(WHITE, edge)
        self.path(MADDER, path + tail)

    def line(
        self,
        text: str,
        x: float,
        baseline: float,
        size: int,
        fill: str = INDIGO,
        weight: int = REGULAR,
        anchor: str = "start",
    ) -> None:
        """One line of text."""
        self._shapes.append(
            f'<text x="{x:g}" y="{baseline:g}" font-family="Be Vietnam Pro" font-size="{size}" font-weight="{weight}"'
            f' text-anchor="{anchor}" fill="{fill}">{escape(text)}</text>'
        )

    def room(self, height: int) -> int:
        """Take the next place of this height and return its top."""
        top = self.y
        self.y += height + GAP
        if top + height > BOTTOM:
            raise DoesNotFitError(f"{top + height - BOTTOM} too high")
        return top

    def svg(self) -> str:
        """The finished drawing."""
        while self._pointers:
            self._draw_pointer(*self._pointers.pop())
        shapes = "\n".join(self._shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
            f' shape-rendering="crispEdges">\n{shapes}\n</svg>\n'
        )
