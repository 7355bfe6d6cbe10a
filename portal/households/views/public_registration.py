"""`/dang-ky/`: the form, the review page and the receipt are answers of one address; nothing personal is in any URL."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.core.codes import spoken_code
from portal.core.public_forms import FormToken
from portal.households.access import public_view
from portal.households.forms.public_registration import CONSENT_BOXES, RegistrationForm
from portal.households.models import Registration
from portal.households.selectors import villages_today
from portal.households.selectors.registrations import registration_of
from portal.households.selectors.standing import criteria_set_on
from portal.households.services.registrations import Receipt, receipt_of, register_household
from portal.households.services.secret_numbers import secret_still_opens

EXPIRED = "Phiếu mở đã lâu. Chữ đã điền vẫn còn; xin bấm “Gửi phiếu” lần nữa."


@public_view
@never_cache
@csrf_exempt  # No session, no cookie: a signed one-time token in the form stands in for both.
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest) -> HttpResponse:
    """A family signs up, or somebody does it for a family that sits beside; open to everyone."""
    if request.method != "POST":
        return _form_page(request, _form(None))
    form = _form(request.POST)
    known = registration_of(form.form_token.uuid) if form.form_token else None
    if known is not None:
        return _receipt_page(request, receipt_of(known, is_repeat=True), known, form.form_token)
    if request.POST.get("step") == "edit":
        return _form_page(request, form, show_errors=False)
    if not form.is_valid():
        return _form_page(request, form)
    if request.POST.get("step") != "send":
        return _review_page(request, form)
    return _send(request, form)


def _form(data: Any) -> RegistrationForm:
    return RegistrationForm(data, villages=villages_today(), criteria_set=criteria_set_on(timezone.localdate()))


def _form_page(request: HttpRequest, form: RegistrationForm, *, show_errors: bool = True) -> HttpResponse:
    mistakes = form.mistakes if form.is_bound and show_errors else []
    context = {"form": form, "mistakes": mistakes, "suggested_phone": form.suggested_phone if mistakes else ""}
    if not show_errors:
        form.errors.clear()
    return render(request, "households/public/register.html", context)


def _review_page(request: HttpRequest, form: RegistrationForm, trouble: str = "") -> HttpResponse:
    sent = [(name, form.data[name]) for name in form.fields if name != "token" and form.data.get(name)]
    boxes = {purpose: name for name, purpose in CONSENT_BOXES.items()}
    context = {
        "form": form,
        "sent": sent,
        "trouble": trouble,
        "shown_name": form.shown_name,
        "consents": [(purpose.label, bool(form.cleaned_data.get(box))) for purpose, box in boxes.items()],
        "answers": [(criterion.name, form.answers.get(criterion.key)) for criterion in form.criteria],
    }
    return render(request, "households/public/register_review.html", context)


def _send(request: HttpRequest, form: RegistrationForm) -> HttpResponse:
    token = form.form_token
    if token is None or not token.is_fresh:
        return _review_page(request, form, EXPIRED)
    if form.looks_like_a_machine:
        return _review_page(request, form, "Chưa gửi được. Đợi 1 phút rồi gửi lại.")
    receipt = register_household(application=form.application())
    entered = registration_of(token.uuid)
    if entered is None:
        raise RuntimeError("a receipt without its registration")
    return _receipt_page(request, receipt, entered, token)


def _receipt_page(
    request: HttpRequest, receipt: Receipt, entered: Registration, token: FormToken | None
) -> HttpResponse:
    # A form found on a shared phone days later shows the code again, and the secret no more.
    shows_secret = token is not None and token.is_fresh and secret_still_opens(entered.household, receipt.secret)
    context = {
        "receipt": receipt,
        "entered": entered,
        "shows_secret": shows_secret,
        "spoken": spoken_code(receipt.code),
        "status_url": settings.BASE_URL + reverse("register:status"),
        "helps": entered.household.help_requests.order_by("pk"),
    }
    return render(request, "households/public/receipt.html", context)
