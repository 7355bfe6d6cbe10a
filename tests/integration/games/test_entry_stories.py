"""A winning entry becomes the draft of a story: with its source, and only as far as the family allows it."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from portal.campaign.enums import Verdict
from portal.campaign.models import Award, Entry, StoryDraft
from portal.campaign.services.moderation import moderate_entry
from portal.campaign.services.results import publish_results
from portal.core.models import PortalImage
from portal.core.models.audit import AuditEntry
from portal.households.enums import ConsentMeans, Purpose
from portal.households.services.consents import Saying, record_consents
from portal.stories.models import StoryPage
from tests.factories.games import RoundFactory
from tests.factories.stored import stored_words
from tests.factories.stories import StoryIndexPageFactory
from tests.integration.games.course import STORY, drawn, send
from tests.integration.games.phone import text_of
from tests.integration.games.test_erasing import leave

pytestmark = pytest.mark.django_db

ALT = "Một bà cụ cầm điện thoại bên sạp rau"


def say(household, is_granted=True, *purposes):
    sayings = [Saying(purpose, is_granted) for purpose in purposes or (Purpose.STORY, Purpose.PHOTO)]
    record_consents(household=household, sayings=sayings, means=ConsentMeans.SIGNED, by=None)


def address_of(award, code=""):
    return f"/quan-tri/minigame/cau-chuyen/{award.entry.round_id}/" + (f"{code}/" if code else "")


def make(desk, award, alt_text=ALT):
    code = award.entry.code
    return desk.post(address_of(award, code), {f"{code}-alt_text": alt_text}, follow=True)


def page_of(desk, award):
    return text_of(desk.get(address_of(award)))


def test_draft_holds_the_familys_sentences_picture_and_source(officer, household, won):
    say(household)
    page = page_of(officer, won)
    assert "Gia đình cho đăng câu chuyện" in page
    assert "Cho đăng cả ảnh." in page
    assert "Bản nháp “Một gia đình kể" in text_of(make(officer, won))
    story, image = StoryPage.objects.get(), PortalImage.objects.get()
    assert not story.live
    assert story.body.raw_data[0]["value"] == (
        "<p>Bà ngoại bán rau &lt;ở chợ&gt;.</p><p>Con quét mã, bà nghe loa báo tiền.</p>"
    )
    assert (story.picture, story.picture_alt, image.description) == (image, ALT, ALT)
    assert story.village == household.village
    assert household.head_name not in str(story.latest_revision.content)
    draft = StoryDraft.objects.get()
    assert (draft.code, draft.round, draft.household) == (won.entry.code, won.entry.round, household)
    assert AuditEntry.objects.filter(action="story.draft", subject=won.entry.code).exists()


def test_pressed_twice_it_is_one_draft(officer, household, won):
    say(household)
    make(officer, won)
    make(officer, won)
    assert StoryPage.objects.count() == PortalImage.objects.count() == 1
    assert "Đã có bản nháp" in page_of(officer, won)
    assert "Lập bản nháp câu chuyện từ" not in page_of(officer, won)


def test_draft_that_was_thrown_away_can_be_made_again(officer, household, won):
    say(household)
    make(officer, won)
    StoryPage.objects.get().delete()
    make(officer, won)
    assert StoryDraft.objects.get().page == StoryPage.objects.get().page_ptr


def test_picture_is_described_before_it_is_copied(officer, household, won):
    say(household)
    page = make(officer, won, alt_text="")
    assert page.status_code == 422
    assert "Xin điền trong ảnh có gì" in text_of(page)
    assert not StoryPage.objects.exists()


def test_picture_stays_private_without_consent_of_its_own(officer, household, won):
    say(household, True, Purpose.STORY)
    assert "ảnh không chép theo" in page_of(officer, won)
    make(officer, won, alt_text="")
    assert StoryPage.objects.get().picture is None
    assert not PortalImage.objects.exists()


def test_without_consent_there_is_a_reason_and_no_button(officer, household, won):
    page = page_of(officer, won)
    assert "chưa nói có cho đăng câu chuyện hay không" in page
    assert "Ghi sự đồng ý" in page
    assert "Lập bản nháp" not in page
    assert "chưa nói" in text_of(make(officer, won))
    say(household, False)
    assert "Gia đình không cho đăng câu chuyện (nói ngày" in page_of(officer, won)
    make(officer, won)
    assert not StoryPage.objects.exists()


def test_nobodys_entry_and_wordless_entry_say_why(officer, household, clerk):
    StoryIndexPageFactory(slug="cau-chuyen")
    round_ = RoundFactory(prizes=[1])
    send(round_, household)
    drawn(round_, clerk)
    publish_results(round_=round_, by=clerk)
    assert "Bài này không có lời kể" in page_of(officer, Award.objects.get())
    guessed = RoundFactory(cashless=True, prizes=[1])
    entry = send(guessed, household, content={"days": {}, "story": STORY})
    moderate_entry(round_=guessed, code=entry.code, version=1, verdict=Verdict.APPROVED, by=clerk)
    drawn(guessed, clerk)
    publish_results(round_=guessed, by=clerk)
    assert "Chưa chắc bài của hộ nào" in page_of(officer, Award.objects.get(entry=entry))


def publish(household, won, officer):
    say(household)
    make(officer, won)
    StoryPage.objects.get().latest_revision.publish()
    assert StoryPage.objects.get().live


@pytest.mark.parametrize("purpose", [Purpose.STORY, Purpose.PHOTO])
def test_change_of_mind_takes_the_story_down(
    officer, household, won, client, purpose, django_capture_on_commit_callbacks
):
    publish(household, won, officer)
    url = StoryPage.objects.get().url
    assert "bà nghe loa báo tiền" in text_of(client.get(url))
    with django_capture_on_commit_callbacks(execute=True):
        say(household, False, purpose)
    assert client.get(url).status_code == 404
    assert PortalImage.objects.exists() == (purpose == Purpose.STORY)
    assert AuditEntry.objects.filter(action="story.take_down").exists()


def test_no_other_purpose_and_no_other_family_touches_it(officer, household, won):
    publish(household, won, officer)
    say(household, False, Purpose.FACEBOOK)
    assert StoryPage.objects.get().live


def test_clock_does_not_publish_against_the_familys_word(officer, household, won):
    say(household)
    make(officer, won)
    say(household, False, Purpose.STORY)
    StoryPage.objects.get().latest_revision.publish()
    assert not StoryPage.objects.get().live


# Wagtail leaves the files of renditions to the garbage collector.
@pytest.mark.filterwarnings("ignore:(?i)unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_editor_reads_the_source_and_cannot_publish_unallowed(officer, household, won, admin_client):
    say(household)
    make(officer, won)
    story = StoryPage.objects.get()
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert f"Câu chuyện này lập từ bài {won.entry.code}" in text_of(admin_client.get(address))
    say(household, False, Purpose.STORY)
    assert "thôi đồng ý" in text_of(admin_client.get(address))
    form = {"title": "Bà ngoại quét mã", "slug": "ba-ngoai", "action-publish": "1", "body-count": "0"}
    admin_client.post(address, {**form, "recordings-count": "0", "published_on": "26/11/2026"})
    assert not StoryPage.objects.get().live


def test_family_that_leaves_takes_story_and_picture_along(officer, household, won, django_capture_on_commit_callbacks):
    publish(household, won, officer)
    told = text_of(officer.get(reverse("office:household", args=[household.code])))
    assert f"từ bài {won.entry.code}, đang đăng" in told
    number = StoryPage.objects.get().pk
    with django_capture_on_commit_callbacks(execute=True):
        leave(officer, household)
    assert not StoryPage.objects.exists()
    assert not PortalImage.objects.exists()
    assert not StoryDraft.objects.exists()
    assert not PageLogEntry.objects.filter(page=number).exists()
    assert stored_words("bà nghe loa báo tiền") == []


def test_stories_are_the_officers_work(won, household, team_member, colleague, stranger):
    say(household)
    photo = f"{address_of(won)}anh/{won.entry.photos.get().pk}/"
    for desk in (team_member, colleague):
        assert desk.get(address_of(won)).status_code == 404
        assert desk.get(photo).status_code == 404
        assert make(desk, won).status_code == 404
    assert stranger.get(photo).status_code == 302
    assert not StoryPage.objects.exists()


def test_results_lead_there_once_they_are_out(officer, won):
    results = officer.get(f"/quan-tri/minigame/vong/{won.entry.round_id}/ket-qua/")
    assert "Lập câu chuyện từ bài được thưởng" in text_of(results)
    assert officer.get(f"/quan-tri/minigame/cau-chuyen/{RoundFactory().pk}/").status_code == 404
    assert Entry.objects.count() == 1
