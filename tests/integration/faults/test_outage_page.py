"""The page of an outage: what was typed comes back behind one button, secrets and files never do."""

import errno
from datetime import timedelta
from importlib import import_module

import pytest
from django import forms
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.core import figures, page_cache
from portal.core.heartbeat import SCHEDULER, beat, silent_for
from portal.core.lost_tasks import MOST_TIMES, requeue_lost_tasks
from portal.core.typed import SECRET_BOXES, boxes_to_send_again
from portal.home.views import server_error
from tests.factories.stories import StoryPageFactory

FULL = OSError(errno.ENOSPC, "No space left on device")
TYPED = {"token": 'a"b', "head_name": "Phạm <b>Văn</b> Mẫu", "ý": "dòng một\r\ndòng hai"}


def page_for(request, error=FULL):
    """The answer to a request that failed so."""
    try:
        raise error
    except type(error):
        return server_error(request)


def post(data=None, path="/dang-ky/", **extra):
    return RequestFactory().post(path, TYPED if data is None else data, **extra)


def test_everything_typed_comes_back_escaped_behind_one_button():
    answer = page_for(post())
    text = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"], answer["Retry-After"]) == (503, "no-store", "60")
    assert "Máy chủ của xã tạm hết chỗ." in text
    assert 'name="head_name" value="Phạm &lt;b&gt;Văn&lt;/b&gt; Mẫu"' in text
    assert 'name="token" value="a&quot;b"' in text
    assert 'value="dòng một\r\ndòng hai"' in text
    assert text.count("<button") == 1
    # To the address in the browser's own bar, whatever was asked for.
    assert "action=" not in text


def test_several_values_of_one_box_all_come_back():
    assert boxes_to_send_again(post({"q1": ["a", "b"]})) == [("q1", "a"), ("q1", "b")]


@pytest.mark.parametrize(
    "data",
    [
        {"code": "BT-1234X", "secret": "123456"},
        {"username": "a", "password": "b"},
        {"new_password1": "b"},
        {"head_name": "Phạm Văn Mẫu", "photo": SimpleUploadedFile("a.jpg", b"x")},
        {f"o{number}": "x" for number in range(301)},
        {"body": "x" * 60_001},
    ],
    ids=["secret number", "password", "new password", "file", "too many", "too long"],
)
def test_secrets_files_and_whole_articles_are_not_put_into_a_page(data):
    answer = page_for(post(data))
    text = answer.content.decode()
    assert answer.status_code == 503
    assert "<button" not in text
    assert 'type="hidden"' not in text
    assert "quay lại trang trước rồi gửi lần nữa" in text


def test_secret_number_that_was_left_empty_hinders_nothing():
    assert ("secret", "") in boxes_to_send_again(post({"head_name": "Phạm Văn Mẫu", "secret": ""}))


def test_what_another_site_sent_is_not_offered():
    assert boxes_to_send_again(post(headers={"Origin": "http://testserver"}))
    assert not boxes_to_send_again(post(headers={"Origin": "https://ke-gian.example"}))


def test_one_time_code_at_the_door_is_not_offered():
    request = post({"code": "123456"}, path=reverse("door:code"))
    request.resolver_match = resolve(request.path)
    assert not boxes_to_send_again(request)


def fail(*_args, **_kwargs):
    raise FULL


def test_every_box_for_a_password_has_a_name_that_is_known():
    def all_forms(form):
        for child in form.__subclasses__():
            yield child
            yield from all_forms(child)

    import_module("portal.urls")  # all forms of the site are loaded by its addresses

    boxes = {
        name
        for form in all_forms(forms.BaseForm)
        for name, box in getattr(form, "base_fields", {}).items()
        if isinstance(box.widget, forms.PasswordInput)
    }
    assert boxes
    assert not [name for name in boxes if not any(part in name for part in SECRET_BOXES)]


def test_form_that_cannot_be_read_to_its_end_gets_the_page_without_a_button():
    request = post(data=b"--x\r\nbroken", content_type="multipart/form-data; boundary=")
    assert page_for(request).status_code == 503


def test_reader_and_staff_are_told_in_their_own_words():
    assert "Ít phút nữa mời mở lại" in page_for(RequestFactory().get("/")).content.decode()
    staff = page_for(post({"note": "ghi"}, path="/quan-tri/so-ho/")).content.decode()
    assert "bà con" not in staff.split("pledge")[0]
    assert "Gửi lại</button>" in staff


def test_our_own_fault_is_still_told_as_one():
    assert page_for(RequestFactory().get("/"), ValueError("x")).status_code == 500


class TestStoredPages:
    @pytest.fixture
    def story(self, site_tree):
        return StoryPageFactory(parent=site_tree.stories, title="Sạp rau có mã vuông")

    @pytest.fixture
    def outage(self, monkeypatch):
        """From now on no page can be made."""

        def begin():
            monkeypatch.setattr("portal.core.middleware.remembered", fail)

        return begin

    def test_old_copy_stands_in_while_no_page_can_be_made(self, story, outage, time_machine):
        time_machine.move_to("2026-11-26T03:00:00Z", tick=False)
        reader = Client(raise_request_exception=False)
        first = reader.get(story.url)
        time_machine.shift(timedelta(hours=5))
        assert reader.get(story.url).status_code == 200
        outage()
        time_machine.shift(timedelta(hours=5))
        answer = reader.get(story.url)
        assert (answer.status_code, answer.content) == (200, first.content)
        assert reader.get("/cau-chuyen/").status_code == 503
        time_machine.shift(timedelta(hours=24))
        assert reader.get(story.url).status_code == 503

    def test_copy_from_before_a_change_never_stands_in(self, story, outage, django_capture_on_commit_callbacks):
        reader = Client(raise_request_exception=False)
        reader.get(story.url)
        with django_capture_on_commit_callbacks(execute=True):
            story.unpublish()
        outage()
        assert reader.get(story.url).status_code == 503

    def test_copy_that_the_clock_makes_wrong_does_not_stand_in(self, story, outage, time_machine, monkeypatch):
        time_machine.move_to("2026-11-26T03:00:00Z", tick=False)
        real = type(story).get_context

        def get_context(page, request, *arguments, **options):
            page_cache.keep_at_most(request, 300)
            return real(page, request, *arguments, **options)

        monkeypatch.setattr(type(story), "get_context", get_context)
        reader = Client(raise_request_exception=False)
        reader.get(story.url)
        outage()
        time_machine.shift(timedelta(seconds=299))
        assert reader.get(story.url).status_code == 200
        time_machine.shift(timedelta(seconds=2))
        assert reader.get(story.url).status_code == 503

    def test_copy_from_a_clock_that_ran_ahead_is_made_anew(self, story, time_machine, django_assert_num_queries):
        time_machine.move_to("2026-11-26T06:00:00Z", tick=False)
        reader = Client()
        reader.get(story.url)
        with django_assert_num_queries(0):
            reader.get(story.url)
        time_machine.move_to("2026-11-26T03:00:00Z", tick=False)
        type(story).objects.filter(pk=story.pk).update(title="Tên mới", draft_title="Tên mới")
        assert "Tên mới" in reader.get(story.url).content.decode()

    def test_full_disk_hinders_no_reader_and_no_change(self, story, monkeypatch, django_capture_on_commit_callbacks):
        reader = Client()
        reader.get(story.url)
        for name in ("pages", "shared"):
            monkeypatch.setattr(caches[name], "set", fail)
            monkeypatch.setattr(caches[name], "add", fail)
        assert reader.get("/cau-chuyen/").status_code == 200
        with django_capture_on_commit_callbacks(execute=True):
            story.title = "Sạp rau đổi tên"
            story.save_revision().publish()
        for path in (story.url, "/cau-chuyen/"):
            text = reader.get(path).content.decode()
            assert "Sạp rau đổi tên" in text
            assert "Sạp rau có mã vuông" not in text


class TestWorkBehindTheScenes:
    def test_clock_goes_on_when_no_sign_of_life_can_be_left(self, monkeypatch, caplog):
        monkeypatch.setattr(caches["shared"], "set", fail)
        monkeypatch.setattr(caches["shared"], "add", fail)
        beat(SCHEDULER)
        assert "no sign of life of scheduler" in caplog.text
        assert silent_for(SCHEDULER) == timedelta(0)

    def test_figures_are_counted_only_with_room_for_their_file(self, monkeypatch, settings, tmp_path):
        """The library would write beyond the end of a full disk as into memory, and the system end the process."""
        settings.FIGURES_DIR = tmp_path
        monkeypatch.setattr(figures, "_with_room", set())
        monkeypatch.setattr(figures, "_take_room", fail)
        assert not figures._has_room()
        monkeypatch.undo()
        settings.FIGURES_DIR = tmp_path
        figures._with_room.clear()
        assert figures._has_room()
        sizes = {path.stat().st_blocks * 512 for path in tmp_path.iterdir()}
        assert min(sizes) >= figures.FILE_BYTES

    def test_task_whose_worker_died_waits_again_but_not_for_ever(self, db):
        lost, running, fatal = (
            DBTaskResult.objects.create(
                task_path="portal.core.pictures.make_sources_of",
                args_kwargs={"args": [], "kwargs": {"image_id": 0}},
                backend_name="default",
                status=TaskResultStatus.RUNNING,
                started_at=timezone.now() - timedelta(minutes=minutes),
                run_after=timezone.now(),
                worker_ids=["a"] * times,
            )
            for minutes, times in ((11, 1), (9, 1), (11, MOST_TIMES))
        )
        assert requeue_lost_tasks() == 1
        rows = dict(DBTaskResult.objects.values_list("pk", "status"))
        assert rows[lost.pk] == TaskResultStatus.READY
        assert rows[running.pk] == TaskResultStatus.RUNNING
        assert rows[fatal.pk] == TaskResultStatus.FAILED
