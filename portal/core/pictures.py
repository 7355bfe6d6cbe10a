"""Pictures: re-encoding on arrival and renditions made ahead of the readers."""

import io
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks import task
from PIL import Image as PillowImage
from PIL import ImageOps

from portal.core.away import tried_again

if TYPE_CHECKING:
    from portal.core.models import PortalImage

MAX_SIDE = 2000
WIDTHS = (400, 800, 1200)
#: Best first: a browser takes the first that it knows.
FORMATS = ("avif", "webp", "jpeg")
EXTENSIONS = {"JPEG": "jpg", "PNG": "png"}


def reencode(
    file: Any, *, max_side: int = MAX_SIDE, quality: int = 88, keeps_drawings: bool = True
) -> ContentFile[bytes]:
    """The same picture as fresh pixels: upright, at most so large on a side, without place, camera or comment.

    Drawings (PNG, GIF) stay PNG where they may; everything else becomes JPEG, so that one phone's HEIC is every
    phone's picture.
    """
    file.seek(0)
    with PillowImage.open(file) as source:
        drawing = keeps_drawings and source.format in {"PNG", "GIF"}
        # Made small before it is turned: a photograph is then read at a fraction of its size.
        source.thumbnail((max_side, max_side))
        upright = ImageOps.exif_transpose(source)
        see_through = upright.has_transparency_data
        pixels = upright.convert("RGBA" if see_through else "RGB")
    # A new image carries pixels only; saving the opened one would keep its metadata.
    clean = PillowImage.new("RGBA" if see_through and drawing else "RGB", pixels.size, "white" if not drawing else 0)
    clean.paste(pixels, mask=pixels if see_through and not drawing else None)
    kind = "PNG" if drawing else "JPEG"
    buffer = io.BytesIO()
    clean.save(buffer, kind, optimize=True, **({} if drawing else {"quality": quality, "progressive": True}))
    stem = str(file.name).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return ContentFile(buffer.getvalue(), name=f"{stem}.{EXTENSIONS[kind]}")


def make_sources(image: "PortalImage") -> None:
    """Make every rendition that public pages use and note them on the image.

    `image.sources` becomes {"avif": [[400, "images/x.avif"], …], "webp": […], "jpeg": […]} with storage names.
    """
    widths = [width for width in WIDTHS if width <= image.width] or [image.width]
    specs = {(kind, width): f"width-{width}|format-{kind}" for kind in FORMATS for width in widths}
    renditions = image.get_renditions(*specs.values())
    sources: dict[str, list[list[Any]]] = {kind: [] for kind in FORMATS}
    for (kind, _width), spec in specs.items():
        rendition = renditions[spec]
        sources[kind].append([rendition.width, rendition.file.name])
    image.sources = sources
    type(image).objects.filter(pk=image.pk).update(sources=sources)


@task()
def make_sources_of(image_id: int) -> None:
    """Background form of make_sources; safe to run twice."""
    from portal.core.models import PortalImage

    image = PortalImage.objects.filter(pk=image_id).first()
    if image is not None:
        with tried_again(make_sources_of, image_id=image_id):
            make_sources(image)


def source_urls(image: "PortalImage", kind: str) -> list[tuple[int, str]]:
    """[(width, address), …] of one format, narrow first; empty while none was made."""
    return [(width, default_storage.url(name)) for width, name in (image.sources or {}).get(kind, [])]
