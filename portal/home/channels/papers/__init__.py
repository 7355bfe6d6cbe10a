"""The papers of an article: a poster with strips to tear off, and one page for the notice board."""

import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.text import Truncator

from portal.core.models import BasePage, SiteProfile
from portal.core.printing import compiled_pdf, square_code
from portal.core.share_pictures import read_picture, widest_jpeg
from portal.core.templatetags.portal_tags import without_scheme
from portal.home.channels.addresses import short_address
from portal.home.channels.articles import POINT, Article

HERE = Path(__file__).parent
SIZES = ("a4", "a3")
#: Letters of the title on a strip.
STRIP_TITLE = 40


def poster_pdf(page: BasePage, article: Article, text: str, *, size: str, is_draft: bool = False) -> bytes:
    """The poster, one sheet of `size`: picture or our own village, title, hour, place, square code, strips."""
    host, slash, path = without_scheme(short_address(page)).partition("/")
    given = {
        **_common(page, article, is_draft=is_draft),
        "host": host,
        "path": slash + path,
        "paper": size,
        "text": " ".join(text.split()),
        "strip": Truncator(article.title).chars(STRIP_TITLE, truncate="…"),
    }
    name, alt, picture = _picture(page)
    return compiled_pdf(HERE / "poster.typ", {**given, "picture": name, "picture_alt": alt}, {name: picture})


def notice_pdf(page: BasePage, article: Article, text: str, *, is_draft: bool = False) -> bytes:
    """The page for the notice board; its letters are as large as one sheet allows."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    paragraphs = [f"• {line.removeprefix(POINT)}" if line.startswith(POINT) else line for line in lines if line]
    return compiled_pdf(HERE / "notice.typ", {**_common(page, article, is_draft=is_draft), "paragraphs": paragraphs})


def _common(page: BasePage, article: Article, *, is_draft: bool) -> dict[str, Any]:
    profile = SiteProfile.objects.first() or SiteProfile()
    return {
        "title": article.title,
        "kind": article.kind,
        "office": f"Ủy ban nhân dân {profile.commune_name}",
        "column": profile.column_name,
        "commune": profile.commune_name,
        "facts": [[name, _unbroken(fact)] for name, fact in article.facts],
        "hotline": article.hotline,
        "address": without_scheme(short_address(page)),
        "qr": square_code(short_address(page)),
        "is_draft": is_draft,
    }


def _unbroken(fact: str) -> str:
    """“thứ Bảy” and “9 giờ sáng” stay on one line."""
    return re.sub(r"(?<=\bthứ) (?=\w)|(?<=\d) (?=giờ)|(?<=giờ) (?=\d|sáng|trưa|chiều|tối|đêm)", "\u00a0", fact)


def _picture(page: BasePage) -> tuple[str, str, bytes]:
    """(file name, what is to be seen, bytes): the page's picture, or the column's own village."""
    content = read_picture(widest_jpeg(page.picture))
    if content is not None:
        return "picture.jpg", page.picture_alt_text or _words_for_picture(page), content
    village = Path(str(finders.find("img/village.svg")))
    return "village.svg", "Tranh một ngôi làng giữa ruộng bậc thang", village.read_bytes()


def _words_for_picture(page: BasePage) -> str:
    """What a screen reader says of a picture that somebody called decorative: PDF/UA wants a word for each."""
    return f"Ảnh của bài “{page.title}”"
