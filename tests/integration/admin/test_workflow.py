"""From the editor's first word to the public page, by way of the reviewer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import streamfield

from portal.home.desk.waiting import jobs_for
from portal.stories.models import StoryPage
from tests.factories.stories import StoryPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lenient_templates")]
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def submitted(editor, stories, story_form) -> StoryPage:
    address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
    response = editor.post(address, {**story_form(), "action-submit": "1"}, follow=True)
    assert "đã tạo và gửi duyệt" in response.content.decode()
    return StoryPage.objects.get()


def act(desk, page, action, **fields):
    state = page.current_workflow_task_state
    return desk.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]), fields, follow=True
    )


def test_approved_story_is_public_at_once(submitted, reviewer, stranger):
    assert stranger.get(submitted.url).status_code == 404
    act(reviewer, submitted, "approve")
    submitted.refresh_from_db()
    assert submitted.live
    assert "Bà Y Lan" in stranger.get(submitted.url).content.decode()
    assert jobs_for(reviewer.user) == []


def test_story_keeps_its_letters_in_the_address(submitted):
    assert submitted.slug == "ba-y-lan-ban-ca-phe-bang-ma-qr"


def test_story_sent_back_returns_to_its_editor_with_the_reason(submitted, editor, reviewer):
    act(reviewer, submitted, "reject", comment="Ghi rõ ngày.")
    shown = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Cần sửa: “Ghi rõ ngày.”" in shown
    assert jobs_for(reviewer.user) == []


def test_editor_cannot_approve_own_story(submitted, editor):
    act(editor, submitted, "approve")
    submitted.refresh_from_db()
    assert not submitted.live


def test_editor_cannot_change_a_story_under_review(submitted, editor, story_form):
    editor.post(reverse("wagtailadmin_pages:edit", args=[submitted.pk]), story_form(title="Đổi lúc đang duyệt"))
    assert submitted.get_latest_revision_as_object().title == "Bà Y Lan bán cà phê bằng mã QR"


def test_scheduled_story_goes_live_at_the_minute_of_vietnam_time(reviewer, stories, story_form, stranger, time_machine):
    nine = datetime(2027, 1, 5, 9, 0, tzinfo=VIETNAM)
    time_machine.move_to(nine - timedelta(days=1), tick=False)
    reviewer.force_login(reviewer.user)
    address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
    form = story_form(published_on="05/01/2027", go_live_at="05/01/2027 09:00")
    reviewer.post(address, {**form, "action-publish": "1"})
    page = StoryPage.objects.get()
    assert page.scheduled_revision.approved_go_live_at == nine
    time_machine.move_to(nine - timedelta(seconds=1), tick=False)
    call_command("publish_scheduled")
    assert stranger.get(page.url).status_code == 404
    time_machine.move_to(nine + timedelta(milliseconds=200), tick=False)
    call_command("publish_scheduled")
    assert stranger.get(page.url).status_code == 200


def test_older_version_is_compared_and_restored(editor, story_form):
    page = StoryPageFactory(title="Bản đầu", draft=True, owner=editor.user)
    first = page.save_revision(user=editor.user)
    page.title = "Bản hai"
    second = page.save_revision(user=editor.user)
    compared = editor.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    ).content.decode()
    assert "So sánh" in compared
    shown = editor.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])).content.decode()
    assert "Đang mở một phiên bản cũ của trang này" in shown
    assert "Thay bản nháp đang có" in shown


def test_autosave_keeps_a_draft_that_is_hardly_begun(editor, stories, story_form):
    """Wagtail saves by itself half a second after the last key."""
    address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
    answer = editor.post(
        address, story_form(lead="", household_words="", body=streamfield([])), headers={"accept": "application/json"}
    ).json()
    assert answer["success"] is True
    page = StoryPage.objects.get()
    assert not page.live
    assert page.latest_revision.created_at <= timezone.now()
