"""Hoạt động của thôn: noted by the team for its own village, by officers for any, read by leaders."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.audit import record
from portal.core.models import User
from portal.core.private_files import private_response
from portal.households.access import staff_of, staff_view, team_or_officer_view
from portal.households.enums import ActivityKind
from portal.households.forms.activities import ActivityForm, PhotoForm
from portal.households.models import ActivityPhoto, ActivityReport
from portal.households.permissions import villages_of, villages_reported_to
from portal.households.selectors.activities import activities_of
from portal.households.services.activities import ActivityEntry, ActivityRefused, add_photos, record_activity

PAGE_SIZE = 30


def activity_of(user: User, pk: int, *, to_write: bool = False) -> ActivityReport:
    """A report of a village that this account may read, or write; 404 for others, as for none."""
    villages = villages_of(user) if to_write else villages_reported_to(user)
    rows = ActivityReport.objects.select_related("village", "recorded_by", "corrects", "page").filter(
        village__in=villages
    )
    found: ActivityReport = get_object_or_404(rows, pk=pk)
    return found


@staff_view
@require_GET
def activities(request: HttpRequest) -> HttpResponse:
    """All that is noted, the newest first."""
    user = staff_of(request)
    villages = villages_reported_to(user).order_by("number")
    chosen = request.GET.get("thon", "")
    rows = activities_of(villages.filter(pk=int(chosen)) if chosen.isdecimal() else villages)
    context = {
        "items": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang")),
        "villages": villages,
        "chosen": chosen,
        "may_write": villages_of(user).exists(),
    }
    return render(request, "households/progress/activities.html", context)


@team_or_officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest) -> HttpResponse:
    """Ghi hoạt động."""
    return _write(request, None)


@team_or_officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a report right: a further one, that names the old."""
    return _write(request, activity_of(staff_of(request), pk, to_write=True))


def _write(request: HttpRequest, old: ActivityReport | None) -> HttpResponse:
    user = staff_of(request)
    villages = villages_of(user).order_by("number")
    form = ActivityForm(
        request.POST or None,
        request.FILES or None,
        villages=villages,
        old=old,
        known=request.GET if old is None else None,
    )
    if request.method == "POST" and form.is_valid():
        photo = form.cleaned_data["photo"]
        try:
            made = record_activity(entry=form.entry(), by=user, corrects=old, photos=[photo] if photo else [])
        except ActivityRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã lưu hoạt động của {made.village} lúc {timezone.localtime():%H:%M}.")
            return redirect("progress:activity", pk=made.pk)
    return render(request, "households/progress/activity_form.html", {"form": form, "old": old})


@staff_view
@require_GET
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One report with its pictures, and what became of it."""
    user = staff_of(request)
    found = activity_of(user, pk)
    context = {
        "activity": found,
        "later": ActivityReport.objects.filter(corrects=found).first(),
        "photos": found.photos.order_by("pk"),
        "form": PhotoForm(),
        "may_write": villages_of(user).filter(pk=found.village_id).exists(),
    }
    return render(request, "households/progress/activity.html", context)


@team_or_officer_view
@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Noted by mistake: nothing of the kind took place."""
    user = staff_of(request)
    old = activity_of(user, pk, to_write=True)
    entry = ActivityEntry(
        token=uuid4(),
        village=old.village,
        held_on=old.held_on,
        kind=ActivityKind(old.kind),
        topic=old.topic,
        place=old.place,
        people_count=0,
        is_void=True,
    )
    try:
        record_activity(entry=entry, by=user, corrects=old)
    except ActivityRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Đã ghi: không có hoạt động này. Phiếu cũ vẫn được giữ, không tính nữa.")
    return redirect("progress:activity", pk=pk)


@team_or_officer_view
@require_POST
def add_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One more picture of an activity."""
    user = staff_of(request)
    found = activity_of(user, pk, to_write=True)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("progress:activity", pk=pk)
    try:
        add_photos(activity=found, photos=[form.cleaned_data["photo"]], by=user)
    except ActivityRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Đã thêm ảnh.")
    return redirect("progress:activity", pk=pk)


@staff_view
@require_GET
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """One picture; every view is a line in the log."""
    user = staff_of(request)
    found = get_object_or_404(
        ActivityPhoto.objects.select_related("activity"), pk=pk, activity__village__in=villages_reported_to(user)
    )
    response = private_response(found.name)
    record("activity.photo_view", by=user, subject=f"hoạt động {found.activity_id}")
    return response
