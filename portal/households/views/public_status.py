"""`/tra-cuu/`: where the family stands, for whoever holds its code and second secret.

Every page is the answer to a POST: no code, secret or name is ever part of an address.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.core.codes import CodeRefused
from portal.core.public_forms import FormToken
from portal.households.access import public_view
from portal.households.documents.certificates import family_copy_response
from portal.households.enums import ConsentMeans, DataRequestKind, Purpose
from portal.households.forms.public_status import (
    OPEN_PURPOSES,
    ConsentsForm,
    DataRequestForm,
    HelpForm,
    LookupForm,
    ObjectionForm,
    household_of_ticket,
    ticket_for,
)
from portal.households.models import Household
from portal.households.selectors.consents import standing_consents
from portal.households.selectors.status import status_of
from portal.households.services.certificates import PrintRefused, certificate_for_family
from portal.households.services.consents import record_consents
from portal.households.services.data_requests import ask_about_data, change_of_mind
from portal.households.services.help_requests import ask_for_help
from portal.households.services.objections import ObjectionRefused, ask_about_result
from portal.households.services.secret_numbers import SecretRefused, household_of_secret
from portal.households.views.cards import card_facts

STALE = "Trang mở đã lâu. Xin nhập lại mã hộ và số bí mật."


@public_view
@never_cache
@csrf_exempt  # No session to ride on: code and secret come with the form itself.
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for code and secret, then show the status; open to everyone."""
    if request.method != "POST":
        return _lookup_page(request, LookupForm())
    form = LookupForm(request.POST)
    if not form.is_valid():
        return _lookup_page(request, form)
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        entered = household_of_secret(form.cleaned_data["code"], form.cleaned_data["secret"], address=address)
    except CodeRefused as refusal:
        form.add_error("code", str(refusal))
        return _lookup_page(request, form)
    except SecretRefused as refusal:
        form.add_error("secret", str(refusal))
        return _lookup_page(request, form)
    return _status_page(request, entered)


@public_view
@never_cache
@csrf_exempt  # The signed ticket of the status page stands for code and secret.
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """Take the boxes as they stand now; what was taken back ends at once."""
    if request.method != "POST":
        return redirect("register:status")
    entered = household_of_ticket(request.POST.get("ticket", ""))
    if entered is None:
        return _lookup_page(request, LookupForm(), STALE)
    form = ConsentsForm(request.POST)
    if not form.is_valid():
        return _status_page(request, entered, consents_form=form)
    root = Household.objects.get(pk=entered.root_id or entered.pk)
    sayings = change_of_mind(household=root, wanted=form.wanted, name_form=form.name_form_wanted, asked=OPEN_PURPOSES)
    if sayings:
        record_consents(household=root, sayings=sayings, means=ConsentMeans.WEB, by=None)
    return _status_page(request, entered, done=_words_for(sayings))


@public_view
@never_cache
@csrf_exempt  # The signed ticket of the status page stands for code and secret.
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest) -> HttpResponse:
    """Ask for a copy, a correction, or to leave the register."""
    if request.method != "POST":
        return redirect("register:status")
    entered = household_of_ticket(request.POST.get("ticket", ""))
    if entered is None:
        return _lookup_page(request, LookupForm(), STALE)
    form = DataRequestForm(request.POST)
    if not form.is_valid():
        return _status_page(request, entered, data_form=form)
    kind = DataRequestKind(form.cleaned_data["kind"])
    if kind == DataRequestKind.ERASE and request.POST.get("sure") != "yes":
        context = {"form": form, "ticket": ticket_for(entered)}
        return render(request, "households/public/leave.html", context)
    asked = ask_about_data(
        household=entered,
        kind=kind,
        asked_by=form.cleaned_data["asked_by"],
        details=form.cleaned_data["details"],
        means=ConsentMeans.WEB,
        by=None,
    )
    done = [
        f"Xã đã nhận yêu cầu “{asked.get_kind_display()}”. Xã báo lại chậm nhất ngày "
        f"{asked.acknowledge_by:%d/%m/%Y}, làm xong chậm nhất ngày {asked.answer_by:%d/%m/%Y}."
    ]
    return _status_page(request, entered, done=done)


@public_view
@never_cache
@csrf_exempt  # The signed ticket of the status page stands for code and secret.
@require_http_methods(["GET", "HEAD", "POST"])
def help_me(request: HttpRequest) -> HttpResponse:
    """Nhờ tổ đến giúp, as the family that the code names: nothing to fill in but what for."""
    if request.method != "POST":
        return redirect("register:status")
    entered = household_of_ticket(request.POST.get("ticket", ""))
    if entered is None:
        return _lookup_page(request, LookupForm(), STALE)
    form = HelpForm(request.POST)
    if not form.is_valid():
        return _status_page(request, entered, help_form=form)
    root = Household.objects.select_related("village").get(pk=entered.root_id or entered.pk)
    asked = ask_for_help(
        token=form.form_token.uuid,
        village=root.village,
        name=root.head_name,
        topic=form.cleaned_data["topic"],
        phone=root.phone,
        household=root,
        from_path=request.path,
    )
    done = [f"Đã giao cho tổ {asked.village}, hẹn chậm nhất ngày {asked.due_on:%d/%m/%Y}."]
    return _status_page(request, entered, done=done)


@public_view
@never_cache
@csrf_exempt  # The signed ticket of the status page stands for code and secret.
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest) -> HttpResponse:
    """Hỏi lại kết quả."""
    if request.method != "POST":
        return redirect("register:status")
    entered = household_of_ticket(request.POST.get("ticket", ""))
    if entered is None:
        return _lookup_page(request, LookupForm(), STALE)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _status_page(request, entered, question_form=form)
    try:
        asked = ask_about_result(household=entered, by=None, **form.cleaned_data)
    except ObjectionRefused as refusal:
        return _status_page(request, entered, trouble=str(refusal), question_form=form)
    done = [f"Xã đã nhận câu hỏi. Trả lời chậm nhất ngày {asked.answer_by:%d/%m/%Y}, xem ở trang này."]
    return _status_page(request, entered, done=done)


@public_view
@never_cache
@csrf_exempt  # The signed ticket of the status page stands for code and secret.
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest) -> HttpResponse:
    """Print one's own certificate again; the file is the answer to the POST and has no address of its own."""
    if request.method != "POST":
        return redirect("register:status")
    entered = household_of_ticket(request.POST.get("ticket", ""))
    if entered is None:
        return _lookup_page(request, LookupForm(), STALE)
    try:
        certificate = certificate_for_family(household=entered, code=request.POST.get("paper", ""))
    except PrintRefused as refusal:
        return _status_page(request, entered, trouble=str(refusal))
    return family_copy_response(certificate)


@public_view
@never_cache
@csrf_exempt  # The signed ticket of the status page stands for code and secret.
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """The family's card to print: the code and the way here, neither name nor secret."""
    if request.method != "POST":
        return redirect("register:status")
    entered = household_of_ticket(request.POST.get("ticket", ""))
    if entered is None:
        return _lookup_page(request, LookupForm(), STALE)
    root = Household.objects.select_related("village").get(pk=entered.root_id or entered.pk)
    return render(request, "households/public/card.html", {"card": card_facts(root), "ticket": ticket_for(entered)})


def _words_for(sayings: list[Any]) -> list[str]:
    if not sayings:
        return ["Không có ô nào đổi. Mọi việc giữ như cũ."]
    hour = timezone.localtime().strftime("%H:%M, %d/%m/%Y")
    lines = []
    for saying in sayings:
        if saying.purpose == Purpose.NAME and not saying.is_granted:
            lines.append(f"Đã gỡ tên khỏi trang web lúc {hour}. Bản người khác đã chép thì xã không gỡ được.")
        else:
            said = "đồng ý" if saying.is_granted else "thôi đồng ý"
            lines.append(f"Đã ghi lúc {hour}: {said} “{saying.purpose.label}”.")
    return lines


def _lookup_page(request: HttpRequest, form: LookupForm, trouble: str = "") -> HttpResponse:
    mistakes = [(f"id_{name}", str(errors[0])) for name, errors in form.errors.items()]
    return render(request, "households/public/lookup.html", {"form": form, "mistakes": mistakes, "trouble": trouble})


def _status_page(
    request: HttpRequest,
    entered: Household,
    *,
    done: list[str] | None = None,
    trouble: str = "",
    consents_form: ConsentsForm | None = None,
    data_form: DataRequestForm | None = None,
    question_form: ObjectionForm | None = None,
    help_form: HelpForm | None = None,
) -> HttpResponse:
    status = status_of(entered)
    context = {
        "status": status,
        "ticket": ticket_for(entered),
        "done": done or [],
        "trouble": trouble,
        "consents_form": consents_form or ConsentsForm.of(standing_consents(status.household)),
        "data_form": data_form or DataRequestForm(),
        "question_form": question_form or ObjectionForm(),
        "help_form": help_form or HelpForm(),
        "help_token": FormToken.new().signed,
    }
    return render(request, "households/public/status.html", context)
