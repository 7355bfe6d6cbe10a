"""From SVG to pixels with the typesetter that the site brings along, and from pixels to pictures of the library."""

import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import typst
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as PillowImage
from wagtail.models import Collection

from portal.core.models import PortalImage, PortalRendition
from portal.core.models.files import People
from portal.core.pictures import WIDTHS
from portal.home.demo.canvas import FONTS

_PICTURE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
# Flat colours on a coarse grid: WebP without loss is a third of the bytes of AVIF here, sharper, and made at once.
_ENCODING: dict[str, dict[str, Any]] = {
    "webp": {"lossless": True, "quality": 40, "method": 2},
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
}


class Drawing(NamedTuple):
    """A picture to be: its file name, what the library calls it, what it shows, and its shapes."""

    name: str
    title: str
    alt: str
    svg: str
    drawn_width: int
    width: int


@lru_cache(maxsize=1)
def _compiler() -> Any:
    return typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)


def rasterise(svg: str, width: int, drawn_width: int) -> bytes:
    """The drawing as PNG, `width` pixels wide."""
    # Typst reads SVG units as CSS pixels: 96 an inch.
    return bytes(_compiler().compile(_PICTURE, format="png", ppi=96 * width / drawn_width, sys_inputs={"svg": svg}))


def add_picture(drawing: Drawing, collection: Collection) -> PortalImage:
    """The drawing in the library, with every size that public pages ask for."""
    png = rasterise(drawing.svg, drawing.width, drawing.drawn_width)
    # A file that is in the store already counts as known: it is ours and needs no cleaning.
    stored = default_storage.save(f"original_images/{drawing.name}.png", ContentFile(png))
    image = PortalImage(
        title=drawing.title,
        description=drawing.alt,
        file=stored,
        collection=collection,
        credit="Tranh của chuyên mục",
        people=People.NOBODY,
    )
    image._set_image_file_metadata()
    image.file.close()
    image.save()
    renditions = PortalRendition.objects.bulk_create(_renditions(image, drawing))
    image.sources = {
        kind: [[made.width, made.file.name] for made in renditions if made.filter_spec.endswith(kind)]
        for kind in _ENCODING
    }
    image.save(update_fields=["sources"])
    return image


def _renditions(image: PortalImage, drawing: Drawing) -> Iterable[PortalRendition]:
    """Each size drawn anew from the shapes, sharper than a shrunken copy."""
    stem = Path(str(image.file.name)).stem
    for width in (width for width in WIDTHS if width < drawing.width):
        with PillowImage.open(io.BytesIO(rasterise(drawing.svg, width, drawing.drawn_width))) as png:
            pixels = png.convert("RGB")
        for kind, options in _ENCODING.items():
            buffer = io.BytesIO()
            pixels.save(buffer, kind.upper(), **options)
            yield PortalRendition(
                image=image,
                filter_spec=f"width-{width}|format-{kind}",
                focal_point_key="",
                width=pixels.width,
                height=pixels.height,
                file=ContentFile(buffer.getvalue(), name=f"{stem}.width-{width}.{kind}"),
            )
