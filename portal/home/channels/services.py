"""Writes: words are kept or confirmed, posters go up and come down."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from portal.core.channels.script import MAX_SECONDS, MAX_SYLLABLES
from portal.core.models import User
from portal.core.sensitive import find_sensitive, numbers_in
from portal.core.text import nfc
from portal.home.channels.articles import Article
from portal.home.channels.proposing import LIMITS, NOTICE_LINES, as_script, as_spoken
from portal.home.models.channels import Channel, ChannelText, HungPoster
from portal.households.models import Village

GONE = "(bài đã xóa)"


class ChannelRefused(ValueError):
    """The words or the day cannot stand as they are; the message is what the editor reads."""


def words_for(channel: Channel, text: str, article: Article) -> str:
    """The words as the channel takes them: spoken for the loudspeaker, composed letters for all.

    Raises ChannelRefused where they are too long for a breath of attention or for the sheet, and where they tell a
    private number that the article itself does not.
    """
    words = nfc(text).replace("\r\n", "\n").strip()
    published = "\n".join((article.title, article.lead, *article.paragraphs, *(fact for _name, fact in article.facts)))
    known = {*numbers_in(article.hotline), *(found.digits for found in find_sensitive(published))}
    private = find_sensitive(words, known)
    if private:
        kind = private[0].kind.value
        raise ChannelRefused(f"Có số “{private[0].text}”, giống {kind}. Xin xóa đi; bài không có số này.")
    if channel == Channel.LOUDSPEAKER:
        words = as_spoken(words, article)
        script = as_script(words)
        if script.syllables > MAX_SYLLABLES:
            raise ChannelRefused(
                f"Bản này đọc mất {script.seconds} giây, loa đọc nhiều nhất {MAX_SECONDS} giây. "
                f"Xin bớt {script.syllables - MAX_SYLLABLES} tiếng."
            )
    if not words:
        raise ChannelRefused("Xin điền lời cho kênh này.")
    lines = sum(1 for line in words.splitlines() if line.strip())
    if channel == Channel.NOTICE and lines > NOTICE_LINES:
        raise ChannelRefused(f"Một tờ chứa nhiều nhất {NOTICE_LINES} dòng, bản này có {lines}. Xin gộp hoặc bớt.")
    if len(words) > LIMITS[channel]:
        raise ChannelRefused(f"Dài quá {len(words) - LIMITS[channel]} ký tự, kể cả dấu cách. Xin bớt cho vừa.")
    return words


def keep_text(*, page: Page, channel: Channel, text: str, article: Article, digest: str, by: User) -> ChannelText:
    """The editor's words for a channel. `digest` is of the article that the editor had before the eyes."""
    words = words_for(channel, text, article)
    kept, _made = ChannelText.objects.update_or_create(
        page_id=page.pk,
        channel=channel,
        defaults={"text": words, "digest": digest, "made_at": timezone.now(), "made_by": by},
    )
    return kept


@transaction.atomic
def confirm_text(*, kept: ChannelText, digest: str, by: User) -> None:
    """“Vẫn đúng”: the words fit the article as it is now, and so do the posters that say the same."""
    if kept.channel == Channel.POSTER:
        HungPoster.objects.hanging().filter(page_id=kept.page_id, digest=kept.digest).update(digest=digest)
    kept.digest, kept.made_at, kept.made_by = digest, timezone.now(), by
    kept.save(update_fields=["digest", "made_at", "made_by"])


def hang_poster(
    *, page: Page, article: Article, village: Village | None, place: str, hung_on: date, by: User
) -> HungPoster:
    """One sheet more on a wall. It says what the kept words say: while those are old nothing new is printed."""
    kept = ChannelText.objects.filter(page=page.pk, channel=Channel.POSTER).first()
    return HungPoster.objects.create(
        page_id=page.pk,
        title=article.title[:255],
        village=village,
        place=nfc(place),
        hung_on=hung_on,
        digest=kept.digest if kept else article.digest(Channel.POSTER),
        noted_by=by,
    )


@transaction.atomic
def take_down_poster(*, poster: HungPoster, day: date, by: User) -> HungPoster:
    """The sheet is off the wall; pressed again nothing changes. The title of a deleted page goes with it."""
    locked = HungPoster.objects.select_for_update(of=("self",)).get(pk=poster.pk)
    if locked.taken_down_on is not None:
        return locked
    if day < locked.hung_on:
        raise ChannelRefused("Ngày gỡ không được trước ngày treo.")
    locked.taken_down_on, locked.closed_at, locked.closed_by = day, timezone.now(), by
    if locked.page_id is None:
        locked.title = GONE
    locked.save(update_fields=["taken_down_on", "closed_at", "closed_by", "title"])
    return locked
