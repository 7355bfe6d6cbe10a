"""Panels of the question bank's editor."""

from typing import Any

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel

from portal.campaign.options import check_options


class OptionFormSet(BaseChildFormSet):
    """The answers of one question, looked at together."""

    def clean(self) -> None:
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        check_options((values.get("text", ""), bool(values.get("is_right"))) for values in kept)


class OptionsPanel(InlinePanel):
    """Two to four answers; how many and which is right is said in our words, not by the form library."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "formset": OptionFormSet,
            "validate_min": False,
            "validate_max": False,
        }
        return options
