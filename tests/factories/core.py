"""Staff, media library, profile, and what all pages have in common."""

import factory
import wagtail_factories
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Site
from wagtail.rich_text import RichText

from portal.core.models import (
    PageReads,
    PlainWord,
    PortalDocument,
    PortalImage,
    PortalRendition,
    Recording,
    ReviewLimit,
    SiteProfile,
    User,
)
from tests.factories.files import pdf_bytes, picture_bytes, silent_mp3

PASSWORD = "Mật khẩu để thử 2026"


def a_body(words: str = "Bà con làm theo từng bước.") -> list[tuple[str, RichText]]:
    """The body of an article: one paragraph."""
    return [("text", RichText(f"<p>{words}</p>"))]


class UserFactory(DjangoModelFactory):
    """A member of staff without any right, unless `groups` names some."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        is_admin = factory.Trait(is_superuser=True)

    username = factory.Sequence(lambda number: f"can-bo-{number}")
    full_name = factory.Sequence(lambda number: f"Cán bộ {number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.vn")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def groups(self, create: bool, names: list[str] | None, **_kwargs: object) -> None:
        if create and names:
            self.groups.set(Group.objects.filter(name__in=names))


class PortalImageFactory(DjangoModelFactory):
    """A picture of the library."""

    class Meta:
        model = PortalImage

    title = factory.Sequence(lambda number: f"Ảnh {number}")
    description = "Bà con xem điện thoại"
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.LazyFunction(lambda: ContentFile(picture_bytes(), name="anh.png"))


class PortalRenditionFactory(DjangoModelFactory):
    """A picture in one size."""

    class Meta:
        model = PortalRendition

    image = factory.SubFactory(PortalImageFactory)
    filter_spec = "width-32"
    file = factory.LazyFunction(lambda: ContentFile(picture_bytes(32, 24), name="anh.width-32.png"))
    width = 32
    height = 24


class PortalDocumentFactory(DjangoModelFactory):
    """A file to take home."""

    class Meta:
        model = PortalDocument

    title = factory.Sequence(lambda number: f"Tài liệu {number}")
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.LazyFunction(lambda: ContentFile(pdf_bytes(), name="tai-lieu.pdf"))


class RecordingFactory(DjangoModelFactory):
    """A recording of two seconds."""

    class Meta:
        model = Recording

    class Params:
        in_hre = factory.Trait(language="hre")

    title = factory.Sequence(lambda number: f"Bản ghi {number}")
    file = factory.LazyFunction(lambda: ContentFile(silent_mp3(), name="ban-ghi.mp3"))
    transcript = "Kính thưa bà con."


class SiteProfileFactory(DjangoModelFactory):
    """What the office filled in about itself; one per site."""

    class Meta:
        model = SiteProfile
        django_get_or_create = ("site",)

    site = factory.LazyFunction(lambda: Site.objects.get(is_default_site=True))


class BasePageFactory(wagtail_factories.PageFactory):
    """A published page. It stands where it belongs: a missing parent is found or made."""

    class Meta:
        abstract = True

    slug = ""  # the page makes its own from the title
    lead = "Nói ngay điều chính."
    first_published_at = factory.LazyFunction(timezone.now)
    last_published_at = factory.SelfAttribute("first_published_at")

    class Params:
        draft = factory.Trait(live=False, first_published_at=None, last_published_at=None)


def found_or_made(page_factory: type[BasePageFactory]) -> factory.LazyFunction:
    """The parent of a page: the one that is there, or a new one."""
    return factory.LazyFunction(lambda: page_factory._meta.model.objects.first() or page_factory())


class PlainWordFactory(DjangoModelFactory):
    """An office word that the usual list does not have."""

    class Meta:
        model = PlainWord

    office = factory.Sequence(lambda number: f"tổ chức hóa {number}")
    plain = "làm"


class ReviewLimitFactory(DjangoModelFactory):
    """The limit of news; the usual ones come with the migrations."""

    class Meta:
        model = ReviewLimit
        django_get_or_create = ("page_type",)

    page_type = ReviewLimit.PageType.NEWS
    days = 60


class PageReadsFactory(DjangoModelFactory):
    """A page that was opened today."""

    class Meta:
        model = PageReads

    page = factory.SubFactory("tests.factories.stories.NewsPageFactory")
    day = factory.LazyFunction(timezone.localdate)
    count = 1
