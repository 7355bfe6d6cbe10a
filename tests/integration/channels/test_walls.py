"""Posters that hang: where, since when, and which wall somebody has to visit."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.home.channels.selectors import walls_for
from portal.home.models import Channel, HungPoster
from tests.factories.home import HungPosterFactory
from tests.factories.stories import NewsPageFactory
from tests.integration.channels.pages import address_of, an_activity, kept_everywhere, publish

pytestmark = pytest.mark.django_db


def hang(desk, page, place="nhà văn hóa", **fields):
    sent = {"place": place, "hung_on": f"{timezone.localdate():%d/%m/%Y}", "village": "", **fields}
    return desk.post(address_of(page, "hang"), sent)


def reasons(desk):
    return [wall.reason for wall in walls_for(desk.user)]


def on_the_desk(desk):
    return desk.get(reverse("wagtailadmin_home")).content.decode()


def test_wall_is_noted_and_is_right_as_long_as_the_article_stands(editor, village):
    page = an_activity()
    assert hang(editor, page, village=village.pk).status_code == 302
    row = HungPoster.objects.get()
    assert (row.where, row.noted_by) == ("nhà văn hóa, Thôn A (mẫu)", editor.user)
    assert reasons(editor) == [""]
    assert "Tờ quảng bá cần" not in on_the_desk(editor)


@pytest.mark.parametrize(
    ("change", "reason", "task"),
    [
        (lambda page: publish(page, place="Trạm y tế"), "bài đã đổi", "Tờ quảng bá cần thay: nhà văn hóa"),
        (lambda page: page.unpublish(), "bài đã gỡ xuống", "Tờ quảng bá cần gỡ: nhà văn hóa"),
        (lambda page: page.delete(), "bài đã xóa", "Tờ quảng bá cần gỡ: nhà văn hóa"),
    ],
    ids=["changed", "unpublished", "deleted"],
)
def test_wall_to_visit_comes_to_the_editors_desk(editor, reviewer, change, reason, task):
    page = an_activity()
    hang(editor, page)
    change(page)
    assert reasons(editor) == [reason]
    for desk in (editor, reviewer):
        assert task in on_the_desk(desk)
    assert reason in editor.get(reverse("channels:walls")).content.decode()


def test_poster_of_an_activity_that_is_over_comes_down(editor, time_machine):
    page = an_activity()
    hang(editor, page)
    time_machine.move_to(page.ends_at + timedelta(hours=1))
    assert reasons(editor) == ["hoạt động đã qua"]


@pytest.mark.parametrize(("wish", "reason"), [("van-dung", ""), ("soan-lai", "bài đã đổi")])
def test_poster_confirmed_is_confirmed_on_its_walls_and_one_made_anew_is_to_be_hung(editor, wish, reason):
    page = an_activity()
    kept_everywhere(page)
    hang(editor, page)
    publish(page, lead="Tổ chỉ từng nhà.")
    editor.post(address_of(page, "keep", Channel.POSTER), {"viec": wish})
    assert reasons(editor) == [reason]


def test_sheet_noted_while_its_words_are_old_was_printed_before(editor):
    page = an_activity()
    kept_everywhere(page)
    publish(page, lead="Tổ chỉ từng nhà.")
    hang(editor, page)
    assert reasons(editor) == ["bài đã đổi"]


def test_sheet_that_came_down_is_nobodys_task_and_stays_noted(editor):
    row = HungPosterFactory(page=an_activity())
    sent = {"taken_down_on": f"{timezone.localdate():%d/%m/%Y}", "ve": "bai"}
    answer = editor.post(reverse("channels:take_down", args=[row.pk]), sent)
    assert answer.headers["Location"] == f"{address_of(row.page)}#cho-treo"
    row.refresh_from_db()
    assert (row.taken_down_on, row.closed_by) == (timezone.localdate(), editor.user)
    assert reasons(editor) == []
    assert "Đã gỡ: 1 tờ" in editor.get(address_of(row.page)).content.decode()


def test_title_of_a_deleted_page_goes_when_its_sheet_is_down(editor):
    row = HungPosterFactory(page=None, title="Nhà bà M. vui vì mã vuông")
    editor.post(reverse("channels:take_down", args=[row.pk]), {"taken_down_on": f"{timezone.localdate():%d/%m/%Y}"})
    row.refresh_from_db()
    assert "bà M." not in row.title


@pytest.mark.parametrize("day", ["31/02/2026", "01/01/2020", ""])
def test_day_of_taking_down_that_cannot_be_is_refused(editor, day):
    row = HungPosterFactory(page=an_activity())
    editor.post(reverse("channels:take_down", args=[row.pk]), {"taken_down_on": day})
    row.refresh_from_db()
    assert row.taken_down_on is None


def test_poster_of_a_draft_hangs_nowhere(editor):
    page = NewsPageFactory(draft=True)
    assert hang(editor, page).status_code == 422
    assert not HungPoster.objects.exists()


def test_unpublishing_names_the_walls(reviewer):
    row = HungPosterFactory(page=an_activity())
    address = reverse("wagtailadmin_pages:unpublish", args=[row.page_id])
    shown = reviewer.post(address, follow=True).content.decode()
    assert "Tờ quảng bá cần gỡ: nhà văn hóa." in shown


@pytest.mark.parametrize("count", [2, 18])
def test_walls_cost_the_same_however_many_hang(editor, count, django_assert_max_num_queries):
    for number in range(count):
        HungPosterFactory(page=an_activity() if number % 2 else NewsPageFactory())
    with django_assert_max_num_queries(12):
        assert len(walls_for(editor.user)) == count
