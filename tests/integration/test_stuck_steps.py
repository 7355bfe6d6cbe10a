"""“Tôi bị kẹt ở bước này”: counts without anybody in them, one task, a better step (row P4, moonshot 15)."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.core.models import AuditEntry, SiteProfile
from portal.households.models import HelpRequest
from portal.households.permissions import OFFICER_GROUP, TEAM_GROUP
from portal.stories.models import GuidePage, StuckCount, StuckTask
from portal.stories.stuck.selectors import stuck_steps_for
from tests.desks import Desk, desk_of
from tests.factories.core import UserFactory
from tests.factories.households import HelpRequestFactory, VillageFactory
from tests.factories.stories import GuidePageFactory
from tests.integration.register.public_forms import text_of, token_opened

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 26, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TAP = "/bi-ket/"


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(MORNING, tick=False)
    return time_machine


@pytest.fixture
def guide(clock, site_tree) -> GuidePage:
    owner = UserFactory(groups=["Biên tập viên"], full_name="Phạm Thị Bích")
    made = GuidePageFactory(parent=site_tree.guides, title="Cài VNeID", owner=owner)
    made.save_revision(user=owner).publish()
    return GuidePage.objects.get(pk=made.pk)


def block_ids(guide: GuidePage) -> list[str]:
    return [block.id for block in guide.steps]


def form_on(page: str) -> dict[str, str]:
    """What the browser sends when the (first) button of the page is pressed."""
    return {
        "phieu": re.search(r'name="phieu" value="([^"]+)"', page).group(1),
        "buoc": re.search(r'name="buoc" value="([^"]+)"', page).group(1),
        "website": "",
    }


def tap(guide: GuidePage, number: int = 2, **changes):
    page = Client().get(f"{guide.url}buoc-{number}/").content.decode()
    return Client().post(TAP, {**form_on(page), **changes})


def at_the_desk(user) -> Desk:
    browser = Desk()
    browser.user = user
    browser.force_login(user)
    return browser


def counted(guide: GuidePage, number: int = 2) -> int:
    step = block_ids(guide)[number - 1]
    return sum(StuckCount.objects.filter(guide=guide, step=step, task=None).values_list("count", flat=True))


def make_a_task(guide: GuidePage, clock, number: int = 2) -> StuckTask:
    """Families on two days."""
    start = timezone.now()
    for hours in (0, 1, 2, 24, 25):
        clock.move_to(start + timedelta(hours=hours), tick=False)
        tap(guide, number)
    return StuckTask.objects.open().get(guide=guide, step=block_ids(guide)[number - 1])


def reworded(guide: GuidePage, number: int = 2) -> GuidePage:
    page = GuidePage.objects.get(pk=guide.pk)
    page.steps[number - 1].value["title"] = "Bấm nút xanh ở góc dưới"
    page.save_revision(user=guide.owner).publish()
    return GuidePage.objects.get(pk=guide.pk)


class TestTap:
    def test_thanks_counts_and_leads_on(self, guide):
        answer = tap(guide)
        text = text_of(answer)
        assert "Cảm ơn bà con, xã đã ghi lại." in text
        assert "Cài VNeID, bước 2: Bấm nút thứ 2" in text
        assert counted(guide) == 1
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert f'href="{guide.url}buoc-2/"' in answer.content.decode()

    def test_page_stays_the_same_for_all_and_stored(self, guide, clock, django_assert_num_queries):
        address = f"{guide.url}buoc-2/"
        first = Client().get(address)
        with django_assert_num_queries(0):
            assert Client().get(address).content == first.content
        clock.shift(timedelta(seconds=90))
        assert Client().get(address)["ETag"] == first["ETag"], "made anew, and still not changed"
        assert not first.cookies

    def test_same_page_tapped_twice_or_by_two_counts_once(self, guide):
        assert [tap(guide).status_code for _time in range(3)] == [200, 200, 200]
        assert counted(guide) == 1

    def test_whole_sheet_has_a_button_for_each_step(self, guide):
        page = Client().get(guide.url).content.decode()
        assert re.findall(r'name="buoc" value="([^"]+)"', page) == block_ids(guide)
        Client().post(TAP, {**form_on(page), "buoc": block_ids(guide)[2]})
        assert [counted(guide, number) for number in (1, 2, 3)] == [0, 0, 1]

    def test_stays_with_its_step_when_steps_are_moved(self, guide):
        tap(guide, 2)
        page = GuidePage.objects.get(pk=guide.pk)
        second = page.steps[1].id
        page.steps.insert(0, page.steps.pop(1))
        page.save_revision().publish()
        moved = GuidePage.objects.get(pk=guide.pk)
        assert moved.steps[0].id == second
        assert counted(moved, 1) == 1

    @pytest.mark.parametrize(
        ("data", "headers"),
        [
            ({"website": "x"}, {}),
            ({}, {"Origin": "https://ke-la.example"}),
            ({}, {"Origin": "null"}),
            ({}, {"Sec-Fetch-Site": "cross-site"}),
        ],
    )
    def test_machine_or_another_site_is_thanked_and_not_counted(self, guide, data, headers):
        page = Client().get(f"{guide.url}buoc-2/").content.decode()
        answer = Client().post(TAP, {**form_on(page), **data}, headers=headers)
        assert answer.status_code == 200
        assert counted(guide) == 0

    @pytest.mark.parametrize("phieu", ["", "x", "WzEsMl0:abc"])
    def test_made_up_ticket_leads_to_the_guides(self, guide, phieu):
        answer = tap(guide, phieu=phieu)
        assert answer.headers["Location"] == "/huong-dan/"
        assert not StuckCount.objects.exists()

    @pytest.mark.parametrize("buoc", ["", "x", "00000000-0000-0000-0000-000000000001"])
    def test_step_that_is_not_there_leads_to_its_guide(self, guide, buoc):
        assert tap(guide, buoc=buoc).headers["Location"] == guide.url
        assert not StuckCount.objects.exists()

    def test_typed_in_address_leads_to_the_guides(self, guide):
        assert Client().get(TAP).headers["Location"] == "/huong-dan/"

    def test_page_of_yesterday_is_asked_to_be_opened_again(self, guide, clock):
        sent = form_on(Client().get(f"{guide.url}buoc-2/").content.decode())
        clock.shift(timedelta(days=1))
        assert "Trang này mở đã lâu." in text_of(Client().post(TAP, sent))
        assert not StuckCount.objects.exists()

    def test_hidden_guide_takes_no_taps(self, guide):
        page = Client().get(f"{guide.url}buoc-2/").content.decode()
        guide.unpublish()
        assert Client().post(TAP, form_on(page)).headers["Location"] == "/huong-dan/"

    def test_stores_no_household_no_address_no_machine(self, guide):
        """Every value of the stored row is walked: which step, how worded, which day, how many, no more."""
        headers = {"User-Agent": "Zalo android 13", "Referer": f"http://testserver{guide.url}"}
        page = Client().get(f"{guide.url}buoc-2/").content.decode()
        Client(REMOTE_ADDR="203.113.131.9").post(TAP, form_on(page), headers=headers)
        row = StuckCount.objects.get()
        stored = {field.attname: getattr(row, field.attname) for field in StuckCount._meta.concrete_fields}
        assert stored.keys() == {"id", "guide_id", "step", "wording", "day", "count", "task_id"}
        assert stored["day"] == MORNING.date(), "a day, not an hour"
        assert not [value for value in stored.values() if "203.113" in str(value) or "Zalo" in str(value)]
        assert not AuditEntry.objects.exists()


class TestFlood:
    def test_one_machine_within_a_day_makes_no_task(self, guide, clock):
        for _minute in range(0, 15 * 60, 6):
            clock.shift(timedelta(minutes=6))
            tap(guide)
        assert not StuckTask.objects.exists()
        assert max(StuckCount.objects.values_list("count", flat=True)) == 4

    def test_tickets_kept_for_one_hour_count_three_times(self, guide, clock):
        kept = []
        for _slot in range(12):
            clock.shift(timedelta(minutes=6))
            kept.append(form_on(Client().get(f"{guide.url}buoc-2/").content.decode()))
        for sent in kept:
            Client().post(TAP, sent)
        assert counted(guide) == 3


def stream(random: Random, days: int) -> Iterator[datetime]:
    """Taps of some weeks, as they come."""
    for day in range(days):
        for _tap in range(random.randint(0, 6)):
            yield MORNING + timedelta(days=day, minutes=random.randint(0, 14 * 60))


@pytest.mark.parametrize("seed", range(3))
def test_simulated_stream_raises_exactly_one_task_for_a_step_and_period(guide, clock, seed):
    random = Random(seed)
    for moment in sorted(stream(random, 14)):
        clock.move_to(moment, tick=False)
        tap(guide, random.choice([2, 2, 2, 3]))
    tasks = StuckTask.objects.values_list("step", flat=True)
    assert len(tasks) == len(set(tasks))
    assert block_ids(guide)[1] in {str(step) for step in tasks}
    assert block_ids(guide)[0] not in {str(step) for step in tasks}


class TestTask:
    def test_needs_the_limit_within_the_period(self, guide, clock):
        SiteProfile.objects.create(site=guide.get_site(), stuck_limit=3, stuck_days=7)
        for day in (0, 4, 8):
            clock.move_to(MORNING + timedelta(days=day), tick=False)
            tap(guide)
        assert not StuckTask.objects.exists(), "three, but over nine days"
        clock.move_to(MORNING + timedelta(days=9), tick=False)
        tap(guide)
        assert StuckTask.objects.get().opened_on == (MORNING + timedelta(days=9)).date()

    def test_closes_when_the_step_is_changed_and_published(self, guide, clock):
        task = make_a_task(guide, clock)
        draft = GuidePage.objects.get(pk=guide.pk)
        draft.title = "Cài VNeID, bản mới"
        draft.save_revision().publish()
        assert StuckTask.objects.open().get() == task, "another part of the page"
        changed = reworded(guide)
        task.refresh_from_db()
        assert (task.outcome, task.handled_by) == ("da-sua", guide.owner)
        assert counted(changed) == 0
        clock.shift(timedelta(days=1))
        make_a_task(changed, clock)

    def test_draft_alone_closes_nothing(self, guide, clock):
        make_a_task(guide, clock)
        page = GuidePage.objects.get(pk=guide.pk)
        page.steps[1].value["title"] = "Bấm nút khác"
        page.save_revision()
        assert StuckTask.objects.open().exists()

    def test_closes_when_the_step_is_taken_out(self, guide, clock):
        make_a_task(guide, clock)
        page = GuidePage.objects.get(pk=guide.pk)
        page.steps.pop(1)
        page.save_revision().publish()
        assert StuckTask.objects.get().outcome == "da-sua"

    def test_database_refuses_a_second_open_one(self, guide, clock):
        task = make_a_task(guide, clock)
        with pytest.raises(IntegrityError), transaction.atomic():
            StuckTask.objects.create(guide=guide, step=task.step, wording="x", opened_on=task.opened_on)

    def test_few_taps_before_a_change_do_not_count_against_the_new_words(self, guide, clock):
        tap(guide)
        changed = reworded(guide)
        assert not StuckCount.objects.exists()
        assert counted(changed) == 0


@pytest.mark.usefixtures("lenient_templates")
class TestDesk:
    def test_owner_sees_it_with_one_click_to_the_step(self, guide, clock):
        task = make_a_task(guide, clock)
        HelpRequestFactory(about=task.about, name="Bà Đinh Thị Kín")
        HelpRequestFactory(about=task.about, outcome="Đã chỉ xong", name="Ông Phạm Văn Kín")
        shown = at_the_desk(guide.owner).get(reverse("wagtailadmin_home")).content.decode()
        assert "Bà con hay bị kẹt ở đây" in shown
        assert "Bước 2: Bấm nút thứ 2" in shown
        assert "5 lượt bấm" in shown
        assert "2 nhà mời tổ đến giúp, tổ đã ghi 1 lượt" in shown
        assert f"{reverse('wagtailadmin_pages:edit', args=[guide.pk])}#block-{task.step}-section" in shown
        assert "Kín" not in shown, "figures, no names"

    def test_colleague_sees_it_after_two_weeks_if_he_publishes(self, guide, clock):
        make_a_task(guide, clock)
        editor, reviewer = (UserFactory(groups=[group]) for group in ("Biên tập viên", "Người duyệt bài"))
        assert stuck_steps_for(reviewer, publishes=True) == []
        clock.shift(timedelta(days=14))
        assert stuck_steps_for(editor, publishes=False) == []
        assert [stuck.is_told_as_deputy for stuck in stuck_steps_for(reviewer, publishes=True)] == [True]

    def test_nothing_to_change_needs_a_word_and_starts_anew(self, guide, clock):
        task = make_a_task(guide, clock)
        desk, address = at_the_desk(guide.owner), reverse("reviews:stuck_is_fine", args=[task.pk])
        assert "Xin ghi một câu" in desk.post(address, {"note": " "}, follow=True).content.decode()
        assert StuckTask.objects.open().exists()
        desk.post(address, {"note": "Mạng yếu hôm chợ phiên, bước vẫn đúng"})
        task.refresh_from_db()
        assert (task.outcome, task.handled_by) == ("khong-can", guide.owner)
        assert counted(guide) == 0
        assert AuditEntry.objects.get(action="guide.stuck_closed").by == guide.owner
        clock.shift(timedelta(minutes=10))
        tap(guide)
        assert counted(guide) == 1
        assert "đã có người xem xong" in desk.post(address, {"note": "Lần nữa"}, follow=True).content.decode()

    @pytest.mark.parametrize("who", ["team", "officer", "stranger"])
    def test_click_is_for_those_who_may_edit(self, guide, clock, who):
        task = make_a_task(guide, clock)
        desk = (
            Client() if who == "stranger" else desk_of({"team": TEAM_GROUP}.get(who, OFFICER_GROUP), full_name="Khác")
        )
        answer = desk.post(reverse("reviews:stuck_is_fine", args=[task.pk]), {"note": "Không cần"})
        assert answer.status_code in {302, 403, 404}
        assert StuckTask.objects.open().exists()

    def test_panel_costs_little_more_for_many(self, guide, clock, django_assert_max_num_queries):
        make_a_task(guide, clock, 1)
        with django_assert_max_num_queries(12) as few:
            stuck_steps_for(guide.owner, publishes=False)
        make_a_task(guide, clock, 2)
        make_a_task(guide, clock, 3)
        with django_assert_max_num_queries(len(few.captured_queries) + 6):
            assert len(stuck_steps_for(guide.owner, publishes=False)) == 3


@pytest.fixture
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail's home asks `{% if %}` of what is not there."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def village(clock):
    return VillageFactory(name="Thôn Nước Lăng (mẫu)")


@pytest.fixture
def team(village) -> Desk:
    return desk_of(TEAM_GROUP, full_name="Đinh Thị Tổ", village=village)


class TestHelp:
    def invited(self, guide) -> str:
        page = tap(guide).content.decode()
        return re.search(r'href="(/nho-giup/\?[^"]+)"', page).group(1).replace("&amp;", "&")

    def ask(self, guide, village) -> HelpRequest:
        opened = Client().get(self.invited(guide)).content.decode()
        about = re.search(r'name="about" value="([^"]*)"', opened).group(1)
        topic = re.search(r'name="topic"[^>]* value="([^"]*)"', opened).group(1)
        sent = {"token": token_opened(), "village": village.pk, "name": "Bà M.", "topic": topic, "about": about}
        assert "Xã đã nhận yêu cầu." in text_of(Client().post("/nho-giup/", sent))
        return HelpRequest.objects.latest("pk")

    def test_request_starts_with_guide_and_step_an_owner_and_a_day(self, guide, village):
        asked = self.ask(guide, village)
        assert asked.topic == "Cài VNeID, bước 2: Bấm nút thứ 2"
        assert asked.about == f"huong-dan:{guide.pk}:{block_ids(guide)[1]}"
        assert asked.village == village
        assert asked.due_on > MORNING.date()

    @pytest.mark.parametrize("lacking", ["village", "due_on"])
    def test_database_refuses_a_request_without_owner_or_day(self, lacking):
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpRequestFactory(**{lacking: None})

    @pytest.mark.parametrize("about", ["x", "huong-dan:1:x", "huong-dan:99999:", "la:1:2", "huong-dan:" + "9" * 90])
    def test_made_up_step_is_left_out_and_the_family_is_served(self, guide, about):
        sent = {
            "token": token_opened(),
            "village": VillageFactory().pk,
            "name": "Bà M.",
            "topic": "Cài",
            "about": about,
        }
        Client().post("/nho-giup/", sent)
        assert HelpRequest.objects.get().about == ""
        assert Client().get("/nho-giup/", {"ve": about}).status_code == 200

    def test_team_is_told_when_the_step_is_better(self, guide, clock, village, team):
        asked = self.ask(guide, village)
        make_a_task(guide, clock)
        answered = self.ask(guide, village)
        HelpRequest.objects.filter(pk=answered.pk).update(state="xong", outcome="Đã chỉ")
        reworded(guide)
        for request in (asked, answered):
            page = text_of(team.get(reverse("team:help_request", args=[request.pk])))
            assert "Bước này đã được sửa ngày 27/11/2026." in page
        assert "từng nhờ giúp đã được sửa ngày 27/11/2026" in text_of(team.get(reverse("team:today")))

    def test_neighbours_of_another_village_are_not_told(self, guide, clock, village, team):
        elsewhere = self.ask(guide, VillageFactory())
        make_a_task(guide, clock)
        reworded(guide)
        assert "từng nhờ giúp" not in text_of(team.get(reverse("team:today")))
        address = reverse("team:help_request", args=[elsewhere.pk])
        assert team.get(address).status_code == 404
