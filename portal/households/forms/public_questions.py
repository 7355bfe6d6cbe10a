"""The five questions that a family answers for itself: at registration, and for itself alone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from portal.households.enums import SelfAnswer
from portal.households.models import CriteriaSet, Criterion


class QuestionsMixin(forms.Form):
    """One question per criterion of the set in force.

    A family answers as far as it likes: an empty answer is no answer, never a “Chưa”.
    """

    def add_questions(self, criteria_set: CriteriaSet | None) -> None:
        """Add a box for each criterion; without a set in force there are none."""
        self.criteria: list[Criterion] = list(criteria_set.criteria.all()) if criteria_set else []
        for criterion in self.criteria:
            self.fields[f"answer_{criterion.key}"] = forms.ChoiceField(choices=SelfAnswer.choices, required=False)

    @property
    def questions(self) -> list[tuple[Criterion, BoundField]]:
        """The criteria with their boxes."""
        return [(criterion, self[f"answer_{criterion.key}"]) for criterion in self.criteria]

    @property
    def answers(self) -> dict[str, SelfAnswer]:
        """What was answered, by key of the criterion."""
        said = {criterion.key: self.cleaned_data.get(f"answer_{criterion.key}") for criterion in self.criteria}
        return {key: SelfAnswer(answer) for key, answer in said.items() if answer}


class SelfCheckForm(QuestionsMixin):
    """The questions alone; nothing of it is kept."""

    use_required_attribute = False

    def __init__(self, data: Mapping[str, Any] | None = None, *, criteria_set: CriteriaSet | None) -> None:
        super().__init__(data)
        self.add_questions(criteria_set)
