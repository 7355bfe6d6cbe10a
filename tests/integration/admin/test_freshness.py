"""Pages past their day leave the first page by themselves and come back with one click (rows E8, P5, E22)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.core.models import AuditEntry, ReviewLimit
from portal.home.desk.freshness import due_for, quiet_villages
from portal.households.permissions import TEAM_GROUP
from portal.stories.models import GuidePage, NewsPage
from tests.desks import desk_of
from tests.factories.campaign import ActivityPageFactory
from tests.factories.core import UserFactory
from tests.factories.households import VillageFactory
from tests.factories.stories import GuidePageFactory, NewsPageFactory, StoryPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lenient_templates")]
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = NOON.date()
READER = {"HTTP_HOST": "localhost"}


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def days(number: int):
    return TODAY + timedelta(days=number)


def first_page() -> str:
    return Client(**READER).get("/").content.decode()


def still_right(desk, page, follow=True):
    return desk.post(reverse("reviews:still_right", args=[page.pk]), follow=follow)


def titles(user) -> list[str]:
    return [due.page.title for due in due_for(user)]


@pytest.fixture
def news(clock, site_tree) -> NewsPage:
    return NewsPageFactory(parent=site_tree.news, title="Lịch phát quà tháng 11", review_by=TODAY)


def test_page_leaves_the_first_page_without_a_click_and_comes_back_with_one(
    news, clock, editor, django_capture_on_commit_callbacks
):
    assert news.title in first_page()
    clock.move_to(NOON + timedelta(days=1), tick=False)
    assert news.title not in first_page()
    assert news.title in Client(**READER).get("/tin-tuc/").content.decode(), "it stays in its own section"
    editor.force_login(editor.user)
    home = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "Quá hạn xem lại 1 ngày, đã rời trang chủ" in home
    with django_capture_on_commit_callbacks(execute=True):
        answer = still_right(editor, news).content.decode()
    assert "vẫn đúng. Xem lại trước ngày 26/01/2027" in answer
    assert news.title in first_page()
    assert titles(editor.user) == []


def test_stored_copy_of_the_first_page_does_not_outlive_the_day_by_more_than_a_minute(news, clock):
    clock.move_to(datetime(2026, 11, 26, 23, 59, 45, tzinfo=NOON.tzinfo), tick=False)
    assert news.title in first_page()
    clock.move_to(datetime(2026, 11, 27, 0, 0, 46, tzinfo=NOON.tzinfo), tick=False)
    assert news.title not in first_page()


@pytest.mark.parametrize("make", [StoryPageFactory, GuidePageFactory])
def test_stories_and_guides_leave_too(make, clock, site_tree):
    parent = {StoryPageFactory: site_tree.stories, GuidePageFactory: site_tree.guides}[make]
    values = {"old": True} if make is GuidePageFactory else {"review_by": days(-1)}
    page = make(parent=parent, title="Bài đã cũ lắm", **values)
    assert page.title not in first_page()


def test_overdue_guide_is_checked_with_the_same_click(clock, editor):
    guide = GuidePageFactory(old=True)
    still_right(editor, guide)
    guide = GuidePage.objects.get(pk=guide.pk)
    assert guide.checked_on == TODAY
    assert guide.review_by == guide.good_until
    assert not guide.is_old


def test_first_day_comes_from_the_limit_of_the_type(clock):
    ReviewLimit.objects.filter(page_type="stories.newspage").update(days=30)
    page = NewsPageFactory()
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.review_by == days(30)
    assert page.latest_revision.content["review_by"] == days(30).isoformat()


def test_day_that_the_editor_set_stands(clock):
    page = NewsPageFactory(review_by=days(3))
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.review_by == days(3)


def test_click_outlives_the_next_edit(news, clock, editor):
    news.save_revision()
    clock.move_to(NOON + timedelta(days=1), tick=False)
    editor.force_login(editor.user)
    still_right(editor, news)
    draft = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object()
    assert draft.review_by == days(62 - 1)


def test_click_is_logged_with_who(news, editor):
    still_right(editor, news)
    line = AuditEntry.objects.get(action="page.still_right")
    assert (line.by, line.subject) == (editor.user, f"trang {news.pk}")


@pytest.mark.parametrize("who", ["team", "officer", "stranger"])
def test_click_is_for_those_who_may_edit(who, news, stranger):
    desk = stranger if who == "stranger" else desk_of({"team": TEAM_GROUP}.get(who, "Cán bộ sổ hộ"), full_name="Khác")
    before = news.review_by
    assert still_right(desk, news, follow=False).status_code in {302, 403, 404}
    news.refresh_from_db()
    assert news.review_by == before
    assert not AuditEntry.objects.filter(action="page.still_right").exists()


def test_reading_the_address_changes_nothing(news, editor):
    assert editor.get(reverse("reviews:still_right", args=[news.pk])).status_code == 405


def test_page_without_a_limit_is_refused_in_words(site_tree, editor):
    assert "không có hạn xem lại" in still_right(editor, site_tree.home).content.decode()


class TestDueList:
    def test_holds_own_pages_and_those_of_nobody_the_longest_overdue_first(self, clock, editor):
        NewsPageFactory(title="Sắp tới", owner=editor.user, review_by=days(5))
        NewsPageFactory(title="Của không ai", owner=None, review_by=days(-3))
        StoryPageFactory(title="Còn lâu", owner=editor.user, review_by=days(15))
        NewsPageFactory(title="Của người khác", owner=UserFactory(), review_by=days(-3))
        NewsPageFactory(title="Của người đã nghỉ", owner=UserFactory(is_active=False), review_by=days(-4))
        assert titles(editor.user) == ["Của người đã nghỉ", "Của không ai", "Sắp tới"]

    def test_goes_to_those_who_publish_after_fourteen_days(self, clock, editor, reviewer):
        NewsPageFactory(title="Mười ba", owner=UserFactory(), review_by=days(-13))
        NewsPageFactory(title="Mười bốn", owner=UserFactory(full_name="Phạm Văn Vắng"), review_by=days(-14))
        assert titles(reviewer.user) == ["Mười bốn"]
        assert titles(editor.user) == []
        assert "Xem thay Phạm Văn Vắng" in reviewer.get(reverse("wagtailadmin_home")).content.decode()

    def test_goes_to_the_deputy_of_the_type_where_there_is_one(self, clock, editor, reviewer):
        ReviewLimit.objects.filter(page_type="stories.newspage").update(deputy=editor.user)
        NewsPageFactory(title="Tin cũ", owner=UserFactory(), review_by=days(-20))
        StoryPageFactory(title="Chuyện cũ", owner=UserFactory(), review_by=days(-20))
        assert titles(editor.user) == ["Tin cũ"]
        assert titles(reviewer.user) == ["Chuyện cũ"]

    def test_costs_the_same_however_much_is_due(self, clock, editor, django_assert_max_num_queries):
        with django_assert_max_num_queries(12) as few:
            due_for(editor.user)
        for _number in range(5):
            NewsPageFactory(review_by=days(-1), owner=UserFactory(is_active=False))
        with django_assert_max_num_queries(len(few.captured_queries)):
            due_for(editor.user)


def test_limits_are_set_by_those_who_publish(editor, reviewer, stranger):
    limit = ReviewLimit.objects.get(page_type="stories.newspage")
    address = reverse("review_limits:edit", args=[limit.pk])
    values = {"page_type": limit.page_type, "days": 45, "deputy": ""}
    for desk in (stranger, editor):
        desk.post(address, values)
        limit.refresh_from_db()
        assert limit.days == 60
    reviewer.post(address, values)
    limit.refresh_from_db()
    assert limit.days == 45


class TestQuietVillages:
    @pytest.mark.parametrize(("ago", "is_quiet"), [(90, False), (91, True)])
    def test_a_story_is_heard_for_ninety_days(self, clock, ago, is_quiet):
        village = VillageFactory()
        StoryPageFactory(village=village, published_on=days(-ago))
        assert (village in quiet_villages()) is is_quiet

    def test_an_activity_counts_a_cancelled_one_does_not(self, clock):
        heard, quiet = VillageFactory(), VillageFactory()
        ActivityPageFactory(village=heard)
        ActivityPageFactory(village=quiet, is_cancelled=True, cancel_note="Mưa lớn, làm lại tuần sau.")
        assert quiet_villages() == [quiet]

    def test_stand_on_the_desk(self, clock, editor):
        village = VillageFactory(name="Thôn Nước Lăng (mẫu)")
        shown = editor.get(reverse("wagtailadmin_home")).content.decode()
        assert "Thôn lâu chưa có bài" in shown
        assert village.name in shown
        assert timezone.localdate() == TODAY
