"""What can be read of the site's own work, each with the limit beyond which somebody has to look."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import Error, connections
from django.db.models import Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.core.away import ServiceAway
from portal.core.backups.taking import BACKUP
from portal.core.figures import Gauge
from portal.core.heartbeat import PATIENCE, SCHEDULER, last_beat
from portal.core.models import JobRun
from portal.core.replica import REPLICA

#: A night that was missed is noticed the next morning.
NIGHT_PATIENCE = timedelta(hours=26)
QUEUE_PATIENCE = timedelta(minutes=15)
LEAST_FREE_SHARE, LEAST_FREE_BYTES = 0.10, 2 * 1024**3
JOBS = {
    "publish_scheduled": ("Đăng và gỡ bài theo lịch", PATIENCE),
    "seal_rounds": ("Chốt vòng minigame hết giờ", PATIENCE),
    "sweep_entry_photos": ("Dọn ảnh dự thi bỏ dở", PATIENCE),
    "requeue_tasks": ("Nhặt lại việc nền bỏ dở", PATIENCE),
    "nightly": ("Tính lại tình trạng hộ, xóa ảnh quá hạn", NIGHT_PATIENCE),
    "erase_entries": ("Xóa bài dự thi quá hạn giữ", NIGHT_PATIENCE),
    "check_audit": ("Soát chuỗi nhật ký", NIGHT_PATIENCE),
    "clearsessions": ("Dọn phiên đã hết", NIGHT_PATIENCE),
    "tidy_accounts": ("Ngừng tài khoản lâu không dùng", NIGHT_PATIENCE),
    "check_links": ("Soát liên kết hỏng", NIGHT_PATIENCE),
}


@dataclass(frozen=True)
class Reading:
    """One line of the page: what, how it stands, since when, and whether somebody has to look."""

    title: str
    state: str
    at: datetime | None = None
    is_bad: bool = False


def readings() -> list[Reading]:
    """All lines, in the order in which one would ask."""
    return [_clock(), *_jobs(), _queue(), _disk(), _backup(), *_shared()]


def troubles() -> list[Reading]:
    """Only what somebody has to look at."""
    return [reading for reading in readings() if reading.is_bad]


def _clock() -> Reading:
    last = last_beat(SCHEDULER)
    if last is None:
        return Reading("Lịch hẹn giờ", "chưa chạy lần nào", None, True)
    is_silent = timezone.now() - last >= PATIENCE
    return Reading("Lịch hẹn giờ", f"im {ago(last)}" if is_silent else "đang chạy", last, is_silent)


def _jobs() -> Iterator[Reading]:
    runs = {run.name: run for run in JobRun.objects.all()}
    for name, run in runs.items():
        title, patience = JOBS.get(name, (name, NIGHT_PATIENCE))
        is_late = timezone.now() - run.finished_at >= patience
        if run.fault:
            yield Reading(title, f"chưa xong: {run.fault}", run.finished_at, True)
        else:
            yield Reading(title, f"trễ {ago(run.finished_at)}" if is_late else "chạy tốt", run.finished_at, is_late)


def _queue() -> Reading:
    if not _has_queue():
        return Reading("Việc chờ làm", "làm ngay, không xếp hàng")
    waiting = DBTaskResult.objects.ready()
    oldest: datetime | None = waiting.aggregate(oldest=Min("enqueued_at"))["oldest"]
    is_stuck = oldest is not None and timezone.now() - oldest >= QUEUE_PATIENCE
    return Reading("Việc chờ làm", f"{waiting.count()} việc", oldest, is_stuck)


def _has_queue() -> bool:
    return "django_tasks_db" in str(settings.TASKS["default"]["BACKEND"])


def _disk() -> Reading:
    usage = shutil.disk_usage(settings.DATA_DIR)
    is_full = usage.free < LEAST_FREE_BYTES or usage.free / usage.total < LEAST_FREE_SHARE
    state = f"còn {usage.free / 1024**3:.1f} GB trong {usage.total / 1024**3:.1f} GB".replace(".", ",")
    return Reading("Ổ đĩa", state, None, is_full)


def _backup() -> Reading:
    last = last_beat(BACKUP)
    if last is None:
        return Reading("Sao lưu", "chưa có", None, True)
    is_old = timezone.now() - last >= NIGHT_PATIENCE
    return Reading("Sao lưu", f"đã {ago(last)}" if is_old else "có bản mới", last, is_old)


def _shared() -> Iterator[Reading]:
    """What stands on other machines; one server alone has none of it."""
    if "sessions" in settings.CACHES:
        yield _answering("Kho nhớ chung (Redis)", lambda: caches["counts"].get("thu"))
    if "private" in settings.STORAGES:
        yield _answering("Kho tệp (S3)", lambda: default_storage.exists("thu"))
    if REPLICA in settings.DATABASES:
        yield _answering("Bản sao cơ sở dữ liệu", connections[REPLICA].ensure_connection)


def _answering(title: str, ask: Callable[[], object]) -> Reading:
    try:
        ask()
    except (ServiceAway, Error):
        return Reading(title, "không trả lời", None, True)
    return Reading(title, "đang trả lời")


def ago(moment: datetime) -> str:
    """“3 phút”, “5 giờ”, “2 ngày”: how long since."""
    minutes = max(int((timezone.now() - moment).total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} phút"
    return f"{minutes // 60} giờ" if minutes < 48 * 60 else f"{minutes // (24 * 60)} ngày"


def gauges() -> list[Gauge]:
    """The same for a monitoring system."""
    return [
        ("portal_heartbeat_age_seconds", "Seconds since the last sign of life", _heartbeat_ages),
        ("portal_job_age_seconds", "Seconds since the job last went well", _job_ages),
        ("portal_job_failed", "1 while the last run of the job failed", _job_faults),
        ("portal_queue_length", "Tasks that wait to be done", _queue_lengths),
        ("portal_disk_free_bytes", "Bytes free where the site writes", _disk_free),
    ]


def _age(moment: datetime) -> float:
    return (timezone.now() - moment).total_seconds()


def _heartbeat_ages() -> Iterable[tuple[str, float]]:
    beats: dict[str, Any] = {name: last_beat(name) for name in (SCHEDULER, BACKUP)}
    return [(name, _age(last)) for name, last in beats.items() if last is not None]


def _job_ages() -> Iterable[tuple[str, float]]:
    return [(run.name, _age(run.went_well_at)) for run in JobRun.objects.all() if run.went_well_at]


def _job_faults() -> Iterable[tuple[str, float]]:
    return [(run.name, float(bool(run.fault))) for run in JobRun.objects.all()]


def _queue_lengths() -> Iterable[tuple[str, float]]:
    return [("default", float(DBTaskResult.objects.ready().count()))] if _has_queue() else []


def _disk_free() -> Iterable[tuple[str, float]]:
    return [("data", float(shutil.disk_usage(settings.DATA_DIR).free))]
