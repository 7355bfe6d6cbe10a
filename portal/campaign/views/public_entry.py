"""`/minigame/<game>/vong-<n>/du-thi/`: every screen of the entry form, the review and the receipt are one address.

Nothing personal is in an address: what was filled in travels as a signed draft (`portal.campaign.drafts`).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.campaign.changing import draft_for_change
from portal.campaign.clock import accepts
from portal.campaign.drafts import Draft, can_keep, draft_of, forget_draft, keep_draft
from portal.campaign.entering import finished, sending_of
from portal.campaign.models import Round
from portal.campaign.proof_of_work import BITS
from portal.campaign.receipts import receipt_page
from portal.campaign.screens import PHOTO, REVIEW, Screen, Sent, Walk
from portal.campaign.selectors.entries import receipt_of
from portal.campaign.selectors.flood import is_flooded
from portal.campaign.selectors.rounds import round_at, round_now
from portal.campaign.services.entries import EntryRefused, RoundClosed, submit_entry
from portal.campaign.services.entry_secrets import versions_of_ticket
from portal.campaign.services.photos import MAX_BYTES, drop_waiting, is_waiting, waiting_photo
from portal.core.uploads import guard_uploads
from portal.households.access import public_view

UNFINISHED = "Còn chỗ chưa trả lời. Xin xem lại màn hình này rồi đi tiếp."
TRAPPED = "Chưa gửi được. Đợi 1 phút rồi bấm gửi lần nữa; chữ đã điền vẫn còn."
PHOTO_LOST = "Ảnh của bài này không còn ở xã. Xin chọn lại ảnh, hoặc gửi bài không kèm ảnh."
STALE_TICKET = "Trang mở đã lâu. Xin nhập lại mã dự thi và số bí mật."


@public_view
@never_cache
@csrf_exempt  # No session to ride on: the signed draft in the form names the form and when it was opened.
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, game: str, number: int) -> HttpResponse:
    """A family enters a round, or changes its entry; open to everyone."""
    now = timezone.now()
    round_ = round_at(game, number)
    if round_ is None:
        raise Http404
    if request.method == "POST":
        guard = guard_uploads(request, MAX_BYTES)
        deed = DEEDS.get(request.POST.get("di", ""), _walk_on)
        return deed(Sent(request, guard.was_passed), round_, now)
    draft = draft_of(request, round_)
    if not _may_play(round_, draft, now):
        return _shut_page(request, round_)
    walk = Walk(round_, draft or Draft.new())
    wanted = request.GET.get("buoc", "")
    return _page(request, Walk(round_, replace(walk.draft, step=wanted)) if walk.leads_to(wanted) else walk)


def _walk_on(sent: Sent, round_: Round, now: datetime) -> HttpResponse:
    """Take what was filled in, whatever it is, and go to the screen that was asked for."""
    request = sent.request
    draft = replace(draft_of(request, round_) or Draft.new(), content=None)
    if not _may_play(round_, draft, now):
        return _shut_page(request, round_)
    walk = Walk(round_, draft)
    if walk.is_at_review():
        return _go(request, Walk(round_, replace(draft, step=_wanted(sent, walk, walk.screens[-1]))))
    here = walk.here()
    taken = here.take(replace(draft, step=here.key), sent)
    if not _is_leaving(sent) and here.mistakes():
        return _page(request, Walk(round_, taken), here)
    further = Walk(round_, taken)
    return _go(request, Walk(round_, replace(taken, step=_wanted(sent, further, here))))


def _is_leaving(sent: Sent) -> bool:
    """Going back or elsewhere is always allowed; what is wrong is said when one comes by again."""
    return sent.boxes.get("di") == "lui" or bool(sent.boxes.get("den"))


def _wanted(sent: Sent, walk: Walk, here: Screen) -> str:
    if walk.leads_to(sent.boxes.get("den", "")):
        return str(sent.boxes["den"])
    if walk.screen(here.key) is None:
        return ""
    if walk.is_at_review():
        return here.key
    return walk.beside(here, -1 if sent.boxes.get("di") == "lui" else 1)


def _go(request: HttpRequest, walk: Walk) -> HttpResponse:
    """On to a screen: by an address of its own where the browser keeps the draft, so that its Back key works."""
    if not can_keep(request, walk.draft, walk.round):
        return _page(request, walk)
    response = HttpResponseRedirect(f"{request.path}?buoc={walk.draft.step}", status=303)
    keep_draft(request, response, walk.draft, walk.round)
    return response


def _throw_away(sent: Sent, round_: Round, _now: datetime) -> HttpResponse:
    """The family wants nothing of it to stay on this phone."""
    draft = draft_of(sent.request, round_)
    if draft is not None:
        drop_waiting(draft.photo)
    response = render(sent.request, "campaign/play/thrown_away.html", {"round": round_})
    forget_draft(sent.request, response)
    return response


def _change(sent: Sent, round_: Round, now: datetime) -> HttpResponse:
    """Open an entry that was sent, for whoever has shown its secret number."""
    versions = versions_of_ticket(sent.boxes.get("ticket", ""))
    if not versions or versions[-1].round_id != round_.pk:
        return _shut_page(sent.request, round_, STALE_TICKET)
    draft = draft_for_change(versions[-1], round_)
    if not _may_play(round_, draft, now):
        return _shut_page(sent.request, round_)
    return _page(sent.request, Walk(round_, draft))


def _send(sent: Sent, round_: Round, now: datetime) -> HttpResponse:
    """Send the entry; whatever goes wrong leads back to a screen where everything still stands."""
    request = sent.request
    draft = draft_of(request, round_)
    if draft is None:
        return _page(request, Walk(round_, Draft.new()), trouble=UNFINISHED)
    draft = replace(draft, step=REVIEW)
    if draft.content is None:
        walk = Walk(round_, draft)
        done = finished(walk)
        if done is None:
            return _unfinished_page(request, walk)
        draft = done
    stopped = _stopped(sent, round_, draft)
    if stopped is not None:
        return stopped
    photo = waiting_photo(draft.photo) if draft.photo else None
    try:
        sending = sending_of(draft, round_, nonce=sent.boxes.get("nonce", ""), photo=photo)
        written = submit_entry(round_=round_, sending=sending, now=now)
    except RoundClosed as refusal:
        return _shut_page(request, round_, str(refusal))
    except EntryRefused as refusal:
        return _page(request, Walk(round_, draft), trouble=str(refusal))
    drop_waiting(draft.photo)
    response = receipt_page(request, round_, written, is_repeat=written.received_at != now)
    forget_draft(request, response)
    return response


def _unfinished_page(request: HttpRequest, walk: Walk) -> HttpResponse:
    """The first screen that has to be put right; whoever has said nothing yet begins."""
    mistaken = walk.first_mistaken() or walk.screens[0]
    return _page(request, Walk(walk.round, replace(walk.draft, step=mistaken.key)), mistaken, UNFINISHED)


def _stopped(sent: Sent, round_: Round, draft: Draft) -> HttpResponse | None:
    """The page that says why a finished draft may not be sent yet."""
    if sent.boxes.get("website") or draft.is_hasty:
        return _page(sent.request, Walk(round_, draft), trouble=TRAPPED)
    if draft.photo and not is_waiting(draft.photo) and receipt_of(draft.token) is None:
        return _page(sent.request, Walk(round_, replace(draft, step=PHOTO, photo=None)), trouble=PHOTO_LOST)
    return None


DEEDS: dict[str, Callable[[Sent, Round, datetime], HttpResponse]] = {"gui": _send, "xoa": _throw_away, "sua": _change}


def _may_play(round_: Round, draft: Draft | None, now: datetime) -> bool:
    return accepts(now, draft.opened_at if draft else now, round_.times)


def _page(request: HttpRequest, walk: Walk, screen: Screen | None = None, trouble: str = "") -> HttpResponse:
    """A screen or the review, with the draft kept by the browser. `screen`: one that has just been filled in."""
    if screen is None and walk.is_at_review():
        response = render(request, "campaign/play/review.html", _review_context(walk, trouble))
    else:
        here = screen or walk.here()
        here.is_judged = screen is not None
        mistakes = here.mistakes() if here.is_judged else []
        context = {**_frame(walk, trouble), **here.context, "screen": here, "mistakes": mistakes}
        context |= {"progress": walk.progress_at(here), "back": walk.beside(here, -1) != here.key}
        response = render(request, here.template, context)
    keep_draft(request, response, walk.draft, walk.round)
    return response


def _frame(walk: Walk, trouble: str) -> dict[str, Any]:
    draft = (finished(walk) if walk.is_at_review() else None) or walk.draft
    return {
        "round": walk.round,
        "clock": round_now(walk.round),
        "draft": walk.draft,
        "signed": draft.signed_for(walk.round),
        "trouble": trouble,
    }


def _review_context(walk: Walk, trouble: str) -> Mapping[str, Any]:
    photo = walk.screen(PHOTO)
    return {
        **_frame(walk, trouble),
        "screens": walk.screens,
        "last_key": walk.screens[-1].key,
        "preview": photo.context["preview"] if photo else "",
        "challenge": walk.draft.token.hex if is_flooded(walk.round) else "",
        "bits": BITS,
    }


def _shut_page(request: HttpRequest, round_: Round, words: str = "") -> HttpResponse:
    """Too early, too late; or an opened entry that lay too long."""
    return render(request, "campaign/play/shut.html", {"round": round_, "clock": round_now(round_), "words": words})
