"""Which words are kept and still right, and which walls somebody has to visit."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.core.channels.script import Script
from portal.core.models import SiteProfile, User
from portal.home.channels.addresses import long_address, short_address
from portal.home.channels.articles import Article, article_of
from portal.home.channels.proposing import as_script, notes_on, propose, script_of
from portal.home.models.channels import Channel, ChannelText, HungPoster


@dataclass(frozen=True)
class Words:
    """What a channel has: the kept words, and what the machine would write today."""

    channel: Channel
    proposal: str
    digest: str
    kept: ChannelText | None
    script: Script | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_old(self) -> bool:
        """Whether the article has changed since somebody last said that the words are right."""
        return self.kept is not None and self.kept.digest != self.digest

    @property
    def text(self) -> str:
        """What the channel gets today."""
        return self.kept.text if self.kept else self.proposal


def words_of(page: Page, article: Article) -> list[Words]:
    """One for each channel, in the order of the page."""
    kept = {text.channel: text for text in ChannelText.objects.filter(page=page.pk).select_related("made_by")}
    return [words_for_channel(page, article, channel, kept.get(channel)) for channel in Channel]


def words_for_channel(page: Page, article: Article, channel: Channel, kept: ChannelText | None) -> Words:
    """What stands for this channel now."""
    proposal = propose(channel, article, address=long_address(page), short_address=short_address(page))
    script, notes = None, []
    if channel == Channel.LOUDSPEAKER:
        script = as_script(kept.text) if kept else script_of(article)
        notes = notes_on(script, article)
    return Words(channel, proposal, article.digest(channel), kept, script, tuple(notes))


def old_channels(page: Page) -> list[str]:
    """Labels of the kept words that are no longer right for the published page."""
    article = article_of(page)
    return [
        kept.get_channel_display()
        for kept in ChannelText.objects.filter(page=page.pk)
        if kept.digest != article.digest(kept.channel)
    ]


@dataclass(frozen=True)
class Wall:
    """A hanging poster, and why it should not hang as it is (“” when it is right)."""

    poster: HungPoster
    reason: str = ""
    is_to_replace: bool = False

    @property
    def verb(self) -> str:
        """What to do there."""
        return "thay" if self.is_to_replace else "gỡ"


def walls(posters: Iterable[HungPoster]) -> list[Wall]:
    """The hanging ones as they stand to their articles; those to visit come first. One query for each page type."""
    rows = list(posters)
    pages = Page.objects.filter(pk__in={row.page_id for row in rows if row.page_id}, live=True).specific()
    profile = SiteProfile.objects.first() or SiteProfile()
    articles = {page.pk: article_of(page, profile) for page in pages}
    found = [_wall(row, articles.get(row.page_id or 0)) for row in rows]
    return sorted(found, key=lambda wall: (not wall.reason, wall.poster.hung_on))


def _wall(poster: HungPoster, article: Article | None) -> Wall:
    if poster.page_id is None:
        return Wall(poster, "bài đã xóa")
    if article is None:
        return Wall(poster, "bài đã gỡ xuống")
    if article.is_over:
        return Wall(poster, "hoạt động đã qua")
    if poster.digest != article.digest(Channel.POSTER):
        return Wall(poster, "bài đã đổi", is_to_replace=True)
    return Wall(poster)


def walls_for(user: User) -> list[Wall]:
    """All hanging posters of pages that this person may change, and of pages that are gone."""
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    rows = HungPoster.objects.hanging().filter(Q(page=None) | Q(page__in=own.values("pk")))
    return walls(rows.select_related("village"))


def walls_to_visit(user: User) -> list[Wall]:
    """Of those, the ones that hang wrongly."""
    return [wall for wall in walls_for(user) if wall.reason]
