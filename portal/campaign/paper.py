"""An entry form on paper: the same questions as rows with lettered boxes, for the sheet and for who types it in.

It follows from the form that a kind of game gives, so that a further kind is on paper without further work. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import forms

from portal.campaign.kinds import ContentForm

LETTERS = "ABCDEFGH"


class RowKind(StrEnum):
    """How a row is filled in."""

    ONE = "one"
    MANY = "many"
    WORDS = "words"
    SHORT = "short"


@dataclass(frozen=True)
class PaperRow:
    """One thing that is asked. `heading` stands above the first row of a group; `number` counts the questions."""

    name: str
    kind: RowKind
    title: str
    #: (letter, value, text) of each box.
    boxes: tuple[tuple[str, str, str], ...] = ()
    heading: str = ""
    number: int = 0


def rows_of(form: ContentForm) -> list[PaperRow]:
    """All rows of a form in the order of its steps."""
    return list(_rows(form))


def unanswered(form: ContentForm) -> list[int]:
    """Numbers of the questions that the typed form leaves without answer."""
    return [row.number for row in rows_of(form) if row.kind == RowKind.ONE and not form.data.get(row.name)]


def _rows(form: ContentForm) -> Iterator[PaperRow]:
    number = 0
    for step in form.steps:
        is_group = len(step.fields) > 1
        for position, name in enumerate(step.fields):
            field = form.fields[name]
            kind = _kind_of(field)
            number += kind == RowKind.ONE
            yield PaperRow(
                name=name,
                kind=kind,
                title=str(field.label) if is_group else step.title,
                boxes=_boxes_of(field),
                heading=step.title if is_group and position == 0 else "",
                number=number if kind == RowKind.ONE else 0,
            )


def _kind_of(field: forms.Field) -> RowKind:
    if isinstance(field, forms.MultipleChoiceField):
        return RowKind.MANY
    if isinstance(field, forms.ChoiceField):
        return RowKind.ONE
    return RowKind.WORDS if isinstance(field.widget, forms.Textarea) else RowKind.SHORT


def _boxes_of(field: forms.Field) -> tuple[tuple[str, str, str], ...]:
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else []
    return tuple((letter, str(value), str(text)) for letter, (value, text) in zip(LETTERS, choices, strict=False))
