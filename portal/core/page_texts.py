"""Every text of a page that a reader meets, with the box of the editor in which it stands."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage

from portal.core.choosers import RecordingChooserBlock
from portal.core.models.recordings import Recording

#: Columns that are written by the program, or are addresses.
UNREAD = frozenset(
    {"slug", "url_path", "path", "draft_title", "numbering", "share_digest", "translation_key", "owner_name"}
)
_BLOCK_END = re.compile(r"<(?:/p|/li|/h\d|br\s*/?)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_PHONE_LINK = re.compile(r'href="(tel:[^"]*|[^"]*(?:zalo|wa)\.me/[^"]*)"', re.IGNORECASE)

Step = int | str
ValueOf = Callable[[str], Any]


@dataclass(frozen=True)
class Passage:
    """A text: the page's field, the way to the block inside it, and what the editor calls that place."""

    field: str
    path: tuple[Step, ...]
    place: str
    text: str
    is_file_name: bool = False
    is_prose: bool = False


def passages_of(page: models.Model) -> Iterator[Passage]:
    """All passages of a page as it is in memory."""
    yield from passages(type(page), lambda name: getattr(page, name))


def passages(model: type[models.Model], value_of: ValueOf) -> Iterator[Passage]:
    """All passages of a page of this type, whose values are asked for by field name; None where there is none."""
    for field in model._meta.get_fields():
        if not isinstance(field, models.Field) or not field.editable or field.name in UNREAD:
            continue
        value = value_of(field.name)
        place = str(field.verbose_name)
        if isinstance(field, StreamField):
            if value is not None:
                for path, where, text, kind in _texts(field.stream_block, value, (), place):
                    yield Passage(field.name, path, where, text, kind == "file", kind == "prose")
        elif isinstance(field, models.URLField) or field.choices or not value:
            continue
        elif isinstance(field, (models.CharField, models.TextField)):
            is_prose = isinstance(field, models.TextField)
            yield Passage(field.name, (), place, str(value), is_prose=is_prose)
        elif isinstance(value, (AbstractImage, AbstractDocument)):
            yield from (Passage(field.name, (), place, text, True) for text in _names_of(value))


_Found = tuple[tuple[Step, ...], str, str, str]


def _texts(block: blocks.Block, value: Any, path: tuple[Step, ...], place: str) -> Iterator[_Found]:
    """(way, place, text, kind of text) of a block and all below it."""
    if isinstance(block, blocks.StreamBlock):
        for number, child in enumerate(value):
            child_place = f"{place}, khối {number + 1} ({str(child.block.label).lower()})"
            yield from _texts(child.block, child.value, (*path, number), child_place)
    elif isinstance(block, ImageBlock):
        if value is not None:
            yield (*path, "alt_text"), f"{place}, mô tả ảnh", value.contextual_alt_text or "", "line"
            yield from (((*path, "image"), f"{place}, tên tệp", text, "file") for text in _names_of(value))
    elif isinstance(block, blocks.StructBlock):
        for name, child_block in block.child_blocks.items():
            child_place = f"{place}, {str(child_block.label).lower()}"
            yield from _texts(child_block, value.get(name), (*path, name), child_place)
    elif value:
        yield from ((path, place, text, kind) for text, kind in _leaf(block, value))


def _leaf(block: blocks.Block, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(block, blocks.RichTextBlock):
        yield plain(value.source), "prose"
        yield from ((link, "line") for link in _PHONE_LINK.findall(value.source))
    elif isinstance(block, blocks.TextBlock):
        yield value, "prose"
    elif isinstance(block, (blocks.CharBlock, blocks.URLBlock)):
        yield value, "line"
    elif isinstance(block, DocumentChooserBlock):
        yield from ((text, "file") for text in _names_of(value))
    elif isinstance(block, RecordingChooserBlock):
        yield from _recording(value)


def _recording(value: Recording) -> Iterator[tuple[str, str]]:
    yield value.title, "line"
    yield value.transcript, "prose"


def _names_of(value: AbstractImage | AbstractDocument) -> Iterator[str]:
    yield value.title
    yield PurePath(value.file.name).stem


def plain(source: str) -> str:
    """Rich text as lines of letters."""
    return html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", source)))


def error_at(messages: Sequence[tuple[tuple[Step, ...], str]]) -> ValidationError:
    """One error of a field that shows each message beside its own block; the way is a passage's `path`."""
    own = [message for path, message in messages if not path]
    if own:
        return ValidationError(own)
    below: dict[Step, list[tuple[tuple[Step, ...], str]]] = {}
    for (step, *rest), message in messages:
        below.setdefault(step, []).append((tuple(rest), message))
    errors = {step: error_at(inner) for step, inner in below.items()}
    in_stream = all(isinstance(step, int) for step in errors)
    return StreamBlockValidationError(errors) if in_stream else StructBlockValidationError(errors)
