"""`/nho-giup/`: a request from any page becomes a task of the village's team, with a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.households.access import public_view
from portal.households.forms.public_help import TOPIC_LENGTH, HelpForm
from portal.households.help_topics import help_topic
from portal.households.selectors import villages_today
from portal.households.services.help_requests import ask_for_help


@public_view
@never_cache
@csrf_exempt  # No session, no cookie: a signed one-time token in the form stands in for both.
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the team to come; open to everyone."""
    if request.method != "POST":
        return _page(request, HelpForm(None, villages=villages_today(), initial=_start(request)))
    form = HelpForm(request.POST, villages=villages_today())
    if not form.is_valid():
        return _page(request, form)
    token = form.form_token
    if token is None or not token.is_fresh:
        return _page(request, form, "Phiếu mở đã lâu. Chữ đã điền vẫn còn; xin bấm “Gửi yêu cầu” lần nữa.")
    if form.looks_like_a_machine:
        return _page(request, form, "Chưa gửi được. Đợi 1 phút rồi gửi lại.")
    cleaned = form.cleaned_data
    asked = ask_for_help(
        token=token.uuid,
        village=cleaned["village"],
        name=cleaned["name"],
        topic=cleaned["topic"],
        phone=cleaned["phone"],
        from_path=cleaned["from_path"],
        about=cleaned["about"],
    )
    return render(request, "households/public/help_sent.html", {"asked": asked})


def _start(request: HttpRequest) -> dict[str, str]:
    """Where the family comes from, and what it was doing there; all of it may be changed."""
    start, about = {"from_path": request.GET.get("tu", "")}, request.GET.get("ve", "")
    topic = help_topic(about)
    return {**start, "about": about, "topic": topic.words[:TOPIC_LENGTH]} if topic else start


def _page(request: HttpRequest, form: HelpForm, trouble: str = "") -> HttpResponse:
    mistakes = form.mistakes if form.is_bound else []
    context = {"form": form, "mistakes": mistakes, "suggested_phone": form.suggested_phone if mistakes else ""}
    return render(request, "households/public/help.html", {**context, "trouble": trouble})
