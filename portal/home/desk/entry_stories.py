"""`/quan-tri/minigame/cau-chuyen/`: the winners of a round, and the stories that were made of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from portal.campaign.models import EntryPhoto, Round
from portal.core.audit import record
from portal.core.private_files import private_response
from portal.core.staff_forms import OfficeForm
from portal.home.entry_stories import (
    Candidate,
    StoryRefused,
    draft_of_page,
    is_allowed,
    make_story_draft,
    story_candidates,
)
from portal.households.access import officer_view, staff_of

NOT_ALLOWED = "Gia đình thôi đồng ý (hoặc chưa đồng ý) đăng câu chuyện hay ảnh này, nên chưa đăng được."


class AltTextForm(OfficeForm):
    """What is to be seen on the pictures, for those who do not see them."""

    alt_text = forms.CharField(
        label="Trong ảnh có gì, ai đang làm gì",
        max_length=250,
        help_text="Cho người nghe đọc màn hình. Đừng ghi tên người trong ảnh.",
    )


@officer_view
@require_safe
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """Every winner with the family's words, what it allows, and the button where it allows it."""
    return _page(request, _round_or_404(pk))


@officer_view
@require_POST
def make(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Press once or twice: one draft."""
    round_ = _round_or_404(pk)
    candidate = next((one for one in story_candidates(round_) if one.entry.code == code), None)
    form = AltTextForm(request.POST, prefix=code)
    if candidate is not None and candidate.takes_photos and candidate.draft is None and not form.is_valid():
        return _page(request, round_, {code: form}, status=422)
    alt_text = form.cleaned_data.get("alt_text", "") if form.is_valid() else ""
    try:
        draft = make_story_draft(round_=round_, code=code, alt_text=alt_text, by=staff_of(request))
    except StoryRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("entrystories:round", pk)
    page: Page | None = draft.page
    if page is not None and page.permissions_for_user(request.user).can_edit():
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.success(request, f"Bản nháp “{page}” nằm ở mục Câu chuyện. Biên tập viên sửa, gia đình xem lại, rồi đăng.")
    return redirect("entrystories:round", pk)


@officer_view
@require_safe
def photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """A picture of one of the winners; every look is logged."""
    row = get_object_or_404(EntryPhoto.objects.select_related("entry"), pk=photo, entry__round=pk)
    response = private_response(row.name)
    record("entry.photo_view", by=staff_of(request), subject=row.entry.code)
    return response


def say_source(request: HttpRequest, page: Page) -> None:
    """Hook before_edit_page: where the draft came from, and what the family says to it."""
    draft = draft_of_page(page) if request.method == "GET" else None
    if draft is None:
        return
    messages.info(
        request,
        f"Câu chuyện này lập từ bài {draft.code} của {draft.round}, {draft.made_at:%d/%m/%Y}. "
        "Cho gia đình nghe lại, xem lại trước khi đăng.",
    )
    if not is_allowed(draft):
        messages.warning(request, NOT_ALLOWED)


def refuse_publishing_unallowed(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook before_publish_page."""
    draft = draft_of_page(page)
    if draft is None or is_allowed(draft):
        return None
    messages.error(request, NOT_ALLOWED)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _round_or_404(pk: int) -> Round:
    return get_object_or_404(Round.objects.select_related("game"), pk=pk, results_at__isnull=False)


def _page(
    request: HttpRequest, round_: Round, forms_by_code: dict[str, AltTextForm] | None = None, status: int = 200
) -> HttpResponse:
    found = story_candidates(round_)
    record("story.sources_view", by=staff_of(request), subject=str(round_.pk))
    rows = [_row(request, one, (forms_by_code or {}).get(one.entry.code)) for one in found]
    return render(request, "home/entry_stories.html", {"round": round_, "rows": rows}, status=status)


def _row(request: HttpRequest, candidate: Candidate, form: AltTextForm | None) -> dict[str, Any]:
    page = candidate.draft.page if candidate.draft else None
    may_edit = page is not None and page.permissions_for_user(request.user).can_edit()
    asks_alt = candidate.takes_photos and not candidate.reason and page is None
    return {
        "candidate": candidate,
        "page": page,
        "may_edit": may_edit,
        "form": (form or AltTextForm(prefix=candidate.entry.code)) if asks_alt else None,
    }
