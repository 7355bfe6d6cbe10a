"""`/dang-ky/phieu-giay/`: the registration form to be printed, its boxes in the order in which they are typed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.households.access import public_view
from portal.households.consent_texts import consent_texts
from portal.households.enums import NameForm, SelfAnswer
from portal.households.forms.team_registration import MEANS, FamilyForm
from portal.households.selectors import villages_today
from portal.households.selectors.standing import criteria_set_on


@public_view
@require_safe
def paper_form(request: HttpRequest) -> HttpResponse:
    """Two sides of A4; open to everyone, holds nobody's data."""
    form = FamilyForm(villages=villages_today(), criteria_set=criteria_set_on(timezone.localdate()))
    context = {
        "form": form,
        "answers": SelfAnswer.labels,
        "texts": consent_texts(),
        "name_forms": NameForm.labels,
        "means": [means.label for means in MEANS],
    }
    return render(request, "households/public/paper_form.html", context)
