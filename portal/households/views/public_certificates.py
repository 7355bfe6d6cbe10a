"""`/xac-minh/<code>/`: does this certificate hold? Says no more than the paper does, to whoever holds it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.households.access import public_view
from portal.households.selectors.certificates import check_certificate

TYPED_LIMIT = 60


@public_view
@require_safe
def check_form(request: HttpRequest) -> HttpResponse:
    """A box for the code; a code that came with `?ma=` goes on to its own address."""
    typed = request.GET.get("ma", "").strip()[:TYPED_LIMIT].replace("/", " ")
    if typed:
        return redirect("register:certificate", typed=check_certificate(typed).code or typed)
    context = {"is_empty": "ma" in request.GET}
    return render(request, "households/public/check_form.html", context)


@public_view
@require_safe
def certificate(request: HttpRequest, typed: str) -> HttpResponse:
    """The verdict, under the one clean address of the certificate."""
    verdict = check_certificate(typed[:TYPED_LIMIT])
    if verdict.code and verdict.code != typed:
        return redirect("register:certificate", typed=verdict.code)
    context = {"verdict": verdict, "typed": typed[:TYPED_LIMIT], "now": timezone.now()}
    response = render(request, "households/public/check.html", context)
    if verdict.state is None:
        # Anybody can make up codes; the store is for pages that exist, and a new paper may be entered any minute.
        response["Cache-Control"] = "no-store"
    return response
