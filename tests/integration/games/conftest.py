"""Who meets the games: the same people as the register, and a family whose secret number is known."""

import pytest
from django.core.files.base import ContentFile

from portal.campaign.enums import Verdict
from portal.campaign.models import Award
from portal.campaign.services.entries import Photo
from portal.campaign.services.moderation import moderate_entry
from portal.campaign.services.results import publish_results
from portal.households.services.secret_numbers import digest_of_secret
from tests.factories.campaign import ActivityIndexPageFactory, ActivityPageFactory
from tests.factories.files import picture_bytes
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory
from tests.factories.stories import StoryIndexPageFactory
from tests.integration.games.course import STORY, drawn, send

SECRET = "123456"


@pytest.fixture
def clerk(officer):
    """The officer who works at the games' desk."""
    return officer.user


@pytest.fixture
def household(db):
    """A family whose secret number is SECRET."""
    household = HouseholdFactory(head_name="Phạm Văn Đền")
    household.secret_digest = digest_of_secret(household.code, SECRET)
    household.save()
    return household


@pytest.fixture
def won(clerk, household):
    """The only entry of a round has won, with words and a picture."""
    StoryIndexPageFactory(slug="cau-chuyen")
    round_ = RoundFactory(cashless=True, prizes=[1])
    content = {"days": {"2026-11-01": ["ma-qr"]}, "story": STORY}
    photo = Photo(ContentFile(picture_bytes(), name="anh.png"), "d" * 64)
    entry = send(round_, household, content=content, photo=photo, is_confirmed=True)
    moderate_entry(round_=round_, code=entry.code, version=1, verdict=Verdict.APPROVED, by=clerk)
    drawn(round_, clerk)
    publish_results(round_=round_, by=clerk)
    round_.refresh_from_db()
    return Award.objects.select_related("entry__round").get()


@pytest.fixture
def training():
    index = ActivityIndexPageFactory(slug="hoat-dong")
    return ActivityPageFactory(parent=index, slug="ma-vuong", title="Tập huấn mã vuông", seats=3)
