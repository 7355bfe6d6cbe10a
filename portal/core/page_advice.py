"""What the editor should look at before a page becomes public: plain words, pictures, links, the shared text.

Advice only, read when the editor is opened; a page without faults gets none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, Site

from portal.core.models import BasePage, PlainWord, PortalDocument, PortalImage
from portal.core.page_texts import passages_of
from portal.core.plain import Swap, remarks

_LINK = re.compile(r"<a\s[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([a-z\-]+)="([^"]*)"', re.IGNORECASE)


@dataclass(frozen=True)
class Advice:
    """One line: where it is, what stands there, what to do."""

    place: str
    quote: str
    proposal: str


def advice_on(page: BasePage) -> list[Advice]:
    """All advice on a page as the editor shows it."""
    return [*_on_sharing(page), *_on_pictures(page), *_on_links(page), *_on_words(page)]


def _on_words(page: BasePage) -> Iterator[Advice]:
    swaps = [Swap(*pair) for pair in PlainWord.objects.filter(is_used=True).values_list("office", "plain")]
    told: set[str] = set()
    for passage in passages_of(page):
        if passage.is_file_name or not (passage.is_prose or passage.field in {"title", "lead"}):
            continue
        for remark in remarks(passage.text, swaps):
            if not remark.word:
                yield Advice(passage.place, remark.sentence, remark.proposal)
            elif remark.word.lower() not in told:
                told.add(remark.word.lower())
                swap = f"→ {remark.proposal}" if remark.proposal else "→ bỏ đi"
                yield Advice(passage.place, remark.sentence, f"“{remark.word}” {swap}")


def _on_sharing(page: BasePage) -> Iterator[Advice]:
    if not page.description.strip():
        yield Advice("tóm tắt", "", "Chưa có câu nào hiện khi chia sẻ qua Zalo. Viết một hai câu nói ngay điều chính.")


def _on_pictures(page: BasePage) -> Iterator[Advice]:
    if page.picture:
        yield from _on_picture("ảnh chính", page.picture, page.picture_alt or page.picture.description, False)
    for block, value, place in _blocks(page):
        if isinstance(block, ImageBlock) and value is not None:
            yield from _on_picture(place, value, value.contextual_alt_text or value.description, bool(value.decorative))


def _on_picture(place: str, image: PortalImage, alt: str, is_decorative: bool) -> Iterator[Advice]:
    if not (alt or is_decorative or image.is_decorative):
        yield Advice(place, image.title, "Ảnh chưa có mô tả. Ghi ảnh có gì, ai làm gì; hoặc đánh dấu ảnh trang trí.")
    if not image.people:
        yield Advice(
            place,
            image.title,
            "Chưa ghi người trong ảnh đã đồng ý chưa. Mở ảnh trong kho, chọn ở ô “Người trong ảnh”.",
        )


def _on_links(page: BasePage) -> Iterator[Advice]:
    for block, value, place in _blocks(page):
        if isinstance(block, blocks.RichTextBlock) and value:
            for tag in _LINK.findall(value.source):
                yield from _on_link(place, dict(_ATTRIBUTE.findall(tag)))
        elif isinstance(block, blocks.URLBlock) and value:
            yield from _on_link(place, {"href": value})


def _on_link(place: str, link: dict[str, str]) -> Iterator[Advice]:
    kind, number = link.get("linktype"), link.get("id", "")
    if kind == "page":
        target = Page.objects.filter(pk=number).first() if number.isdigit() else None
        if target is None:
            yield Advice(place, "", "Liên kết dẫn tới trang đã xóa. Chọn trang khác hoặc bỏ liên kết.")
        elif not target.live:
            yield Advice(place, target.title, "Liên kết dẫn tới trang chưa đăng hoặc đã gỡ xuống.")
    elif kind == "document":
        if not number.isdigit() or not PortalDocument.objects.filter(pk=number).exists():
            yield Advice(place, "", "Liên kết dẫn tới tài liệu đã xóa. Chọn tài liệu khác hoặc bỏ liên kết.")
    elif (path := _own_path(link.get("href", ""))) and not _answers(path):
        yield Advice(place, path, "Địa chỉ này không có trên trang của xã. Xin xem lại từng chữ.")


def _own_path(href: str) -> str:
    """The path of an address on this site; “” for all others."""
    parts = urlsplit(href)
    if not parts.netloc:
        return parts.path if parts.path.startswith("/") else ""
    return parts.path if parts.hostname in set(Site.objects.values_list("hostname", flat=True)) else ""


def _answers(path: str) -> bool:
    """Whether some view, or a live page, stands at a path."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.url_name != "wagtail_serve":
        return True
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return False
    request = HttpRequest()
    request.path = path
    try:
        site.root_page.specific.route(request, [part for part in path.split("/") if part])
    except Http404:
        return False
    return True


_Found = tuple[blocks.Block, Any, str]


def _blocks(page: Page) -> Iterator[_Found]:
    """(block, value, place) of every block that holds a value of its own."""
    for field in type(page)._meta.get_fields():
        if isinstance(field, StreamField):
            for number, child in enumerate(getattr(page, field.name)):
                place = f"{field.verbose_name}, khối {number + 1} ({str(child.block.label).lower()})"
                yield from _below(child.block, child.value, place)


def _below(block: blocks.Block, value: Any, place: str) -> Iterator[_Found]:
    if isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        for name, child in block.child_blocks.items():
            yield from _below(child, value.get(name), place)
    else:
        yield block, value, place
