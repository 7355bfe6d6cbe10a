"""Reading a printed page back: where its words and its lines stand, in millimetres from the top left corner."""

import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PIL import Image

MM = 25.4 / 72
XHTML = "{http://www.w3.org/1999/xhtml}"
DPI = 200


@dataclass(frozen=True)
class Line:
    """Words in a row, or a ruled line, for which `text` is “”."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


def pages_of(pdf: Path) -> list[list[Line]]:
    """The lines of text of every page, from top to bottom."""
    drawn = subprocess.run(["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True).stdout
    return [
        sorted(map(_line, page.iter(f"{XHTML}line")), key=lambda line: (line.top, line.left))
        for page in ET.fromstring(drawn).iter(f"{XHTML}page")
    ]


def _line(element: ET.Element) -> Line:
    words = " ".join((word.text or "").strip() for word in element.iter(f"{XHTML}word"))
    corners = (float(element.attrib[name]) * MM for name in ("xMin", "yMin", "xMax", "yMax"))
    return Line(" ".join(words.replace("\u00a0", " ").split()), *corners)


def the_line(page: list[Line], beginning: str) -> Line:
    """The only line that begins so."""
    [found] = [line for line in page if line.text.startswith(beginning)]
    return found


def paper_of(pdf: Path) -> dict[str, str]:
    """What pdfinfo says."""
    said = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return {name: value.strip() for name, _, value in (line.partition(":") for line in said.splitlines())}


def rules_on(pdf: Path, folder: Path, page: int = 1, shortest: float = 6) -> list[Line]:
    """Thin level lines as the eye sees them on the drawn page, longer than `shortest` millimetres; not of tables."""
    place = folder / f"{pdf.stem}-{page}"
    pages = ["-f", str(page), "-l", str(page), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-png", *pages, str(pdf), str(place)], check=True)
    with Image.open(place.with_suffix(".png")) as drawn:
        dark = drawn.convert("L").point(lambda shade: 255 if shade < 128 else 0)
        runs = [run for row in range(dark.height) for run in _runs(dark, row, shortest)]
    found: list[Line] = []
    for run in runs:
        if found and abs(found[-1].left - run.left) < 1 and run.top - found[-1].bottom < 0.3:
            found[-1] = Line("", found[-1].left, found[-1].top, found[-1].right, run.bottom)
        else:
            found.append(run)
    return found


def _runs(dark: Image.Image, row: int, shortest: float) -> list[Line]:
    pixels, column, found = dark.crop((0, row, dark.width, row + 1)).tobytes(), 0, []
    millimetre = 25.4 / DPI
    for shade, group in groupby(pixels):
        length = len(list(group))
        if shade and length * millimetre >= shortest:
            left, top = column * millimetre, row * millimetre
            found.append(Line("", left, top, left + length * millimetre, top + millimetre))
        column += length
    return found
