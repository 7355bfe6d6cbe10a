"""What waits for a member of staff, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page, Revision, TaskState, WorkflowState

from portal.home.desk.roles import can_publish_pages
from portal.home.models import ApprovalLink

#: More rows than this are not read; the count of the rest is told.
ROWS = 7


@dataclass(frozen=True)
class Job:
    """One row: what it is, why it is here, since or until when, and the one thing to do."""

    title: str
    note: str
    moment: datetime
    verb: str
    url: str


def answer_job(link: ApprovalLink) -> Job:
    """What somebody without an account said to a page."""
    note = f"{link.approver}: {link.get_decision_display()}{f'. “{link.reason}”' if link.reason else ''}"
    moment = link.decided_at or link.asked_at
    return Job(link.page.get_admin_display_title(), note, moment, "Mở", _edit_url(link.page_id))


def jobs_for(user: Any) -> list[Job]:
    """Pages to approve, pages sent back, drafts left lying: whatever the user has to do next."""
    jobs = [*_reviews(user), *_returned(user), *_drafts(user)]
    return sorted(jobs, key=lambda job: job.moment)


def _edit_url(page_id: object) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _reviews(user: Any) -> Iterator[Job]:
    """Steps of the workflow that this user may finish."""
    states = (
        TaskState.objects.reviewable_by(user)
        .select_related("revision", "workflow_state__requested_by")
        .order_by("started_at")
    )
    for state in states:
        author = state.workflow_state.requested_by
        note = f"{author} gửi duyệt" if author else "Chờ duyệt"
        yield Job(state.revision.object_str, note, state.started_at, "Duyệt", _edit_url(state.revision.object_id))


def _returned(user: Any) -> Iterator[Job]:
    """Pages of the user that a reviewer wants changed."""
    states = (
        WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)
        .select_related("current_task_state__revision")
        .order_by("pk")
    )
    for state in states:
        step = state.current_task_state
        comment = f"Cần sửa: “{step.comment}”" if step.comment else "Cần sửa"
        moment = step.finished_at or step.started_at
        yield Job(step.revision.object_str, comment, moment, "Sửa", _edit_url(state.object_id))


def returned_by(user: Any) -> list[Job]:
    """Pages that this reviewer sent back and whose authors have not sent them again, the longest ago first."""
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES, current_task_state__finished_by=user
    ).exclude(requested_by=user)
    jobs = []
    for state in states.select_related("current_task_state__revision", "requested_by"):
        step = state.current_task_state
        note = f"Chờ {state.requested_by or 'người viết'} sửa"
        note += f": “{step.comment}”" if step.comment else ""
        moment = step.finished_at or step.started_at
        jobs.append(Job(step.revision.object_str, note, moment, "Xem", _edit_url(state.object_id)))
    return sorted(jobs, key=lambda job: job.moment)


def _drafts(user: Any) -> Iterator[Job]:
    """Pages that the user touched last, or has from a colleague who left, and that wait for no review and no hour."""
    inherited = Q(owner=user, latest_revision__user__is_active=False)
    pages = (
        Page.objects.filter(Q(latest_revision__user=user) | inherited, has_unpublished_changes=True)
        .filter(latest_revision__approved_go_live_at=None)
        .exclude(pk__in=_pages_in_workflow())
        .order_by("latest_revision_created_at")
    )
    for page in pages:
        note = "Đang hiển thị, có bản nháp" if page.live else "Bản nháp"
        yield Job(
            page.get_admin_display_title(), note, page.latest_revision_created_at, "Viết tiếp", _edit_url(page.pk)
        )


def _pages_in_workflow() -> list[int]:
    """Read apart: object_id is text, and PostgreSQL compares text with numbers only when told how."""
    base = Page(pk=0).get_base_content_type()
    return [
        int(pk)
        for pk in WorkflowState.objects.active().filter(base_content_type=base).values_list("object_id", flat=True)
    ]


def scheduled_for(user: Any) -> list[Job]:
    """Pages that go live by themselves, the next one first: the user's own, or all for those who publish."""
    revisions = Revision.page_revisions.filter(approved_go_live_at__isnull=False).order_by("approved_go_live_at")
    if not can_publish_pages(user):
        owned = [str(pk) for pk in Page.objects.filter(owner=user).values_list("pk", flat=True)]
        revisions = revisions.filter(Q(user=user) | Q(object_id__in=owned))
    return [
        Job(revision.object_str, "Đã hẹn giờ", revision.approved_go_live_at, "Xem", _edit_url(revision.object_id))
        for revision in revisions
    ]
