"""What every kind of game gives to the entry form, the paper, the moderators and the scoring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django import forms

from portal.campaign.models import Round


@dataclass(frozen=True)
class Step:
    """One screen of the entry form: the fields asked there, and what the template needs to show them."""

    key: str
    title: str
    fields: tuple[str, ...]
    template: str
    #: What the screen is counted as (“câu 4/10”); “” for one that stands beside the count.
    unit: str = ""
    #: What the review says of a screen that was left empty on purpose; “” where something has to be filled in.
    empty: str = ""
    #: The kind's own thing behind the step: a question, the days; read by the template.
    subject: Any = None


FormT = TypeVar("FormT", bound="ContentForm")


class ContentForm(forms.Form):
    """The part of an entry form that a kind asks. Fields are never required by the browser, only by `clean`."""

    use_required_attribute = False
    steps: Sequence[Step] = ()

    def said(self, step: Step) -> list[str]:
        """What stands on a screen, in words, as far as it is filled in; nothing of what is right."""
        lines = []
        for name in step.fields:
            field, value = self.fields[name], self[name].value()
            labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
            chosen = value if isinstance(value, list) else [value]
            words = ", ".join(labels.get(str(one), "") if labels else str(one or "") for one in chosen if one)
            if words:
                lines.append(f"{field.label}: {words}" if field.label else words)
        return lines or ([step.empty] if step.empty else [])

    def content(self) -> dict[str, Any]:
        """What goes into `Entry.content`; only after is_valid()."""
        raise NotImplementedError


def nothing_required(form: FormT) -> FormT:
    """The form for paper, on which a family may have left something out."""
    for field in form.fields.values():
        field.required = False
    return form


class Kind(Protocol):
    """A kind of game."""

    #: Whether entries hold words or pictures that a moderator must see before anyone else does.
    is_moderated: bool
    #: Columns of the round that only this kind asks for when a round is set up.
    setup_fields: tuple[str, ...]
    #: What stands first when entries are ranked by points, as the rules say it.
    score_words: str
    #: Whether a round draws from the question bank.
    has_questions: bool

    def form(self, round_: Round, who: str, data: Mapping[str, Any] | None = None) -> ContentForm:
        """The questions for this entrant; `who` is the household's code or what else the entry is known by."""

    def paper_form(self, round_: Round, who: str, data: Mapping[str, Any] | None = None) -> ContentForm:
        """The same as it is printed and typed in: all of it, whatever the day, and nothing that must be answered."""

    def initial(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """An entry's content as the form's data, for changing it."""

    def points(self, round_: Round, content: Mapping[str, Any]) -> int:
        """Right answers or whatever the kind counts. Called once the list is sealed, never before."""

    def prediction(self, content: Mapping[str, Any]) -> int | None:
        """What the family predicted, if it was asked."""

    def shown(self, round_: Round, content: Mapping[str, Any]) -> list[tuple[str, str]]:
        """[(what was asked, what was answered), …] in words, without saying what is right."""

    def words(self, content: Mapping[str, Any]) -> str:
        """What the family wrote in its own words; “” where a kind asks for none."""

    def without_words(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The content once its words are erased: choices and numbers stay."""

    def troubles(self, round_: Round) -> list[str]:
        """What still keeps the round from being announced, in words for the clerk."""
