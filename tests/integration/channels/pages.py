"""What the tests of channels start from: an activity that is to come, and its page below the desk."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from portal.home.channels.articles import article_of
from portal.home.channels.selectors import words_of
from portal.home.channels.services import keep_text
from portal.home.models import Channel, ChannelText
from tests.factories.campaign import ActivityPageFactory
from tests.factories.core import UserFactory


def an_activity(**fields):
    """Saturday morning at the village's house."""
    start = timezone.make_aware(datetime(2030, 6, 1, 8))
    return ActivityPageFactory(
        **{
            "title": "Học trả tiền bằng mã QR",
            "lead": "Tổ công nghệ số chỉ từng người.",
            "starts_at": start,
            "place": "Nhà văn hóa thôn",
            "audience": "Mọi nhà",
            "bring": "Điện thoại đã sạc",
            **fields,
        }
    )


def address_of(page, name="page", *args):
    return reverse(f"channels:{name}", args=[page.pk, *args])


def kept_everywhere(page):
    """All channels of the page, kept as they are proposed."""
    article, by = article_of(page), UserFactory()
    for words in words_of(page, article):
        keep_text(page=page, channel=words.channel, text=words.text, article=article, digest=words.digest, by=by)


def old_ones(page):
    """Which channels are out of date, as the page stands in the database."""
    page = type(page).objects.get(pk=page.pk)
    return {words.channel for words in words_of(page, article_of(page)) if words.is_old}


def kept(page, channel=Channel.ZALO):
    return ChannelText.objects.get(page=page.pk, channel=channel)


def publish(page, **fields):
    """As an editor publishes a change."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
