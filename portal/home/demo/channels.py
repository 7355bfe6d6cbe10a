"""Channels of the sample: one activity whose words are kept and whose posters hang, one news whose words are old."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from wagtail.models import Page

from portal.core.models import User
from portal.home.channels.articles import article_of
from portal.home.channels.selectors import words_of
from portal.home.channels.services import hang_poster, keep_text, take_down_poster
from portal.home.models import Channel
from portal.households.models import Village

KEPT, CHANGED = "hoat-dong/diem-giup-thon-6", "tin-tuc/gia-cong-an-goi-bao-cap-nhat-vneid"
#: (thôn, place, hung so many days ago, still there)
WALLS = (
    (6, "cửa nhà văn hóa thôn", 6, True),
    (6, "quán đầu dốc (mẫu)", 6, True),
    (5, "cửa nhà văn hóa thôn", 5, False),
)


def add_channels(pages: Mapping[str, int], villages: Mapping[int, Village], today: date, by: User) -> None:
    """As an editor leaves them on an ordinary week."""
    activity = _specific(pages[KEPT])
    article = article_of(activity)
    for words in words_of(activity, article):
        keep_text(page=activity, channel=words.channel, text=words.text, article=article, digest=words.digest, by=by)
    for number, place, days, is_there in WALLS:
        hung_on = today - timedelta(days=days)
        row = hang_poster(page=activity, article=article, village=villages[number], place=place, hung_on=hung_on, by=by)
        if not is_there:
            take_down_poster(poster=row, day=today - timedelta(days=1), by=by)
    _add_old(_specific(pages[CHANGED]), villages, today, by)


def _add_old(news: Any, villages: Mapping[int, Village], today: date, by: User) -> None:
    """Kept while the news still began in another way."""
    before = replace(article_of(news), lead="Có kẻ gọi điện giả công an. Bà con đừng bấm đường link.")
    for words in words_of(news, before):
        if words.channel in (Channel.ZALO, Channel.POSTER):
            keep_text(page=news, channel=words.channel, text=words.text, article=before, digest=words.digest, by=by)
    hung_on = today - timedelta(days=2)
    hang_poster(page=news, article=before, village=villages[3], place="cửa nhà văn hóa thôn", hung_on=hung_on, by=by)


def _specific(pk: int) -> Any:
    return Page.objects.get(pk=pk).specific
