"""`/hoat-dong/<activity>/dang-ky/`: a family asks for seats, reads where it stands, and gives its place back."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.campaign.forms.signups import GiveBackForm, SignupForm
from portal.campaign.models import ActivityPage, Signup
from portal.campaign.models.signups import SIGNUP_PREFIX
from portal.campaign.selectors.signups import activity_at, seating_of, seats_of, signup_of_code, takes_signups
from portal.campaign.services.signups import SignupRefused, cancel_with_secret, secret_of_signup, sign_up
from portal.core.codes import CodeRefused, read_drawn_code, spoken_code
from portal.households.access import public_view

#: A form found on a shared phone days later shows its code again, and the secret no more.
SECRET_SHOWN_FOR = timedelta(hours=24)
TRAPPED = "Chưa gửi được. Đợi 1 phút rồi gửi lại."
STALE = "Phiếu mở đã lâu. Chữ đã điền vẫn còn; xin bấm “Đăng ký” lần nữa."


@public_view
@never_cache
@csrf_exempt  # No session, no cookie: a signed one-time token in the form stands in for both.
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for seats; open to everyone."""
    activity = activity_at(slug)
    if activity is None:
        raise Http404
    now = timezone.now()
    if request.method != "POST":
        is_open = takes_signups(activity, now)
        return _page(request, activity, SignupForm()) if is_open else _shut(request, activity)
    form = SignupForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, form)
    token = form.form_token
    if token is None or not token.is_fresh:
        return _page(request, activity, form, STALE)
    if form.looks_like_a_machine:
        return _page(request, activity, form, TRAPPED)
    try:
        signup = sign_up(activity=activity, wish=form.wish(token.uuid), now=now)
    except SignupRefused as refusal:
        still_open = takes_signups(activity, now)
        return _page(request, activity, form, str(refusal)) if still_open else _shut(request, activity)
    return _receipt(request, signup)


@public_view
@never_cache
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """Ask for the code; open to everyone."""
    typed = request.GET.get("ma", "").strip()[:40]
    if not typed:
        mistake = "Xin gõ mã đăng ký in trên giấy nhận." if "ma" in request.GET else ""
        return render(request, "campaign/signups/receipts.html", {"typed": "", "mistake": mistake})
    try:
        return redirect("signups:receipt", read_drawn_code(SIGNUP_PREFIX, typed))
    except CodeRefused as refusal:
        return render(request, "campaign/signups/receipts.html", {"typed": typed, "mistake": str(refusal)})


@public_view
@never_cache
@csrf_exempt  # No session to ride on: the secret number comes with the form itself.
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Where the sign-up stands; with the secret number its place is given back. Open to everyone."""
    try:
        read = read_drawn_code(SIGNUP_PREFIX, code)
    except CodeRefused as refusal:
        return _unknown(request, code[:40], str(refusal))
    if read != code:
        return redirect("signups:receipt", read)
    form = GiveBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            address = str(request.META.get("REMOTE_ADDR", ""))
            cancel_with_secret(code=code, typed=form.cleaned_data["secret"], address=address, now=timezone.now())
        except SignupRefused as refusal:
            form.add_error("secret", str(refusal))
    signup = signup_of_code(code)
    if signup is None:
        return _unknown(request, code, "Không thấy mã này. Xin xem lại từng chữ trên giấy nhận.")
    context = {
        **_facts(signup),
        "form": form,
        "mistakes": [("id_secret", str(errors[0])) for errors in form.errors.values()],
        "may_cancel": signup.cancelled_at is None and timezone.now() < signup.activity.starts_at,
    }
    return render(request, "campaign/signups/receipt_again.html", context)


def _unknown(request: HttpRequest, typed: str, mistake: str) -> HttpResponse:
    context = {"typed": typed, "mistake": mistake}
    return render(request, "campaign/signups/receipts.html", context, status=404)


def _page(request: HttpRequest, activity: ActivityPage, form: SignupForm, trouble: str = "") -> HttpResponse:
    mistakes = form.mistakes if form.is_bound else []
    context = {
        "activity": activity,
        "seats": seats_of(activity),
        "form": form,
        "mistakes": mistakes,
        "suggested_phone": form.suggested_phone if mistakes else "",
        "trouble": trouble,
    }
    return render(request, "campaign/signups/form.html", context)


def _shut(request: HttpRequest, activity: ActivityPage) -> HttpResponse:
    return render(request, "campaign/signups/shut.html", {"activity": activity, "now": timezone.now()})


def _receipt(request: HttpRequest, signup: Signup) -> HttpResponse:
    secret = secret_of_signup(signup)
    address = settings.BASE_URL + reverse("signups:receipt", args=[signup.code])
    context = {
        **_facts(signup),
        "secret": f"{secret[:3]} {secret[3:]}",
        "shows_secret": timezone.now() - signup.signed_up_at < SECRET_SHOWN_FOR,
        "address": address,
    }
    return render(request, "campaign/signups/receipt.html", context)


def _facts(signup: Signup) -> dict[str, object]:
    """What a code alone tells: never who."""
    return {
        "signup": signup,
        "activity": signup.activity,
        "seating": seating_of(signup),
        "spoken": spoken_code(signup.code),
    }
