"""The column's home, standing pages, documents, alerts."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from portal.home.models import (
    AlertBanner,
    BrokenLink,
    Channel,
    ChannelText,
    DocumentIndexPage,
    DocumentPage,
    HomePage,
    HungPoster,
    StandardPage,
)
from tests.factories.core import BasePageFactory, UserFactory, a_body, found_or_made


class HomePageFactory(BasePageFactory):
    """The home page, made the root of the default site."""

    class Meta:
        model = HomePage
        skip_postgeneration_save = True

    parent = factory.LazyFunction(lambda: Page.objects.get(depth=1))
    title = "Gia đình số"
    slug = "gia-dinh-so"
    hero_text = "Tổ công nghệ số tới tận nhà."

    @factory.post_generation
    def root_of_site(self, create: bool, _extracted: object, **_kwargs: object) -> None:
        Site.objects.update_or_create(is_default_site=True, defaults={"root_page": self, "hostname": "testserver"})


class StandardPageFactory(BasePageFactory):
    class Meta:
        model = StandardPage

    parent = found_or_made(HomePageFactory)
    title = factory.Sequence(lambda number: f"Trang {number}")
    body = factory.LazyFunction(a_body)


class DocumentIndexPageFactory(BasePageFactory):
    class Meta:
        model = DocumentIndexPage

    parent = found_or_made(HomePageFactory)
    title = "Văn bản"


class DocumentPageFactory(BasePageFactory):
    """A signed plan; its number is as somebody typed it from the paper."""

    class Meta:
        model = DocumentPage

    parent = found_or_made(DocumentIndexPageFactory)
    title = factory.Sequence(lambda number: f"Kế hoạch {number}")
    number = factory.Sequence(lambda number: f"{number}/KH-UBND")
    signed_on = factory.LazyFunction(timezone.localdate)
    body = factory.LazyFunction(a_body)


class AlertBannerFactory(DjangoModelFactory):
    """An alert that shows from an hour ago until tomorrow."""

    class Meta:
        model = AlertBanner

    text = "Có cuộc gọi giả danh công an. Bà con đừng làm theo."
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class BrokenLinkFactory(DjangoModelFactory):
    """A link to a page that is gone."""

    class Meta:
        model = BrokenLink

    page = factory.SubFactory(StandardPageFactory)
    url = "/khong-con/"
    words = "xem ở đây"
    fault = "không còn trang này"
    first_missed_at = factory.LazyFunction(timezone.now)


class ChannelTextFactory(DjangoModelFactory):
    """Words for Zalo, kept when the page was another one."""

    class Meta:
        model = ChannelText

    page = factory.SubFactory("tests.factories.stories.NewsPageFactory")
    channel = Channel.ZALO
    text = "Tin cũ."
    digest = "cũ"
    made_by = factory.SubFactory(UserFactory)


class HungPosterFactory(DjangoModelFactory):
    """A sheet that hangs since yesterday and says what the page said before."""

    class Meta:
        model = HungPoster

    page = factory.SubFactory("tests.factories.stories.NewsPageFactory")
    title = "Tin trên tường"
    place = "nhà văn hóa"
    hung_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    digest = "cũ"
    noted_by = factory.SubFactory(UserFactory)
