"""Accounts that lie idle are closed, and nobody leaves with work on the desk."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.core.access.accounts import IDLE_DAYS, LastAdministrator, close_account, close_idle_accounts
from portal.core.models import AuditEntry, User
from portal.home.desk.roles import EDITOR, REVIEWER
from portal.home.door.handover import HandoverRefused, close_with_handover
from portal.households.enums import HelpState
from portal.households.permissions import OFFICER_GROUP, TEAM_GROUP
from tests.factories.core import UserFactory
from tests.factories.households import HelpRequestFactory, TeamMembershipFactory
from tests.factories.stories import StoryPageFactory
from tests.second_factor import pass_second_step, sign_in, telephone_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(keeper):
    telephone_of(keeper)
    browser = sign_in(keeper)
    pass_second_step(browser)
    return browser


def idle(days: int, **fields) -> User:
    since = timezone.now() - timedelta(days=days)
    return UserFactory(date_joined=since, last_login=since, **fields)


class TestIdle:
    def test_account_of_45_days_is_closed_one_of_44_is_not(self, keeper):
        old, young = idle(IDLE_DAYS + 1), idle(IDLE_DAYS - 1)
        assert close_idle_accounts() == [old]
        old.refresh_from_db()
        young.refresh_from_db()
        assert (old.is_active, old.closed_for_idleness, young.is_active) == (False, True, True)
        line = AuditEntry.objects.get(action="account.close")
        assert (line.subject, line.by, line.reason) == (old.username, None, "45 ngày không đăng nhập")

    def test_account_that_never_signed_in_counts_from_the_day_it_was_made(self, keeper):
        never = UserFactory(date_joined=timezone.now() - timedelta(days=46), last_login=None)
        assert close_idle_accounts() == [never]

    def test_last_administrator_stays_and_of_two_the_one_seen_last(self):
        first, second = (idle(days, groups=["Quản trị"]) for days in (90, 60))
        assert close_idle_accounts() == [first]
        assert close_idle_accounts() == []
        second.refresh_from_db()
        assert second.is_active

    def test_account_opened_again_has_another_45_days(self, keeper):
        old = idle(100)
        close_idle_accounts()
        old.refresh_from_db()
        old.is_active = True
        old.save()
        assert close_idle_accounts() == []

    def test_administrators_read_it_on_their_home_and_others_do_not(self, admin, editor_browser):
        idle(50, full_name="Phạm Văn Vắng")
        call_command("tidy_accounts", verbosity=0)
        assert "Phạm Văn Vắng" in words_of(admin.get("/quan-tri/"))
        assert "Phạm Văn Vắng" not in words_of(editor_browser.get("/quan-tri/"))

    def test_home_names_who_owes_the_second_step(self, admin, clerk):
        assert "Chưa bật đăng nhập hai bước" in words_of(admin.get("/quan-tri/"))


@pytest.fixture
def editor_browser():
    return sign_in(UserFactory(groups=[EDITOR]))


class TestLeaving:
    @pytest.fixture
    def leaving(self):
        return UserFactory(full_name="Người đi", groups=[EDITOR, TEAM_GROUP])

    @pytest.fixture
    def staying(self):
        return UserFactory(full_name="Người ở", groups=[EDITOR])

    @pytest.fixture
    def work(self, leaving):
        page = StoryPageFactory(owner=leaving, draft=True)
        page.save_revision(user=leaving)
        sent = StoryPageFactory(title="Bài gửi duyệt", draft=True, owner=leaving)
        sent.save_revision(user=leaving)
        state = sent.get_workflow().start(sent, leaving)
        locked = StoryPageFactory(title="Bài khóa", locked=True, locked_by=leaving)
        membership = TeamMembershipFactory(user=leaving)
        help_ = HelpRequestFactory(village=membership.village, taken_by=leaving, state=HelpState.TAKEN)
        return page, state, locked, membership, help_

    def test_is_refused_while_work_has_nobody(self, admin, leaving, staying, work):
        address = reverse("door:close", args=[leaving.pk])
        words = words_of(admin.get(address))
        for told in ("2 bài viết đứng tên", "1 bài đang chờ duyệt", "1 trang đang khóa", "1 yêu cầu giúp đang nhận"):
            assert told in words
        assert "Xin chọn người nhận việc" in words_of(admin.post(address, {"reason": "nghỉ hưu"}))
        leaving.refresh_from_db()
        assert leaving.is_active

    def test_gives_everything_to_the_successor_and_closes(self, admin, leaving, staying, work):
        page, state, locked, membership, help_ = work
        browser = sign_in(leaving)
        admin.post(reverse("door:close", args=[leaving.pk]), {"reason": "nghỉ hưu", "successor": staying.pk})
        for row in (leaving, page, state, locked, membership, help_):
            row.refresh_from_db()
        assert not leaving.is_active
        assert (page.owner, state.requested_by) == (staying, staying)
        assert (help_.taken_by, help_.state) == (None, HelpState.OPEN), "an editor cannot answer a family"
        assert (locked.locked, locked.locked_by) == (False, None)
        assert membership.valid_to == timezone.localdate()
        assert browser.get("/quan-tri/").status_code == 302
        assert page.title in words_of(sign_in(staying).get("/quan-tri/"))
        assert AuditEntry.objects.filter(action="account.hand_over", subject=leaving.username).exists()

    @pytest.mark.parametrize("group", [TEAM_GROUP, OFFICER_GROUP])
    def test_help_goes_to_a_successor_who_may_answer(self, leaving, work, keeper, group):
        heir = UserFactory(groups=[group])
        close_with_handover(user=leaving, successor=heir, reason="x", by=keeper)
        help_ = work[-1]
        help_.refresh_from_db()
        assert (help_.taken_by, help_.state) == (
            (heir, HelpState.TAKEN) if group == TEAM_GROUP else (None, HelpState.OPEN)
        )

    def test_last_reviewer_cannot_leave(self, keeper, staying):
        reviewer = UserFactory(groups=[REVIEWER])
        keeper.groups.clear()
        with pytest.raises(HandoverRefused, match="Duyệt bài"):
            close_with_handover(user=reviewer, successor=staying, reason="x", by=keeper)

    def test_last_administrator_cannot_leave(self, keeper):
        with pytest.raises(LastAdministrator):
            close_account(user=keeper, by=None, reason="x")

    def test_wagtails_own_ways_of_closing_lead_here(self, admin, leaving, work):
        form = {"username": leaving.username, "full_name": leaving.full_name, "email": "", "groups": []}
        page = admin.post(reverse("wagtailusers_users:edit", args=[leaving.pk]), form)
        assert "việc dở dang phải có người nhận" in words_of(page)
        deleted = admin.post(reverse("wagtailusers_users:delete", args=[leaving.pk]))
        assert deleted.url == reverse("door:account", args=[leaving.pk])
        for action in ("delete", "set_active_state"):
            bulk = reverse("wagtail_bulk_action", args=["core", "user", action])
            admin.post(f"{bulk}?id={leaving.pk}", {"mark_as_active": "False"})
        leaving.refresh_from_db()
        assert leaving.is_active

    def test_account_is_opened_again_where_it_always_was(self, admin, keeper, leaving):
        close_account(user=leaving, by=keeper, reason="nghỉ phép dài")
        form = {"username": leaving.username, "full_name": "Người đi", "email": "", "groups": [], "is_active": "on"}
        admin.post(reverse("wagtailusers_users:edit", args=[leaving.pk]), form)
        leaving.refresh_from_db()
        assert leaving.is_active


def test_last_administrator_without_a_telephone_is_helped_on_the_server(keeper, capsys):
    telephone_of(keeper)
    call_command("reset_second_factor", "quan-tri")
    assert not TOTPDevice.objects.exists()
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("reset_second_factor", "khong-co")


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("con trâu cày ruộng", True),
        ("Mật khẩu để thử 2026", True),
        ("x7Qm-pL2v_Zt9", True),
        ("ngắn quá 1", False),
        ("123456789012", False),
        ("giadinhso2026", False),
        ("xã Ba Tô 2026 2026", False),
        ("password1234", False),
        ("aaaaaaaaaaaa", False),
    ],
)
def test_password_rules(password, is_taken, admin):
    form = {"username": "moi", "full_name": "Người Mới", "email": "", "groups": []}
    page = admin.post(reverse("wagtailusers_users:add"), {**form, "password1": password, "password2": password})
    assert User.objects.filter(username="moi").exists() is is_taken, words_of(page)
