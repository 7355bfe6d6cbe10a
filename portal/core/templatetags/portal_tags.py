"""Tags and filters of the public templates. None of them asks the database for anything."""

import json
from base64 import b64encode
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote, urljoin

import segno
from django import template
from django.core.files.storage import default_storage
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.core.enums import Need
from portal.core.models import BasePage, PortalImage
from portal.core.pictures import FORMATS, source_urls

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
#: First hour of each part of the day, as people here say it; 11 and 12 are both noon.
DAY_PARTS = ((23, "đêm"), (19, "tối"), (13, "chiều"), (11, "trưa"), (1, "sáng"), (0, "đêm"))
#: Formats offered before the one that every phone knows.
LEAN_FORMATS = [kind for kind in FORMATS if kind != "jpeg"]
NEED_ICONS = {
    Need.PAPERS: "papers",
    Need.PAYMENT: "payment",
    Need.HEALTH: "health",
    Need.SCHOOL: "school",
    Need.CALLS: "calls",
    Need.SAFETY: "safety",
}


def _local(value: date | datetime) -> date | datetime:
    """The same moment on the commune's clock; a bare date has no clock."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


# --- dates and hours (voice-vi: thứ Hai, 30/11/2026, 9 giờ sáng) ---------------------------------------------------


@register.filter("ngay")
def short_date(value: date | datetime | None) -> str:
    """30/11/2026."""
    return f"{_local(value):%d/%m/%Y}" if value else ""


@register.filter("ngay_thang")
def day_and_month(value: date | datetime | None) -> str:
    """30/11, for a list whose entries are all near."""
    return f"{_local(value):%d/%m}" if value else ""


@register.filter("thu")
def weekday(value: date | datetime | None) -> str:
    """Weekday in words: thứ Hai … Chủ nhật."""
    return WEEKDAYS[_local(value).weekday()].replace(" ", NBSP) if value else ""


@register.filter("thu_ngay")
def weekday_and_date(value: date | datetime | None) -> str:
    """Weekday and date: thứ Hai, 30/11/2026."""
    return f"{weekday(value)}, {short_date(value)}" if value else ""


def _hour(value: datetime) -> str:
    minutes = f"{NBSP}{value.minute:02d}" if value.minute else ""
    return f"{value.hour % 12 or 12}{NBSP}giờ{minutes}"


def _day_part(value: datetime) -> str:
    return next(name for first, name in DAY_PARTS if value.hour >= first)


@register.filter("gio")
def spoken_hour(value: datetime | None) -> str:
    """Hour as it is said: 9 giờ sáng, 7 giờ 30 tối, 12 giờ đêm."""
    if not value:
        return ""
    local = timezone.localtime(value)
    return f"{_hour(local)}{NBSP}{_day_part(local)}"


@register.filter("gio_phut_giay")
def hour_to_the_second(value: datetime | None) -> str:
    """Hour to the second, for receipts: 8 giờ 57 phút 12 giây sáng."""
    if not value:
        return ""
    local = timezone.localtime(value)
    parts = (f"{local.hour % 12 or 12} giờ", f"{local.minute:02d} phút", f"{local.second:02d} giây {_day_part(local)}")
    return " ".join(part.replace(" ", NBSP) for part in parts)


@register.filter("moc_gio")
def deadline(value: datetime | None) -> str:
    """An hour that something opens or closes at: 20:00 Chủ nhật 29/11/2026. Midnight is the end of the day before."""
    if not value:
        return ""
    local = timezone.localtime(value)
    if (local.hour, local.minute) == (0, 0):
        day = local - timedelta(days=1)
        return f"hết ngày {weekday(day)} {short_date(day)}"
    return f"{local:%H:%M} {weekday(local)} {short_date(local)}"


@register.filter("ngay_gio")
def weekday_date_and_hour(value: datetime | None) -> str:
    """Weekday, date and hour: thứ Hai, 30/11/2026, 9 giờ sáng."""
    return f"{weekday_and_date(value)}, {spoken_hour(value)}" if value else ""


@register.simple_tag
def hours(start: datetime, end: datetime | None = None) -> str:
    """From when to when on one day: từ 8 giờ đến 10 giờ sáng; without an end the beginning alone."""
    if end is None:
        return spoken_hour(start)
    first, last = timezone.localtime(start), timezone.localtime(end)
    if first.date() != last.date():
        return f"từ {spoken_hour(start)} đến {weekday_date_and_hour(end)}"
    opening = _hour(first) if _day_part(first) == _day_part(last) else spoken_hour(start)
    return f"từ {opening} đến {spoken_hour(end)}"


# --- numbers --------------------------------------------------------------------------------------------------------


@register.filter("so")
def vietnamese_number(value: int | float | Decimal | None) -> str:
    """Number with a dot for thousands and a comma for decimals: 1.234; 70,5."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return text.translate({ord(","): ".", ord("."): ","})


@register.filter("dung_luong")
def file_size(size: int | None) -> str:
    """Size of a file to fetch: 1,2 MB; 340 KB."""
    if not size:
        return ""
    if size >= 1_000_000:
        return f"{vietnamese_number(size / 1_000_000)}{NBSP}MB"
    return f"{vietnamese_number(max(1, round(size / 1000)))}{NBSP}KB"


@register.filter("so_goi")
def phone_href(number: str) -> str:
    """Number for a tel: link: digits only, spaces and dots are for the eye."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


# --- icons, pictures, QR --------------------------------------------------------------------------------------------


@cache
def _icon_source(name: str) -> SafeString:
    found: Any = get_template(f"icons/{name}.svg")
    return SafeString(found.template.source.strip())


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw templates/icons/<name>.svg in the colour of the text; hidden from screen readers, so always with a word."""
    return _icon_source(name)


@register.simple_tag
def need_icon(need: str) -> SafeString:
    """Icon of a need (nhu cầu); a phone where the page serves none in particular."""
    return _icon_source(NEED_ICONS.get(Need(need), "phone") if need else "phone")


def _srcset(renditions: Iterable[tuple[int, str]]) -> str:
    return ", ".join(f"{url} {width}w" for width, url in renditions)


def _size_attributes(image: PortalImage, *, lazy: bool, class_: str) -> SafeString:
    loading = SafeString(' loading="lazy" decoding="async"' if lazy else ' fetchpriority="high"')
    classes = format_html(' class="{}"', class_) if class_ else ""
    return format_html('{} width="{}" height="{}"{}', classes, image.width, image.height, loading)


def _alt_text(image: PortalImage) -> str:
    """What the editor wrote beside this picture in this place, else what the library says."""
    if image.decorative:
        return ""
    return image.contextual_alt_text or image.default_alt_text


@register.simple_tag
def picture(
    image: PortalImage | None, alt: str | None = None, sizes: str = "100vw", lazy: bool = True, class_: str = ""
) -> SafeString:
    """Draw a picture from its ready renditions. Width and height are always there, so that the page never jumps."""
    if image is None:
        return SafeString("")
    text = _alt_text(image) if alt is None else alt
    rest = _size_attributes(image, lazy=lazy, class_=class_)
    fallback = source_urls(image, "jpeg")
    if not fallback:
        return format_html('<img src="{}" alt="{}"{}>', default_storage.url(image.file.name), text, rest)
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        (
            (f"image/{kind}", _srcset(source_urls(image, kind)), sizes)
            for kind in LEAN_FORMATS
            if image.sources.get(kind)
        ),
    )
    middle = fallback[len(fallback) // 2][1]
    last_resort = format_html(
        '<img src="{}" srcset="{}" sizes="{}" alt="{}"{}>', middle, _srcset(fallback), sizes, text, rest
    )
    return format_html("<picture>{}{}</picture>", sources, last_resort)


@register.simple_tag
def page_picture(page: BasePage, sizes: str = "100vw", lazy: bool = True, class_: str = "scene") -> SafeString:
    """Draw the page's main picture; without one, our own village scene, never a grey box."""
    if page.picture:
        return picture(page.picture, alt=page.picture_alt_text, sizes=sizes, lazy=lazy, class_=class_)
    loading = SafeString(' loading="lazy" decoding="async"' if lazy else "")
    return format_html(
        '<img class="{}" src="{}" alt="" width="960" height="540"{}>', class_, static("img/village.svg"), loading
    )


@lru_cache(maxsize=1024)
def _qr_svg(text: str) -> SafeString:
    svg = segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
    return SafeString(svg)


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """QR code as inline SVG, with what it leads to for those who cannot see it."""
    return format_html('<div class="qr" role="img" aria-label="{}">{}</div>', label, _qr_svg(text))


# --- sharing, search --------------------------------------------------------------------------------------


@register.filter
def zalo_share(url: str) -> str:
    """Address of Zalo's share page: a plain link, none of its scripts."""
    payload = b64encode(json.dumps({"url": url}).encode()).decode()
    return f"https://button-share.zalo.me/share_external?d={quote(payload, safe='')}"


@register.filter
def facebook_share(url: str) -> str:
    """Address of Facebook's share page: a plain link, none of its scripts."""
    return f"https://www.facebook.com/sharer/sharer.php?u={quote(url, safe='')}"


@register.filter
def without_scheme(url: str) -> str:
    """Address as it is printed on paper: without https:// and without the last slash."""
    return url.partition("://")[2].rstrip("/") or url


@register.filter
def highlight(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """Text of a search result with the words that were asked for marked."""
    marked = (format_html("<mark>{}</mark>", text) if hit else text for text, hit in pieces)
    return format_html_join("", "{}", ((piece,) for piece in marked))


@register.simple_tag
def share_picture(page: BasePage, base_url: str) -> str:
    """Absolute address of the 1200 x 630 picture for Zalo and Facebook; the column's own where a page has none."""
    return urljoin(base_url, page.share_picture_url or static("img/share.png"))
