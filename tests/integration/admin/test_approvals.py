"""The Chair reads and approves on a phone, without an account, by a link that serves once (row E2)."""

import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.rich_text import RichText

from portal.core.logs import JsonFormatter
from portal.core.models import AuditEntry
from portal.home.approvals.services import LinkGone, decide, open_link
from portal.home.models import ApprovalLink, Approver
from portal.households.permissions import OFFICER_GROUP, TEAM_GROUP
from portal.stories.models import StoryPage
from tests.factories.approvals import CODE, ApproverFactory
from tests.factories.stories import StoryPageFactory
from tests.integration.admin.conftest import desk_of
from tests.integration.register.public_forms import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lenient_templates")]
AGREE, NOT_YET = {"decision": "dong-y", "code": CODE}, {"decision": "chua", "code": CODE}


@pytest.fixture
def chair(db) -> Approver:
    return ApproverFactory()


@pytest.fixture
def story(editor, stories) -> StoryPage:
    page = StoryPageFactory(parent=stories, title="Bà Y Lan bán cà phê", draft=True, owner=editor.user)
    page.save_revision(user=editor.user)
    return StoryPage.objects.get(pk=page.pk)


def ask(desk, page, chair, days=3):
    return desk.post(reverse("approvals:ask", args=[page.pk]), {"approver": chair.pk, "days": days})


def address_in(answer) -> str:
    return re.search(r"(/duyet/[\w-]+/)", answer.content.decode()).group(1)


@pytest.fixture
def address(editor, story, chair) -> str:
    return address_in(ask(editor, story, chair))


@pytest.fixture
def phone() -> Client:
    return Client()


def is_live(story) -> bool:
    return StoryPage.objects.get(pk=story.pk).live


class TestReading:
    def test_draft_is_shown_as_everybody_would_see_it_with_the_question(self, address, phone, story):
        answer = phone.get(address)
        text = text_of(answer)
        assert story.title in text
        assert "Bản nháp, chưa đăng." in text
        assert "Bà Phạm Thị Sương, Chủ tịch Ủy ban nhân dân xã" in text
        assert "Đồng ý đăng" in text
        assert not answer.cookies

    def test_previews_and_repeated_reading_decide_nothing(self, address, phone, story):
        for _time in range(3):
            assert phone.get(address).status_code == 200
            assert phone.head(address).status_code == 200
        assert not is_live(story)
        assert ApprovalLink.objects.get().decision == ""

    def test_address_leaks_nowhere(self, address, phone, story):
        answer = phone.get(address)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
        token = address.split("/")[2]
        page = answer.content.decode()
        assert token not in page, "no part of the page hands it on"
        assert story.title not in re.search(r"<head>.*</head>", page, re.DOTALL).group(), "previews read the head"
        stored = [str(value) for row in ApprovalLink.objects.values() for value in row.values()]
        assert not [value for value in stored if token in value]

    def test_log_names_the_route_alone(self, address, phone, caplog):
        with caplog.at_level("INFO", logger="portal.access"):
            phone.get(address)
            phone.get("/duyet/khong-co/")
        lines = [json.loads(JsonFormatter().format(record)) for record in caplog.records]
        assert {line["route"] for line in lines if line["logger"] == "portal.access"} == {"duyet/<str:token>/"}
        assert not [line for line in lines if address.split("/")[2] in str(line) or "khong-co" in str(line)]


class TestDecision:
    def test_yes_publishes_is_logged_and_told_to_the_editor(self, address, phone, story, editor, chair):
        text = text_of(phone.post(address, AGREE))
        assert "Đã ghi: đồng ý đăng." in text
        assert is_live(story)
        link = ApprovalLink.objects.get()
        assert (link.decision, link.approver) == ("dong-y", chair)
        state = TaskState.objects.get()
        assert (state.status, state.finished_by) == ("approved", None)
        assert "Bà Phạm Thị Sương, Chủ tịch" in state.comment
        line = AuditEntry.objects.get(action="page.link_decide")
        assert line.data == {
            "link": link.pk,
            "approver": chair.pk,
            "revision": link.revision_digest,
            "decision": "dong-y",
        }
        call_command("check_audit")
        home = editor.get(reverse("wagtailadmin_home")).content.decode()
        assert "Trả lời qua đường dẫn duyệt" in home
        assert "đồng ý, đã duyệt" in home

    def test_not_yet_goes_back_with_the_reason(self, address, phone, story, editor):
        assert "Xin viết một câu" in text_of(phone.post(address, NOT_YET))
        text = text_of(phone.post(address, {**NOT_YET, "reason": "Ghi rõ ngày."}))
        assert "Đã ghi: chưa đồng ý." in text
        assert not is_live(story)
        assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
        assert "Ghi rõ ngày." in editor.get(reverse("wagtailadmin_home")).content.decode()

    @pytest.mark.parametrize("code", ["", "000000", "48291", "x"])
    def test_without_the_code_nothing_is_decided(self, address, phone, story, code):
        assert phone.post(address, {**AGREE, "code": code}).status_code == 200
        assert not is_live(story)

    def test_code_may_be_typed_with_a_blank(self, address, phone, story):
        phone.post(address, {**AGREE, "code": f" {CODE[:3]} {CODE[3:]}"})
        assert is_live(story)

    def test_five_wrong_codes_end_the_link(self, address, phone, story):
        texts = [text_of(phone.post(address, {**AGREE, "code": "000000"})) for _try in range(5)]
        assert "Còn 4 lần." in texts[0]
        assert phone.post(address, AGREE).status_code == 404
        assert not is_live(story)

    def test_wrong_codes_on_many_links_lock_the_approver(self, phone, story, editor, chair):
        for _link in range(2):
            address = address_in(ask(editor, story, chair))
            for _try in range(5):
                phone.post(address, {**AGREE, "code": "000000"})
        assert "chưa có mã duyệt" not in text_of(ask(editor, story, chair))
        assert Approver.objects.get().is_locked
        assert not Approver.objects.ready().exists()

    def test_decided_meanwhile_is_refused_by_the_row_itself(self, address, story):
        link = open_link(address.split("/")[2])
        decide(link=link, code=CODE, agrees=False, reason="Chưa")
        with pytest.raises(LinkGone):
            decide(link=link, code=CODE, agrees=True)
        assert not is_live(story)


class TestChecks:
    def test_private_number_is_refused_when_asking(self, editor, story, chair):
        story.body = [("text", RichText("<p>Gọi bà theo số 0356 123 456.</p>"))]
        story.save_revision(user=editor.user)
        answer = ask(editor, StoryPage.objects.get(pk=story.pk), chair)
        assert "Bài chưa gửi được." in text_of(answer)
        assert not ApprovalLink.objects.exists()

    def test_link_broken_since_then_stops_and_goes_back_to_the_editor(self, editor, story, chair, phone, stories):
        other = StoryPageFactory(parent=stories, title="Bài kia")
        story.body = [("text", RichText(f'<p><a linktype="page" id="{other.pk}">Xem bài kia</a></p>'))]
        story.save_revision(user=editor.user)
        address = address_in(ask(editor, StoryPage.objects.get(pk=story.pk), chair))
        other.delete()
        text = text_of(phone.post(address, AGREE))
        assert "Bài chưa đăng được." in text
        assert "Xem bài kia" in text
        assert not is_live(story)
        assert ApprovalLink.objects.get().decision == "vuong"
        assert "Xem bài kia" in editor.get(reverse("wagtailadmin_home")).content.decode()


class TestLink:
    def test_changed_draft_asks_for_a_new_link(self, address, phone, story, reviewer):
        page = StoryPage.objects.get(pk=story.pk)
        page.title = "Đổi tên"
        page.save_revision(user=reviewer.user)
        for answer in (phone.get(address), phone.post(address, AGREE)):
            assert answer.status_code == 409
            assert "Bài đã đổi sau khi gửi." in text_of(answer)
            assert address not in answer.content.decode()
        assert not is_live(story)

    def test_wrong_used_expired_revoked_and_replaced_are_told_alike(
        self, editor, story, chair, phone, stories, time_machine
    ):
        unknown = phone.get("/duyet/khong-co-duong-nay/")
        replaced, revoked = (address_in(ask(editor, story, chair)) for _time in range(2))
        editor.post(reverse("approvals:revoke", args=[ApprovalLink.objects.first().pk]))
        expired = address_in(ask(editor, story, chair, days=1))
        other = StoryPageFactory(parent=stories, draft=True, owner=editor.user)
        other.save_revision(user=editor.user)
        used = address_in(ask(editor, other, chair))
        phone.post(used, {**NOT_YET, "reason": "Sửa"})
        time_machine.move_to(timezone.now() + timedelta(days=1, seconds=1), tick=False)
        for address in (replaced, revoked, expired, used):
            for answer in (phone.get(address), phone.post(address, AGREE)):
                assert (answer.status_code, answer.content) == (unknown.status_code, unknown.content), address
        assert unknown.status_code == 404
        assert not is_live(story)

    def test_dismissed_approver_decides_nothing(self, address, phone, administrator, chair):
        administrator.post(reverse("approvals:dismiss", args=[chair.pk]))
        assert phone.post(address, AGREE).status_code == 404


class TestAsking:
    def test_draft_is_sent_to_review_and_told_once(self, editor, story, chair):
        answer = ask(editor, story, chair)
        text = text_of(answer)
        assert "Chỉ hiện một lần." in text
        assert "Kính gửi Bà Phạm Thị Sương" in text
        assert WorkflowState.objects.get().requested_by == editor.user
        assert "/duyet/" not in editor.get(reverse("approvals:ask", args=[story.pk])).content.decode()
        assert AuditEntry.objects.get(action="page.link_ask").by == editor.user

    def test_colleague_who_neither_wrote_nor_publishes_may_not(self, story, chair):
        colleague = desk_of("Biên tập viên", full_name="Người khác")
        assert colleague.get(reverse("approvals:ask", args=[story.pk])).status_code == 404
        assert ask(colleague, story, chair).status_code == 404

    def test_reviewer_may(self, reviewer, story, chair):
        assert "Chỉ hiện một lần." in text_of(ask(reviewer, story, chair))

    @pytest.mark.parametrize("group", [TEAM_GROUP, OFFICER_GROUP, "Lãnh đạo"])
    def test_other_roles_may_not(self, group, story, chair):
        assert ask(desk_of(group), story, chair).status_code in {302, 404}
        assert not ApprovalLink.objects.exists()

    def test_stranger_is_led_to_the_door(self, stranger, story, chair):
        assert ask(stranger, story, chair).status_code == 302
        assert not ApprovalLink.objects.exists()

    def test_who_knows_the_code_may_not_ask(self, story, chair, editor):
        Approver.objects.update(code_set_by=editor.user)
        assert "người khác phải gửi đường dẫn" in text_of(ask(editor, story, chair))
        assert not ApprovalLink.objects.exists()

    def test_colleague_revokes_nothing(self, address):
        link, colleague = ApprovalLink.objects.get(), desk_of("Biên tập viên", full_name="Người khác")
        assert colleague.post(reverse("approvals:revoke", args=[link.pk])).status_code == 404
        assert ApprovalLink.objects.open().exists()

    def test_button_stands_in_the_editor(self, editor, story):
        shown = editor.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
        assert reverse("approvals:ask", args=[story.pk]) in shown


class TestPeople:
    def test_administrator_adds_somebody_and_hands_over_the_code(self, administrator, editor, story, phone):
        values = {"name": "Ông Đinh Văn Chủ", "function": "Chủ tịch"}
        shown = administrator.post(reverse("approvals:people"), values).content.decode()
        code = re.search(r'class="num">(\d{6})<', shown).group(1)
        assert code not in administrator.get(reverse("approvals:people")).content.decode()
        approver = Approver.objects.get()
        assert code not in approver.code_digest
        phone.post(address_in(ask(editor, story, approver)), {**AGREE, "code": code})
        assert is_live(story)

    def test_new_code_ends_the_old_one_and_the_lock(self, administrator, chair, address, phone, story):
        Approver.objects.update(wrong_tries=10)
        administrator.post(reverse("approvals:new_code", args=[chair.pk]))
        assert Approver.objects.ready().exists()
        assert phone.post(address, AGREE).status_code == 200
        assert not is_live(story)

    @pytest.mark.parametrize("name", ["people", "new_code", "dismiss"])
    def test_list_is_kept_by_administrators_alone(self, name, editor, reviewer, stranger, chair):
        address = reverse(f"approvals:{name}", args=[] if name == "people" else [chair.pk])
        for desk in (editor, reviewer, stranger):
            assert desk.post(address, {"name": "Tôi", "function": "Tôi"}).status_code in {302, 404}
        assert list(Approver.objects.filter(is_active=True)) == [chair]
        assert Approver.objects.get().code_digest == chair.code_digest
