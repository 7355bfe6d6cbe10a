"""Private numbers stop a page on every way to the public, and pass only with a reason that is logged."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

from portal.core.models import AuditEntry, SiteProfile
from portal.households.permissions import TEAM_GROUP
from portal.stories.models import StoryPage
from tests.desks import desk_of
from tests.factories.core import PortalImageFactory
from tests.factories.stories import StoryPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lenient_templates")]
PHONE = "0905 123 456"
WITH_PHONE = streamfield([("heading", "Hỏi ai"), ("text", rich_text(f"<p>Gọi <b>bà Lan</b> {PHONE}.</p>"))])
SENTENCE = f"Chỗ này có số “{PHONE}”, giống số điện thoại."


@pytest.fixture
def send(stories, story_form):
    """Send the form of a new story with one of the editor's buttons."""

    def press(desk, button="", **fields) -> str:
        address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
        buttons = {button: "1"} if button else {}
        return desk.post(address, {**story_form(**fields), **buttons}, follow=True).content.decode()

    return press


@pytest.fixture
def draft() -> StoryPage:
    """Written by somebody, with a phone number in it."""
    page = StoryPageFactory(draft=True)
    page.lead = f"Gọi {PHONE}"
    page.save_revision()
    return page


def test_draft_may_hold_anything(send, editor):
    send(editor, body=WITH_PHONE)
    assert StoryPage.objects.get().latest_revision is not None
    assert not AuditEntry.objects.filter(action="page.numbers_allowed").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"title": f"Gọi {PHONE}"},
        {"lead": f"Gọi {PHONE}"},
        {"body": WITH_PHONE},
        {"body": streamfield([("heading", PHONE)])},
        {"body": streamfield([("quote", {"text": PHONE, "who": ""})])},
        {"body": streamfield([("quote", {"text": "Tôi", "who": PHONE})])},
        {"body": streamfield([("note", {"tone": "info", "text": rich_text(f"<p>{PHONE}</p>")})])},
        {"body": streamfield([("text", rich_text(f'<p><a href="tel:{PHONE}">gọi</a></p>'))])},
        {"picture_alt": PHONE},
        {"author_name": PHONE},
        {"household_words": PHONE},
        {"correction_note": PHONE},
        {"seo_title": PHONE},
        {"search_description": PHONE},
    ],
    ids=str,
)
@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_number_stops_the_page_wherever_it_stands(send, reviewer, fields, button):
    answer = send(reviewer, button, **fields)
    assert not StoryPage.objects.exists()
    assert f"{PHONE}”, giống số điện thoại" in answer or "0905 123 456\\u201d, gi\\u1ed1ng" in answer
    assert "Vì sao vẫn đăng số này" in answer


def test_number_in_a_caption_of_a_picture_stops_the_page(send, reviewer):
    image = PortalImageFactory()
    picture = {"image": {"image": image.pk, "alt_text": "Bà Lan", "decorative": ""}, "caption": f"Bà Lan, {PHONE}"}
    send(reviewer, "action-publish", body=streamfield([("picture", picture)]))
    assert not StoryPage.objects.exists()


def test_picture_named_after_a_person_stops_the_page(send, reviewer):
    image = PortalImageFactory(title="CCCD 051090001234")
    answer = send(reviewer, "action-publish", picture=str(image.pk))
    assert "Tên ảnh hoặc tên tệp có số “051090001234”, giống số căn cước." in answer
    assert not StoryPage.objects.exists()


def test_page_with_days_prices_and_marks_of_documents_is_published(send, reviewer):
    text = "Theo 16/KH-UBND ngày 05/02/2026, giải nhất 5.000.000 đồng, gọi 113 hoặc 1022. Mã hộ BT-0001D."
    send(reviewer, "action-publish", body=streamfield([("text", rich_text(f"<p>{text}</p>"))]))
    assert StoryPage.objects.get().live


def test_number_of_the_commune_is_published(send, reviewer, stories):
    profile = SiteProfile.for_site(stories.get_site())
    profile.hotline = f"{PHONE} – 0255 3851 234"
    profile.save()
    send(reviewer, "action-publish", body=WITH_PHONE)
    assert StoryPage.objects.get().live


def test_number_passes_with_a_reason_that_is_logged_without_the_number(send, reviewer):
    send(reviewer, "action-publish", body=WITH_PHONE, numbers_reason="Số của trạm y tế, trạm cho đăng.")
    page = StoryPage.objects.get()
    assert page.live
    line = AuditEntry.objects.get(action="page.numbers_allowed")
    assert (line.by, line.reason) == (reviewer.user, "Số của trạm y tế, trạm cho đăng.")
    assert line.data["kinds"] == ["số điện thoại"]
    assert line.data["places"] == ["nội dung, khối 2 (đoạn chữ)"]
    assert "905" not in str(line.data["digests"] + [line.reason])


def test_number_that_passed_once_is_not_asked_about_again_but_another_one_is(send, reviewer, story_form):
    send(reviewer, "action-publish", body=WITH_PHONE, numbers_reason="Số của trạm y tế, trạm cho đăng.")
    page = StoryPage.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    publish = {"action-publish": "1"}
    reviewer.post(edit, {**story_form(body=WITH_PHONE, title="Lần hai"), **publish})
    page.refresh_from_db()
    assert page.title == "Lần hai"
    more = streamfield([("text", rich_text(f"<p>{PHONE}, 0356 789 123</p>"))])
    answer = reviewer.post(edit, {**story_form(body=more, title="Lần ba"), **publish}).content.decode()
    page.refresh_from_db()
    assert page.title == "Lần hai"
    assert "0356 789 123" in answer


@pytest.mark.parametrize("reason", ["", "ừ"])
def test_no_reason_is_no_reason(send, reviewer, reason):
    send(reviewer, "action-publish", body=WITH_PHONE, numbers_reason=reason)
    assert not StoryPage.objects.exists()
    assert not AuditEntry.objects.filter(action="page.numbers_allowed").exists()


def test_scheduling_is_publishing(send, reviewer):
    send(reviewer, "action-publish", body=WITH_PHONE, go_live_at="05/01/2027 09:00")
    assert not StoryPage.objects.exists()


def test_editor_who_may_not_publish_keeps_a_draft(send, editor):
    """Wagtail takes a forged button for “save as draft”; so do we."""
    send(editor, "action-publish", body=WITH_PHONE)
    assert not StoryPage.objects.get().live


def act(desk, page, action):
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return desk.post(address, {"comment": "Xóa số đi"}, follow=True)


def test_approving_beside_the_preview_stops_too(draft, editor, reviewer):
    draft.get_workflow().start(draft, editor.user)
    answer = act(reviewer, draft, "approve").content.decode()
    draft.refresh_from_db()
    assert not draft.live
    assert draft.workflow_in_progress
    assert f"còn số điện thoại “{PHONE}” (tóm tắt)" in answer


def test_sending_back_is_always_possible(draft, editor, reviewer):
    draft.get_workflow().start(draft, editor.user)
    act(reviewer, draft, "reject")
    assert not draft.workflow_in_progress


@pytest.mark.parametrize("who", ["stranger", "team", "editor"])
def test_approving_is_the_reviewers(draft, editor, stranger, who):
    draft.get_workflow().start(draft, editor.user)
    desk = {"stranger": stranger, "team": desk_of(TEAM_GROUP, full_name="Phạm Thị Phúc"), "editor": editor}[who]
    state = draft.current_workflow_task_state
    act(desk, draft, "approve")
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_publishing_from_a_list_stops_too(draft, reviewer):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    reviewer.post(f"{address}?id={draft.pk}", {"include_descendants": ""}, follow=True)
    draft.refresh_from_db()
    assert not draft.live


def test_publishing_a_section_from_a_list_stops_at_what_is_below(draft, reviewer):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    reviewer.post(f"{address}?id={draft.get_parent().pk}", {"include_descendants": "on"}, follow=True)
    draft.refresh_from_db()
    assert not draft.live
