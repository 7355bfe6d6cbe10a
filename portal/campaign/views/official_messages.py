"""Texts that really come from the commune: issued at the desk, checked by anybody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.campaign.forms.official_messages import CheckForm, MessageForm, ScamForm
from portal.campaign.models import KnownScam, OfficialMessage, Round
from portal.campaign.selectors.official_messages import Answer, aloud, verdict_on, winners_text
from portal.campaign.services.official_messages import drop_scam, issue_message, note_scam
from portal.core.models import SiteProfile
from portal.core.tries import Tries
from portal.households.access import officer_view, public_view, staff_of

TRIES = "hoi-tin-that"
SLOW_DOWN = "Hỏi nhanh quá. Xin đợi 15 phút rồi hỏi lại, chữ đã điền vẫn còn. Chưa chắc thì coi là tin giả."


def _hotline() -> str:
    profile = SiteProfile.objects.first()
    return profile.hotline if profile else ""


@officer_view
@require_safe
def issued(request: HttpRequest) -> HttpResponse:
    """Tin của xã: what went out, the newest first, and the fakes that are known."""
    context = {
        "issued": OfficialMessage.objects.select_related("round__game", "issued_by"),
        "scams": KnownScam.objects.all(),
        "today": timezone.localdate(),
    }
    return render(request, "campaign/work/messages.html", context)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    """Write a text; `?vong=` begins with what that round's winners are told."""
    hotline = _hotline()
    if request.method != "POST":
        form = MessageForm(hotline=hotline, initial=_first_words(request.GET.get("vong", "")))
        return render(request, "campaign/work/message_form.html", {"form": form})
    form = MessageForm(request.POST, hotline=hotline)
    if not form.is_valid():
        return render(request, "campaign/work/message_form.html", {"form": form}, status=422)
    row = issue_message(wording=form.wording(), hotline=hotline, by=staff_of(request))
    messages.success(request, f"Đã cấp mã {row.code}. Chép nguyên lời dưới đây mà gửi.")
    return redirect("gameprizes:message", row.code)


def _first_words(number: str) -> dict[str, Any]:
    round_ = None
    if number.isascii() and number.isdigit():
        rounds = Round.objects.filter(results_at__isnull=False).select_related("game")
        round_ = rounds.filter(pk=int(number[:9])).first()
    return {"round": round_, "text": winners_text(round_)} if round_ else {}


@officer_view
@require_safe
def message(request: HttpRequest, code: str) -> HttpResponse:
    """One text to copy: for Zalo and SMS, and for the loudspeaker."""
    row = get_object_or_404(OfficialMessage.objects.select_related("round__game", "issued_by"), code=code)
    return render(request, "campaign/work/message.html", {"message": row, "aloud": aloud(row)})


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def scam(request: HttpRequest) -> HttpResponse:
    """Note a fake that went round."""
    form = ScamForm(request.POST if request.method == "POST" else None, initial={"seen_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        note_scam(**form.cleaned_data, by=staff_of(request))
        messages.success(request, "Đã ghi tin giả. Ai hỏi tin giống thế thì trang báo ngay.")
        return redirect("gameprizes:messages")
    return render(request, "campaign/work/scam_form.html", {"form": form}, status=422 if form.errors else 200)


@officer_view
@require_POST
def drop(request: HttpRequest, scam: int) -> HttpResponse:
    """Take a fake off the list."""
    drop_scam(scam=get_object_or_404(KnownScam, pk=scam), by=staff_of(request))
    messages.success(request, "Đã bỏ khỏi danh sách tin giả.")
    return redirect("gameprizes:messages")


@public_view
@never_cache
@csrf_exempt  # No session to ride on, and nothing is changed or kept.
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Tin này có thật của xã không? Nothing of what is typed is stored or logged. Open to everyone."""
    if request.method != "POST":
        return render(request, "campaign/check.html", {"form": CheckForm()})
    form = CheckForm(request.POST)
    if not form.is_valid():
        return render(request, "campaign/check.html", {"form": form}, status=422)
    tries = Tries.from_address(TRIES, str(request.META.get("REMOTE_ADDR", "")))
    if not tries.left:
        return render(request, "campaign/check.html", {"form": form, "slow_down": SLOW_DOWN}, status=429)
    verdict = verdict_on(form.cleaned_data["code"], form.cleaned_data["text"])
    if verdict.answer == Answer.UNKNOWN:
        tries.miss()
    return render(request, "campaign/check.html", {"form": form, "verdict": verdict})
