"""What villages did for the movement: noted once, put right by a further note, with private pictures (row V12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.core.pictures import reencode
from portal.core.private_files import keep_private
from portal.households.enums import ActivityKind
from portal.households.models import ActivityPhoto, ActivityReport, Village
from portal.households.permissions import villages_of

PHOTOS_PER_ACTIVITY = 6


class ActivityRefused(Exception):
    """The report cannot be taken as it is; the message is what the team reads."""


@dataclass(frozen=True)
class ActivityEntry:
    """A report as it was filled in; `page_id` is the public announcement that went before."""

    token: UUID
    village: Village
    held_on: date
    kind: ActivityKind
    topic: str
    place: str
    people_count: int
    men_count: int | None = None
    women_count: int | None = None
    elder_count: int | None = None
    note: str = ""
    page_id: int | None = None
    is_void: bool = False


@transaction.atomic
def record_activity(
    *, entry: ActivityEntry, by: User, corrects: ActivityReport | None = None, photos: Sequence[Any] = ()
) -> ActivityReport:
    """Note an activity, or put an older note right; the same form sent twice is one report."""
    known: ActivityReport | None = ActivityReport.objects.filter(token=entry.token).first()
    if known is not None:
        return known
    _check(entry, corrects, by)
    report = ActivityReport(
        token=entry.token,
        village=entry.village,
        held_on=entry.held_on,
        kind=entry.kind,
        topic=entry.topic,
        place=entry.place,
        people_count=entry.people_count,
        men_count=entry.men_count,
        women_count=entry.women_count,
        elder_count=entry.elder_count,
        note=entry.note,
        page_id=entry.page_id,
        corrects=corrects,
        is_void=entry.is_void,
        recorded_by=by,
    )
    report.save()
    add_photos(activity=report, photos=photos, by=by)
    action = "activity.correct" if corrects else "activity.record"
    record(action, by=by, subject=f"hoạt động {report.pk}", data={"village": entry.village.pk})
    return report


@transaction.atomic
def add_photos(*, activity: ActivityReport, photos: Sequence[Any], by: User) -> None:
    """Keep pictures of an activity, re-encoded and without the place where they were taken."""
    if photos and activity.photos.count() + len(photos) > PHOTOS_PER_ACTIVITY:
        raise ActivityRefused(f"Mỗi hoạt động giữ nhiều nhất {PHOTOS_PER_ACTIVITY} ảnh.")
    for photo in photos:
        name = keep_private(reencode(photo), folder="hoat-dong")
        ActivityPhoto.objects.create(activity=activity, name=name)
        record("activity.photo", by=by, subject=f"hoạt động {activity.pk}")


def _check(entry: ActivityEntry, corrects: ActivityReport | None, by: User) -> None:
    if not villages_of(by).filter(pk=entry.village.pk).exists():
        raise ActivityRefused("Chỉ ghi được hoạt động của thôn mình phụ trách.")
    if entry.held_on > timezone.localdate():
        raise ActivityRefused("Ngày này chưa tới. Hoạt động làm xong rồi mới ghi.")
    if not Village.objects.standing_on(entry.held_on).filter(pk=entry.village.pk).exists():
        raise ActivityRefused(f"{entry.village} không có vào ngày {entry.held_on:%d/%m/%Y}.")
    if corrects is not None and ActivityReport.objects.filter(corrects=corrects).exists():
        raise ActivityRefused("Phiếu này đã có người sửa rồi. Xin mở phiếu mới nhất.")
