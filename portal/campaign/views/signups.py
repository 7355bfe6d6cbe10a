"""`/quan-tri/dang-ky-cho/`: who comes to a training. A team sees and signs up its own village, officers all of them."""

from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.campaign.forms.signups import TeamSignupForm
from portal.campaign.models import ActivityPage, Signup
from portal.campaign.selectors.signups import (
    come_count,
    desk_activities,
    lines_for,
    seating_of,
    seats_of,
    takes_signups,
)
from portal.campaign.services.signups import (
    SignupRefused,
    cancel_signup,
    note_who_came,
    secret_of_signup,
    sign_up,
)
from portal.core.audit import record
from portal.core.models import User
from portal.core.phones import spaced
from portal.households.access import staff_of, team_or_officer_view
from portal.households.models import Village
from portal.households.permissions import villages_of
from portal.households.selectors.activities import reports_on_page


@team_or_officer_view
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Sessions with seats: those to come, and those lately over."""
    now, sessions = timezone.now(), list(desk_activities())
    context = {
        "coming": [one for one in sessions if one.ends_at >= now],
        "over": [one for one in reversed(sessions) if one.ends_at < now],
    }
    return render(request, "campaign/signups/index.html", context)


@team_or_officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: who signed up, and a form to sign a family up."""
    activity, user = _activity_or_404(pk), staff_of(request)
    if request.method != "POST":
        return _page(request, activity, _fresh(user, activity))
    form = TeamSignupForm(request.POST, user=user)
    if not form.is_valid():
        return _page(request, activity, form)
    try:
        signup = sign_up(activity=activity, wish=form.wish(), now=timezone.now(), by=user)
    except SignupRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, activity, form)
    secret = secret_of_signup(signup)
    told = f"Đã đăng ký: mã {signup.code}, số bí mật {secret[:3]} {secret[3:]}, {seating_of(signup).words}."
    messages.success(request, f"{told} Đọc cho gia đình ghi lại.")
    return redirect("signupdesk:session", pk)


@team_or_officer_view
@require_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick who came."""
    activity, user = _activity_or_404(pk), staff_of(request)
    shown, came = request.POST.getlist("ma"), request.POST.getlist("den")
    try:
        number = note_who_came(activity=activity, shown=shown, came=came, by=user)
    except SignupRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Đã ghi: {number} trong {len(shown)} đăng ký có người đến.")
    return redirect("signupdesk:session", pk)


@team_or_officer_view
@require_POST
def cancel(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """A family called: it does not come."""
    signup, user = _signup_or_404(staff_of(request), pk, code), staff_of(request)
    try:
        cancel_signup(signup=signup, now=timezone.now(), by=user)
    except SignupRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Đã thôi đăng ký {code}. Nhà chờ kế tiếp được lên.")
    return redirect("signupdesk:session", pk)


@team_or_officer_view
@require_POST
def reveal(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The whole phone number of one sign-up; every look is logged."""
    user = staff_of(request)
    signup = _signup_or_404(user, pk, code)
    record("signup.phone", by=user, subject=signup.code)
    activity = _activity_or_404(pk)
    return _page(request, activity, _fresh(user, activity), revealed=signup)


@team_or_officer_view
@require_safe
def print_list(request: HttpRequest, pk: int) -> HttpResponse:
    """For the trainer's hand, A4: names, villages and boxes to tick, no phone and no code of a household."""
    activity, user = _activity_or_404(pk), staff_of(request)
    record("signup.print", by=user, subject=f"buổi {activity.pk}")
    lines = lines_for(user, activity)
    context = {
        "activity": activity,
        "seated": [line for line in lines if not line.is_waiting],
        "waiting": [line for line in lines if line.is_waiting],
        "people_count": sum(line.signup.people for line in lines if not line.is_waiting),
    }
    return render(request, "campaign/signups/print.html", context)


def _activity_or_404(pk: int) -> ActivityPage:
    return get_object_or_404(ActivityPage.objects.live().select_related("village"), pk=pk)


def _signup_or_404(user: User, pk: int, code: str) -> Signup:
    """A sign-up of another village is not there, as none is."""
    rows = Signup.objects.filter(activity=pk, village__in=villages_of(user))
    return get_object_or_404(rows.select_related("activity__village"), code=code)


def _fresh(user: User, activity: ActivityPage) -> TeamSignupForm:
    start = {"token": uuid4(), "village": _own_village(user, activity), "people": 1}
    return TeamSignupForm(user=user, initial=start)


def _own_village(user: User, activity: ActivityPage) -> Village | None:
    """Where the session is held, if that is within reach."""
    own = villages_of(user).order_by("number")
    return own.filter(pk=activity.village_id).first() or own.first()


def _page(
    request: HttpRequest, activity: ActivityPage, form: TeamSignupForm, revealed: Signup | None = None
) -> HttpResponse:
    user, now = staff_of(request), timezone.now()
    lines = lines_for(user, activity)
    record("signup.view", by=user, subject=f"buổi {activity.pk}")
    context = {
        "activity": activity,
        "seats": seats_of(activity),
        "lines": lines,
        "form": form,
        "is_open": takes_signups(activity, now),
        "has_begun": now >= activity.starts_at,
        "come_count": come_count(lines),
        "reports": reports_on_page(activity.pk).filter(village__in=villages_of(user)),
        "report_url": _report_url(user, activity, come_count(lines)),
        "revealed": revealed.pk if revealed else None,
        "revealed_phone": spaced(revealed.phone) if revealed else "",
    }
    return render(request, "campaign/signups/session.html", context, status=422 if form.errors else 200)


def _report_url(user: User, activity: ActivityPage, people: int) -> str:
    """The activity report with what is known already; numbers and places alone stand in the address."""
    village = _own_village(user, activity)
    known = {
        "page": activity.pk,
        "village": village.pk if village else "",
        "held_on": f"{timezone.localtime(activity.starts_at):%d/%m/%Y}",
        "kind": activity.kind,
        "topic": activity.title,
        "place": activity.place,
        "people_count": people,
    }
    return f"{reverse('progress:note_activity')}?{urlencode(known)}"
