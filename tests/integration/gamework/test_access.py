"""Every address of the work around the games says who may enter, and keeps all others out."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from portal.campaign import urls_paper, urls_prizes
from portal.campaign.enums import Ranking
from portal.core.private_files import keep_private
from tests.factories.core import UserFactory
from tests.factories.files import picture_bytes
from tests.factories.games import (
    AwardFactory,
    EntryFactory,
    EntryPhotoFactory,
    EntrySheetFactory,
    HandoverFactory,
    KnownScamFactory,
    ModerationFactory,
    OfficialMessageFactory,
    SponsorshipFactory,
)
from tests.factories.households import VillageFactory
from tests.integration.register.test_access_matrix import MATRIX as REGISTER
from tests.integration.register.test_access_matrix import STAFF, guard_of

pytestmark = pytest.mark.django_db

#: Nobody judges by role: an account does that is named for a round.
MATRIX = {**REGISTER, "is_judge": set()}
URLCONFS = (urls_paper, urls_prizes)
ROUTES = [(urlconf.app_name, pattern) for urlconf in URLCONFS for pattern in urlconf.urlpatterns]
GUARDED = [(room, pattern) for room, pattern in ROUTES if guard_of(pattern) != "public"]


@pytest.mark.parametrize(("room", "pattern"), ROUTES, ids=lambda value: getattr(value, "name", value))
def test_every_route_has_a_rule(room, pattern):
    assert guard_of(pattern) in MATRIX, f"{room}:{pattern.name} says nobody who may enter"


@pytest.fixture(scope="module")
def village(written_once):
    """The team's own."""
    return VillageFactory(name="Thôn A (mẫu)", number=1)


@pytest.fixture(scope="module")
def prize(village):
    """Won by a family of the team's own village, its signed receipt on file."""
    winner = EntryFactory(village=village, round__results_at=timezone.now(), round__results_by=UserFactory())
    paper = keep_private(ContentFile(picture_bytes(), name="bien-nhan.png"), folder="minigame")
    award = AwardFactory(entry=winner, prize=winner.round.prizes.first())
    said = HandoverFactory(award=award, receipt_name=paper)
    return {"pk": winner.round_id, "award": award.pk, "said": said.pk}


@pytest.fixture(scope="module")
def address(prize):
    """Of real things, so that a 404 is the guard's word and not a missing row's."""
    sheet = EntrySheetFactory(round__ranking=Ranking.JUDGED)
    picture = keep_private(ContentFile(picture_bytes(), name="anh.png"), folder="minigame")
    entry = EntryFactory()
    given = {
        "code": sheet.code,
        "pk": sheet.round_id,
        "said": ModerationFactory(code=entry.code, round=entry.round).pk,
        "photo": EntryPhotoFactory(entry=entry, name=picture).pk,
        "number": 1,
        "scam": KnownScamFactory().pk,
        "line": SponsorshipFactory(receipt_name=picture).pk,
        "kind": "nhan",
    }
    prizes = {"handover", "handover_paper", "prize", "missed", "correct", "receipt"}
    message = {"code": OfficialMessageFactory().code}

    def found(room, pattern):
        own = prize if pattern.name in prizes and room == "gameprizes" else message if pattern.name == "message" else {}
        values = {**given, **own}
        return reverse(f"{room}:{pattern.name}", kwargs={name: values[name] for name in pattern.pattern.converters})

    return found


@pytest.mark.parametrize(("room", "pattern"), GUARDED, ids=lambda value: getattr(value, "name", value))
def test_route_answers_only_those_whom_its_rule_names(room, pattern, address, request, client):
    place = address(room, pattern)
    for ask in (client.get, client.post):
        stranger = ask(place)
        assert stranger.status_code == 302
        assert stranger.headers["Location"].startswith("/quan-tri/login/")
    for role in STAFF:
        browser = request.getfixturevalue(role)
        is_let_in = role in MATRIX[guard_of(pattern)]
        codes = {ask(place).status_code for ask in (browser.get, browser.post)}
        assert (codes == {404}) is not is_let_in, (role, place, codes)


@pytest.mark.parametrize(("room", "pattern"), GUARDED, ids=lambda value: getattr(value, "name", value))
def test_nothing_of_it_may_be_kept_on_the_way(room, pattern, address, request):
    for role in MATRIX[guard_of(pattern)]:
        answer = request.getfixturevalue(role).get(address(room, pattern))
        assert answer.headers["Cache-Control"] == "private, no-store"
