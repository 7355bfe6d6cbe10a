"""`/duyet/<token>/`: the approver reads the draft and decides. Reading decides nothing: previews fetch addresses."""

from copy import copy
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.home.approvals.forms import AGREES, DecisionForm
from portal.home.approvals.services import LinkGone, PageChanged, WrongCode, decide, is_still_what_was_read, open_link
from portal.home.models import ApprovalLink
from portal.households.access import public_view


@public_view
@never_cache
@csrf_exempt  # No session: the address and the approver's own code are what a foreign page cannot have.
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, token: str) -> HttpResponse:
    """Open to whoever has the address; wrong, used, expired and revoked ones are told alike."""
    return _hidden(_answer(request, token))


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    link = open_link(token)
    try:
        if link is None:
            raise LinkGone
        if not is_still_what_was_read(link):
            raise PageChanged
        form = DecisionForm(request.POST if request.method == "POST" else None)
        if not form.is_bound or not form.is_valid():
            return _draft(request, link, form, form.mistakes if form.is_bound else [])
        return _decided(request, link, form)
    except LinkGone:
        return render(_elsewhere(request), "home/approvals/gone.html", status=404)
    except PageChanged:
        return render(_elsewhere(request), "home/approvals/changed.html", status=409)


def _decided(request: HttpRequest, link: ApprovalLink, form: DecisionForm) -> HttpResponse:
    cleaned = form.cleaned_data
    agrees = cleaned["decision"] == AGREES
    try:
        decided = decide(link=link, code=cleaned["code"], agrees=agrees, reason=cleaned["reason"])
    except WrongCode as refusal:
        return _draft(request, link, form, [str(refusal)])
    return render(_elsewhere(request), "home/approvals/decided.html", {"link": decided})


def _draft(request: HttpRequest, link: ApprovalLink, form: DecisionForm, mistakes: list[str]) -> HttpResponse:
    """The page as everybody would see it, with the question below."""
    page: Any = link.revision.as_object() if link.revision else None
    # Beside the public address, so that no kept piece of this page is mistaken for one of the public one.
    shown = _elsewhere(request, f"{page.get_url() or '/'}ban-duyet/")
    context = page.get_context(shown)
    context |= {"draft_template": page.get_template(shown), "link": link, "form": form, "mistakes": mistakes}
    return render(shown, "home/approvals/draft.html", context)


def _elsewhere(request: HttpRequest, path: str = "/") -> HttpRequest:
    """The request as templates get it: what they make of its address must not carry the link's own."""
    shown = copy(request)
    shown.method = "GET"
    shown.path = shown.path_info = path
    return shown


def _hidden(response: HttpResponse) -> HttpResponse:
    """No search engine, no cache and no other page learns of the address."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "private, no-store"
    return response
