"""The admin home: what waits for whom, oldest first, and a red alarm for a silent scheduler."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from portal.core.heartbeat import SCHEDULER, beat
from portal.home.desk.waiting import jobs_for, returned_by, scheduled_for
from tests.factories.core import PageReadsFactory, UserFactory
from tests.factories.home import BrokenLinkFactory
from tests.factories.stories import GuidePageFactory, NewsPageFactory, StoryPageFactory

pytestmark = pytest.mark.django_db


def draft_of(user, title="Bài đang viết", **fields) -> Page:
    page = StoryPageFactory(draft=True, owner=user, title=title, **fields)
    page.save_revision(user=user)
    return page


def submitted_by(user, title="Bài chờ duyệt") -> Page:
    page = draft_of(user, title)
    page.get_workflow().start(page, user)
    return page


def titles(jobs) -> list[str]:
    return [job.title for job in jobs]


def home(desk) -> str:
    return desk.get(reverse("wagtailadmin_home")).content.decode()


def test_editor_sees_own_drafts_and_those_sent_back(editor, reviewer):
    draft_of(editor.user)
    page = submitted_by(editor.user, "Bài phải sửa")
    page.current_workflow_task_state.reject(user=reviewer.user, comment="Thêm ngày họp.")
    submitted_by(editor.user, "Bài đang chờ")
    draft_of(UserFactory(), "Bài của người khác")
    assert titles(jobs_for(editor.user)) == ["Bài đang viết", "Bài phải sửa"]
    shown = home(editor)
    assert "Cần sửa: “Thêm ngày họp.”" in shown
    assert "Viết tiếp" in shown
    assert "Bài của người khác" not in shown


def test_reviewer_sees_what_was_submitted_and_by_whom(editor, reviewer):
    page = submitted_by(editor.user)
    assert titles(jobs_for(reviewer.user)) == ["Bài chờ duyệt"]
    shown = home(reviewer)
    assert "Phạm Thị Bích gửi duyệt" in shown
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in shown


def test_jobs_stand_oldest_first_and_seven_at_most(editor, time_machine):
    for number in range(9):
        time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)
        draft_of(editor.user, f"Bài số {number}")
    jobs = jobs_for(editor.user)
    assert [job.moment for job in jobs] == sorted(job.moment for job in jobs)
    editor.force_login(editor.user)
    shown = home(editor)
    assert "Bài số 6" in shown
    assert "Bài số 7" not in shown
    assert "Còn 2 việc nữa" in shown


def test_changes_to_a_public_page_are_a_job_too(editor):
    page = StoryPageFactory(title="Trang cũ")
    page.title = "Trang cũ, sửa lại"
    page.save_revision(user=editor.user)
    assert [job.note for job in jobs_for(editor.user)] == ["Đang hiển thị, có bản nháp"]


def test_scheduled_page_is_told_to_its_editor_and_to_those_who_publish(editor, reviewer):
    page = draft_of(editor.user, "Bài hẹn giờ", go_live_at=timezone.now() + timedelta(days=1))
    page.latest_revision.publish(user=reviewer.user)
    stranger_to_it = UserFactory(groups=["Biên tập viên"])
    assert titles(jobs_for(editor.user)) == []
    assert titles(scheduled_for(editor.user)) == ["Bài hẹn giờ"]
    assert titles(scheduled_for(reviewer.user)) == ["Bài hẹn giờ"]
    assert titles(scheduled_for(stranger_to_it)) == []
    assert "Đã hẹn giờ" in home(editor)


def test_reviewer_sees_what_was_sent_back_until_it_comes_again(editor, reviewer):
    page = submitted_by(editor.user, "Bài phải sửa")
    page.current_workflow_task_state.reject(user=reviewer.user, comment="Thêm ngày họp.")
    assert [job.note for job in returned_by(reviewer.user)] == ["Chờ Phạm Thị Bích sửa: “Thêm ngày họp.”"]
    assert "Đã gửi lại, chờ sửa" in home(reviewer)
    assert "Đã gửi lại, chờ sửa" not in home(editor)
    assert returned_by(UserFactory(groups=["Người duyệt bài"])) == []
    page.current_workflow_state.resume(user=editor.user)
    assert returned_by(reviewer.user) == []


def test_broken_links_of_own_pages_are_told_and_all_to_the_administrator(editor, reviewer, administrator):
    BrokenLinkFactory(page=NewsPageFactory(owner=editor.user, title="Tin có liên kết hỏng"))
    assert "Tin có liên kết hỏng" in home(editor)
    assert "Tin có liên kết hỏng" not in home(reviewer)
    assert "Tin có liên kết hỏng" in home(administrator)


def test_how_the_column_is_read_stands_below_with_what_is_counted(editor, stories):
    assert "Chưa có số của bảy ngày qua" in home(editor)
    yesterday = timezone.localdate() - timedelta(days=1)
    PageReadsFactory(page=StoryPageFactory(parent=stories, title="Chợ phiên"), day=yesterday, count=1234)
    shown = home(editor)
    assert "1.234 lượt mở trang" in shown
    assert "không ghi ai mở" in shown
    assert shown.index("Việc đang chờ") < shown.index("Bà con đọc gì") < shown.index("Chợ phiên")


def test_empty_desk_says_so(editor):
    assert "Không có việc nào đang chờ." in home(editor)


def test_guide_past_its_check_date_is_shown_before_one_that_is_due_soon(editor):
    GuidePageFactory(title="Sắp tới hạn", checked_on=timezone.localdate() - timedelta(days=80))
    GuidePageFactory(title="Quá hạn", old=True)
    GuidePageFactory(title="Vừa kiểm tra")
    shown = home(editor)
    assert shown.index("Quá hạn xem lại 1 ngày") < shown.index("Còn 10 ngày tới hạn xem lại")
    assert "Vừa kiểm tra" not in shown


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    return time_machine


class TestSilentScheduler:
    ALARM = "Lịch hẹn giờ im"

    def test_is_no_alarm_while_it_beats(self, editor, clock):
        beat(SCHEDULER)
        clock.shift(timedelta(minutes=9))
        assert self.ALARM not in home(editor)

    def test_turns_the_home_red_after_ten_minutes(self, editor, clock):
        beat(SCHEDULER)
        clock.shift(timedelta(minutes=10, seconds=1))
        shown = home(editor)
        assert self.ALARM in shown
        assert "help-critical" in shown

    def test_that_never_beat_is_noticed_ten_minutes_after_the_first_look(self, editor, clock):
        assert self.ALARM not in home(editor)
        clock.shift(timedelta(minutes=11))
        assert self.ALARM in home(editor)

    def test_that_beats_again_ends_the_alarm(self, editor, clock):
        beat(SCHEDULER)
        clock.shift(timedelta(hours=3))
        beat(SCHEDULER)
        assert self.ALARM not in home(editor)


def test_home_offers_writing_what_the_role_may_write(editor, stories):
    shown = home(editor)
    assert "Viết câu chuyện" in shown
    assert reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk]) in shown
    assert "Viết tin" not in shown, "there is no news section yet"


def test_home_costs_the_same_however_much_waits(reviewer, django_assert_max_num_queries):
    author = UserFactory()
    NewsPageFactory()
    for number in range(3):
        submitted_by(author, f"Bài {number}")
    home(reviewer)
    with django_assert_max_num_queries(40) as few:
        home(reviewer)
    for number in range(12):
        submitted_by(author, f"Bài nữa {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        home(reviewer)
