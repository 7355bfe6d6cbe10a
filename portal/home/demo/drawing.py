"""From SVG to pixels, and from text to PDF, with the typesetter that the site brings along."""

from functools import lru_cache
from typing import Any

import typst

from portal.home.demo.canvas import FONTS

_PICTURE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""


@lru_cache(maxsize=1)
def _compiler() -> Any:
    return typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)


def rasterise(svg: str, width: int, drawn_width: int) -> bytes:
    """The drawing as PNG, `width` pixels wide."""
    # Typst reads SVG units as CSS pixels: 96 an inch.
    return bytes(_compiler().compile(_PICTURE, format="png", ppi=96 * width / drawn_width, sys_inputs={"svg": svg}))
