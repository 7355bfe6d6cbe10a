"""`/quan-tri/kenh/`: the channels of one article, and the walls on which its posters hang."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from portal.home.channels.addresses import page_of_code, short_address
from portal.home.channels.articles import Article, article_of, has_channels
from portal.home.channels.forms import HangForm, TakeDownForm
from portal.home.channels.papers import SIZES, notice_pdf, poster_pdf
from portal.home.channels.proposing import LIMITS
from portal.home.channels.selectors import Words, walls, walls_for, words_for_channel, words_of
from portal.home.channels.services import ChannelRefused, confirm_text, hang_poster, keep_text, take_down_poster
from portal.home.links.views import can_write_pages
from portal.home.models.channels import DIGEST_LENGTH, Channel, ChannelText, HungPoster
from portal.households.access import guarded_by, public_view, staff_of

writers_view = guarded_by(can_write_pages)
OLD_PAPER = "Lời trên tờ này cũ so với bài. Chọn “Vẫn đúng” hoặc “Thay bằng bản mới” rồi hãy in."


@writers_view
@require_safe
def channels(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is made of the article."""
    return _page(request, _page_or_404(request, pk))


@writers_view
@require_POST
def keep(request: HttpRequest, pk: int, channel: str) -> HttpResponse:
    """Keep the typed words, put the machine's in their place, or say that they are still right."""
    page, kind = _page_or_404(request, pk), _channel_or_404(channel)
    if not page.live:
        messages.error(request, "Bài chưa đăng nên chưa giữ được. Đăng bài rồi quay lại đây.")
        return redirect("channels:page", pk)
    article = article_of(page)
    kept = ChannelText.objects.filter(page=page.pk, channel=kind).first()
    words = words_for_channel(page, article, kind, kept)
    try:
        said = _do(request, page, article, words)
    except ChannelRefused as refusal:
        return _page(request, page, refused=(kind, str(refusal)), status=422)
    messages.success(request, f"{kind.label}: {said}.")
    return redirect(f"{reverse('channels:page', args=[pk])}#{kind.value}")


def _do(request: HttpRequest, page: Page, article: Article, words: Words) -> str:
    """The wish of the pressed button; returns what was done."""
    wish, by = request.POST.get("viec"), staff_of(request)
    if wish == "van-dung" and words.kept is not None:
        confirm_text(kept=words.kept, digest=words.digest, by=by)
        return "vẫn đúng với bài"
    text, digest = words.proposal, words.digest
    if wish == "giu":
        # Of the article that stood beside the box: it may have changed while somebody was writing.
        text, digest = request.POST.get("loi", ""), request.POST.get("dau", "")[:DIGEST_LENGTH]
    keep_text(page=page, channel=words.channel, text=text, article=article, digest=digest, by=by)
    return "đã giữ, đọc lại ở dưới"


@writers_view
@require_safe
def poster(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """The poster as PDF."""
    page = _page_or_404(request, pk)
    if size not in SIZES:
        raise Http404
    shown, article, words = _printed(page, Channel.POSTER)
    if words.is_old:
        messages.error(request, OLD_PAPER)
        return redirect("channels:page", pk)
    content = poster_pdf(shown, article, words.text, size=size, is_draft=not page.live)
    return _pdf(content, f"to-quang-ba-{size}-{page.slug}.pdf")


@writers_view
@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The page for the notice board as PDF."""
    page = _page_or_404(request, pk)
    shown, article, words = _printed(page, Channel.NOTICE)
    if words.is_old:
        messages.error(request, OLD_PAPER)
        return redirect("channels:page", pk)
    return _pdf(notice_pdf(shown, article, words.text, is_draft=not page.live), f"bang-tin-{page.slug}.pdf")


@writers_view
@require_POST
def hang(request: HttpRequest, pk: int) -> HttpResponse:
    """Note one sheet more on a wall."""
    page = _page_or_404(request, pk)
    form = HangForm(request.POST)
    if not page.live or not form.is_valid():
        return _page(request, page, hang_form=form, status=422)
    row = hang_poster(page=page, article=article_of(page), by=staff_of(request), **form.cleaned_data)
    messages.success(request, f"Đã ghi tờ treo ở {row.where}.")
    return redirect(f"{reverse('channels:page', args=[pk])}#cho-treo")


@writers_view
@require_safe
def wall_list(request: HttpRequest) -> HttpResponse:
    """All hanging posters that this person looks after, those to visit first."""
    return render(request, "home/channels/walls.html", {"walls": walls_for(staff_of(request))})


@writers_view
@require_POST
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a sheet is off the wall."""
    row = get_object_or_404(HungPoster.objects.select_related("village"), pk=pk)
    if row.page_id is not None:
        _page_or_404(request, row.page_id)
    form = TakeDownForm(request.POST)
    try:
        if not form.is_valid():
            raise ChannelRefused(str(form.errors["taken_down_on"][0]))
        take_down_poster(poster=row, day=form.cleaned_data["taken_down_on"], by=staff_of(request))
    except ChannelRefused as refusal:
        messages.error(request, f"{row.where}: {refusal}")
    else:
        messages.success(request, f"Đã ghi gỡ tờ ở {row.where}.")
    if request.POST.get("ve") == "bai" and row.page_id:
        return redirect(f"{reverse('channels:page', args=[row.page_id])}#cho-treo")
    return redirect("channels:walls")


@public_view
@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """`/p/<code>/` from a poster: to the page, wherever it stands today. Open to everyone."""
    page = page_of_code(code)
    address = page.get_url(request) if page and page.live else None
    if address:
        return redirect(address)
    if page is not None and page.first_published_at is not None:
        return render(request, "home/channels/gone.html", status=410)
    raise Http404


def _page_or_404(request: HttpRequest, pk: int) -> Any:
    page = get_object_or_404(Page, pk=pk)
    if not has_channels(page) or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return page.specific


def _channel_or_404(channel: str) -> Channel:
    if channel not in Channel.values:
        raise Http404
    return Channel(channel)


def _shown(page: Any) -> Any:
    """What is public; of a page that is not, the newest draft."""
    return page if page.live else page.get_latest_revision_as_object()


def _printed(page: Any, channel: Channel) -> tuple[Any, Article, Words]:
    shown = _shown(page)
    article = article_of(shown)
    kept = ChannelText.objects.filter(page=page.pk, channel=channel).first() if page.live else None
    return shown, article, words_for_channel(shown, article, channel, kept)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _page(
    request: HttpRequest,
    page: Any,
    *,
    refused: tuple[Channel, str] | None = None,
    hang_form: HangForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = _shown(page)
    article = article_of(shown)
    typed = request.POST.get("loi", "") if refused else ""
    rows = [
        {
            "words": words,
            "limit": LIMITS[words.channel],
            "error": refused[1] if refused and refused[0] == words.channel else "",
            "text": typed if refused and refused[0] == words.channel else words.text,
        }
        for words in words_of(page, article)
    ]
    posters = page.hung_posters.select_related("village")
    context = {
        "page": page,
        "shown": shown,
        "article": article,
        "rows": rows,
        "walls": walls(posters.hanging()),
        "taken_down": posters.exclude(taken_down_on=None).order_by("-taken_down_on"),
        "hang_form": hang_form or HangForm(),
        "short_address": short_address(page),
    }
    return render(request, "home/channels/page.html", context, status=status)
