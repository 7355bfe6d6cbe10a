"""Whether the site is well: what administrators see, what a monitoring system reads, what the log says and does not."""

import json
import logging
import re
import shutil
import subprocess
import sys
from collections import namedtuple
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from portal.core.away import ServiceAway
from portal.core.heartbeat import SCHEDULER, beat
from portal.core.jobs import run_job
from portal.core.logs import JsonFormatter, masked, request_number
from portal.core.models import JobRun
from portal.home import serving
from portal.home.operations.readings import BACKUP, ago, readings, troubles
from tests.desks import desk_of
from tests.factories.access import JobRunFactory
from tests.factories.home import BrokenLinkFactory
from tests.second_factor import words_of

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/van-hanh/"
Usage = namedtuple("Usage", "total used free")
DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def administrator():
    return desk_of("Quản trị", full_name="Trần Quản Trị")


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-26T03:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def _roomy(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(100 * 1024**3, 0, 60 * 1024**3))


def state_of(title: str) -> tuple[str, bool]:
    found = next(reading for reading in readings() if reading.title == title)
    return found.state, found.is_bad


class TestJobs:
    def test_run_that_went_well_is_remembered(self, clock):
        assert run_job("nightly", lambda: None)
        row = JobRun.objects.get()
        assert (row.name, row.fault, row.went_well_at) == ("nightly", "", timezone.now())

    def test_run_that_failed_stops_nothing_and_says_why_without_what_is_personal(self, clock, caplog):
        run_job("nightly", lambda: None)
        clock.shift(timedelta(days=1))

        def fail():
            raise ValueError("Key (phone)=(+84356123456) already exists for 'Đinh Văn Bông'")

        assert not run_job("nightly", fail)
        row = JobRun.objects.get()
        assert row.fault == "ValueError: Key “…” already exists for “…”"
        assert row.went_well_at == timezone.now() - timedelta(days=1)

    def test_every_minute_is_written_down_now_and_then(self, clock, django_assert_num_queries):
        run_job("seal_rounds", lambda: None)
        clock.shift(timedelta(minutes=1))
        with django_assert_num_queries(1):
            run_job("seal_rounds", lambda: None)
        clock.shift(timedelta(minutes=5))
        run_job("seal_rounds", lambda: None)
        assert JobRun.objects.get().finished_at == timezone.now()

    def test_clock_goes_on_when_the_database_is_away(self, monkeypatch):
        def away(*_args, **_kwargs):
            raise DatabaseError

        monkeypatch.setattr("portal.core.jobs._note", away)
        assert run_job("nightly", lambda: None)

    def test_clock_of_the_site_writes_them_all(self, monkeypatch):
        monkeypatch.setattr(serving, "call_command", lambda name, **_options: None)
        serving.do_what_is_due()
        serving.tidy_register()
        assert set(JobRun.objects.values_list("name", flat=True)) == {*serving.EVERY_MINUTE, *serving.EVERY_NIGHT}


@pytest.mark.usefixtures("_roomy")
class TestReadings:
    def test_fresh_site_says_what_was_never_done(self):
        assert state_of("Lịch hẹn giờ") == ("chưa chạy lần nào", True)
        assert state_of("Sao lưu") == ("chưa có", True)

    def test_site_that_is_well_has_no_trouble(self, clock):
        beat(SCHEDULER)
        beat(BACKUP)
        JobRunFactory()
        assert troubles() == []

    def test_clock_that_is_silent_turns_red_after_ten_minutes(self, clock):
        beat(SCHEDULER)
        clock.shift(timedelta(minutes=9))
        assert not state_of("Lịch hẹn giờ")[1]
        clock.shift(timedelta(minutes=2))
        assert state_of("Lịch hẹn giờ") == ("im 11 phút", True)

    def test_night_that_was_missed_and_backup_that_is_old(self, clock):
        JobRunFactory()
        beat(BACKUP)
        clock.shift(timedelta(hours=25))
        assert not state_of("Sao lưu")[1]
        clock.shift(timedelta(hours=2))
        assert state_of("Sao lưu") == ("đã 27 giờ", True)
        assert state_of("Tính lại tình trạng hộ, xóa ảnh quá hạn") == ("trễ 27 giờ", True)

    def test_job_that_failed(self):
        JobRunFactory(fault="OSError: hết chỗ")
        assert state_of("Tính lại tình trạng hộ, xóa ảnh quá hạn") == ("chưa xong: OSError: hết chỗ", True)

    def test_queue_that_nobody_works_at(self, settings, clock):
        settings.TASKS = DATABASE_QUEUE
        assert state_of("Việc chờ làm") == ("0 việc", False)
        DBTaskResult.objects.create(
            id=uuid4(),
            args_kwargs={"args": [], "kwargs": {}},
            task_path="x",
            backend_name="default",
            run_after=get_date_max(),
            exception_class_path="",
            traceback="",
        )
        assert state_of("Việc chờ làm") == ("1 việc", False)
        clock.shift(timedelta(minutes=16))
        assert state_of("Việc chờ làm") == ("1 việc", True)

    def test_disk_that_is_nearly_full(self, monkeypatch):
        monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(40 * 1024**3, 0, 3 * 1024**3))
        assert state_of("Ổ đĩa") == ("còn 3,0 GB trong 40,0 GB", True)

    @pytest.mark.parametrize("fault", [ServiceAway("s3"), DatabaseError("away")])
    def test_part_on_another_machine_that_does_not_answer(self, fault, settings, monkeypatch):
        def fail(*_arguments):
            raise fault

        title = "Kho tệp (S3)"
        assert title not in [reading.title for reading in readings()]
        settings.STORAGES = {**settings.STORAGES, "private": settings.STORAGES["default"]}
        assert state_of(title) == ("đang trả lời", False)
        monkeypatch.setattr(FileSystemStorage, "exists", fail)
        assert state_of(title) == ("không trả lời", True)

    @pytest.mark.parametrize(("minutes", "words"), [(0, "0 phút"), (59, "59 phút"), (61, "1 giờ"), (2880, "2 ngày")])
    def test_ages_in_words(self, minutes, words, clock):
        assert ago(timezone.now() - timedelta(minutes=minutes)) == words


class TestPage:
    def test_is_for_administrators(self, administrator, officer, leader, editor):
        BrokenLinkFactory()
        words = words_of(administrator.get(PAGE))
        assert "Cần xem: chưa có" in words
        assert "1 liên kết hỏng" in words
        for other in (officer, leader, editor):
            assert other.get(PAGE).status_code == 404
        assert Client().get(PAGE).status_code == 302

    def test_home_of_administrators_turns_red_and_nobody_elses(self, administrator, editor):
        assert "việc cần xem" in words_of(administrator.get("/quan-tri/"))
        assert "việc cần xem" not in words_of(editor.get("/quan-tri/"))


class TestMetrics:
    def test_this_machine_reads_requests_and_gauges(self, client, site_tree):
        client.get("/tin-tuc/")
        beat(SCHEDULER)
        JobRunFactory(fault="x")
        text = client.get("/metrics").content.decode()
        assert 'portal_requests_total{method="GET",side="public",status="2xx"}' in text
        assert 'portal_request_seconds_bucket{le="0.5",side="public"}' in text
        assert 'portal_heartbeat_age_seconds{name="scheduler"}' in text
        assert 'portal_job_failed{name="nightly"} 1.0' in text
        assert "portal_disk_free_bytes" in text

    def test_others_find_no_such_page(self, settings):
        settings.METRICS_TOKEN = "k" * 40
        abroad = Client(REMOTE_ADDR="203.0.113.7")
        assert abroad.get("/metrics").status_code == 404
        assert Client(headers={"x-forwarded-for": "127.0.0.1"}).get("/metrics").status_code == 404
        assert Client(REMOTE_ADDR="").get("/metrics").status_code == 404
        assert abroad.get("/metrics", headers={"authorization": "Bearer x"}).status_code == 404
        assert abroad.get("/metrics", headers={"authorization": f"Bearer {'k' * 40}"}).status_code == 200

    def test_without_a_token_no_word_opens_it(self):
        assert (
            Client(REMOTE_ADDR="203.0.113.7").get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
        )

    def test_several_processes_are_told_together(self, client, settings):
        def told():
            text = client.get("/metrics").content.decode()
            found = re.search(r'portal_requests_total\{method="GET",side="public",status="5xx"\} ([\d.]+)', text)
            return float(found[1]) if found else 0.0

        count = "from portal.core import figures; figures._requests.labels('public', 'GET', '5xx').inc(7)"
        script = f"import os; os.environ['PROMETHEUS_MULTIPROC_DIR'] = {str(settings.FIGURES_DIR)!r}; {count}"
        before = told()
        subprocess.run([sys.executable, "-c", script], check=True)
        assert told() == before + 7


class TestLog:
    @pytest.fixture
    def lines(self):
        """Lines as a server writes them."""
        written = []

        class Collector(logging.Handler):
            def emit(self, record):
                written.append(json.loads(JsonFormatter().format(record)))

        handler, names = Collector(), ("portal", "django")
        for name in names:
            logging.getLogger(name).addHandler(handler)
        before = logging.getLogger("portal").level
        logging.getLogger("portal").setLevel(logging.INFO)
        yield written
        logging.getLogger("portal").setLevel(before)
        for name in names:
            logging.getLogger(name).removeHandler(handler)

    def test_request_is_one_line_with_route_and_number(self, client, lines):
        number = str(uuid4())
        answer = client.get("/xac-minh/GCN-123456-X/?ten=Dinh+Van+Bong", headers={"x-request-id": number})
        line = next(line for line in lines if line["logger"] == "portal.access")
        assert answer["X-Request-ID"] == number
        assert (line["request"], line["method"], line["route"]) == (number, "GET", "xac-minh/<str:typed>/")
        assert "123456" not in json.dumps(lines)
        assert "Dinh" not in json.dumps(lines)

    @pytest.mark.parametrize("told", ["", "x", "a b c d e f g h", 'eight"; drop', "9" * 65])
    def test_number_that_is_none_is_replaced(self, client, told):
        given = client.get("/healthz", headers={"x-request-id": told})["X-Request-ID"]
        assert given != told
        assert len(given) == 32

    def test_number_ends_with_the_request(self, client):
        client.get("/healthz")
        assert request_number() == ""

    def test_address_that_leads_nowhere_is_not_written_out(self, client, lines, site_tree):
        client.get("/dinh-van-bong-0356123456/")
        assert "0356123456" not in json.dumps(lines)

    def test_error_tells_its_kind_and_place_and_not_what_was_typed(self, lines):
        try:
            raise DatabaseError("duplicate key (phone)=(+84356123456)\nDETAIL: Đinh Văn Bông")
        except DatabaseError:
            logging.getLogger("portal.core").exception("could not save %s", "/ho/BT-1234/")
        line = lines[-1]
        assert line["error"].startswith("django.db.utils.DatabaseError: duplicate key")
        assert "test_operations.py" in line["at"][-1]
        for secret in ("84356123456", "Đinh", "BT-1234"):
            assert secret not in json.dumps(line, ensure_ascii=False)

    def test_password_typed_at_the_door_is_in_no_line(self, client, lines):
        client.post("/quan-tri/login/", {"username": "dinh-van-bong", "password": "Bí mật 123456789"})
        assert "dinh-van-bong" not in json.dumps(lines)
        assert "123456789" not in json.dumps(lines)

    @pytest.mark.parametrize(
        ("words", "kept"),
        [
            ("Not Found: /tra-cuu/BT-0001/", "Not Found: /…"),
            ("mail to lan@example.vn failed", "mail to /… failed"),
            ("call 0356 123 456 now", "call # now"),
            ("year 26 is short", "year 26 is short"),
        ],
    )
    def test_masking(self, words, kept):
        assert masked(words) == kept
