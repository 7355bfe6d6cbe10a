"""Pictures that Zalo and Facebook show beside a shared link: 1200 × 630, one per page, made when it is published."""

import shutil
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import typst
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tasks import task
from wagtail.models import Page

from portal.core.away import tried_again
from portal.core.models import BasePage, PortalImage, SiteProfile
from portal.core.page_cache import forget_pages

HERE = Path(__file__).parent
TEMPLATE = HERE / "typst" / "share.typ"
FONTS = HERE / "fonts"
#: One typst point becomes one pixel.
PIXELS_PER_INCH = 72.0


def draw_share_picture(*, title: str, label: str, column: str, commune: str, picture: bytes | None) -> bytes:
    """The picture as PNG. `picture` is JPEG bytes shown at the right, or None."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(shutil.copy(TEMPLATE, folder))
        if picture:
            (source.parent / "picture.jpg").write_bytes(picture)
        drawn = typst.compile(
            source,
            format="png",
            ppi=PIXELS_PER_INCH,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={
                "title": title,
                "label": label,
                "column": column,
                "commune": commune,
                "picture": "picture.jpg" if picture else "",
            },
        )
    if not isinstance(drawn, bytes):
        raise ValueError("a share picture has one page")
    return drawn


def make_share_picture(page: BasePage) -> None:
    """Draw the page's share picture unless the one it has still fits, and note its digest on the page."""
    profile = SiteProfile.objects.first() or SiteProfile()
    words = {
        "title": page.title,
        "label": page.type_label,
        "column": profile.column_name,
        "commune": profile.commune_name,
    }
    fallback = widest_jpeg(page.picture)
    digest = sha256(repr((sorted(words.items()), fallback)).encode()).hexdigest()[:12]
    if page.share_digest == digest and default_storage.exists(page.share_picture_name):
        return
    drawn = draw_share_picture(**words, picture=read_picture(fallback))
    remove_share_picture(page.share_picture_name)
    default_storage.save(page.share_picture_name, ContentFile(drawn))
    page.share_digest = digest
    type(page).objects.filter(pk=page.pk).update(share_digest=digest)
    forget_pages()


def remove_share_picture(name: str) -> None:
    """Take the picture down: what is no longer published is not to be found in a file either."""
    default_storage.delete(name)


def widest_jpeg(image: PortalImage | None) -> str:
    """Storage name of the largest JPEG made of the picture, or “”."""
    jpegs = (image.sources or {}).get("jpeg", []) if image else []
    return str(jpegs[-1][1]) if jpegs else ""


def read_picture(name: str) -> bytes | None:
    """The bytes of a stored picture; None for no name."""
    if not name:
        return None
    with default_storage.open(name) as file:
        return bytes(file.read())


@task()
def make_share_picture_of(page_id: int) -> None:
    """Background form of make_share_picture; safe to run twice."""
    page = Page.objects.filter(pk=page_id, live=True).first()
    specific: Any = page.specific if page else None
    if isinstance(specific, BasePage):
        with tried_again(make_share_picture_of, page_id=page_id):
            make_share_picture(specific)
