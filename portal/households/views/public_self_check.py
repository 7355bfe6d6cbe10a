"""`/tu-kiem-tra/`: five questions for oneself. Nothing is stored, counted or logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.core.enums import Need
from portal.households.access import public_view
from portal.households.enums import SelfAnswer
from portal.households.forms.public_questions import SelfCheckForm
from portal.households.selectors.standing import criteria_set_on

#: Keys of criteria never change from one set to the next.
NEEDS_BY_CRITERION = {
    "1": (Need.CALLS,),
    "2": (Need.PAPERS,),
    "3": (Need.PAYMENT,),
    "4": (Need.HEALTH, Need.SCHOOL),
    "5": (Need.SAFETY,),
}
#: For a family that does it all: what protects it is worth reading twice.
NEEDS_OF_THE_ABLE = (Need.SAFETY, Need.HEALTH)


@public_view
@never_cache
@csrf_exempt  # It changes nothing: the answers are read, answered and forgotten.
@require_http_methods(["GET", "HEAD", "POST"])
def self_check(request: HttpRequest) -> HttpResponse:
    """Five questions, and the two guides that help most; open to everyone."""
    criteria_set = criteria_set_on(timezone.localdate())
    form = SelfCheckForm(request.POST if request.method == "POST" else None, criteria_set=criteria_set)
    if not form.is_valid() or not form.answers:
        context = {"form": form, "is_empty": form.is_bound}
        return render(request, "households/public/self_check.html", context)
    answers = form.answers
    left = [item for item in form.criteria if answers.get(item.key) not in {None, SelfAnswer.YES}]
    # What somebody would like help with comes first.
    by_wish = sorted(left, key=lambda item: answers[item.key] != SelfAnswer.HELP)
    needs = [need for item in by_wish for need in NEEDS_BY_CRITERION.get(item.key, ())]
    context = {
        "done": [item for item in form.criteria if answers.get(item.key) == SelfAnswer.YES],
        "left": left,
        "skipped": [item for item in form.criteria if item.key not in answers],
        "needs": needs or list(NEEDS_OF_THE_ABLE),
    }
    return render(request, "households/public/self_check_result.html", context)
