"""What a colleague who leaves would leave lying, and its way to somebody else's desk (row A12)."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import GroupApprovalTask, Page, WorkflowState

from portal.core.access.accounts import close_account
from portal.core.access.factors import has_factor, switch_off
from portal.core.audit import record
from portal.core.models import User
from portal.households.selectors.duties import open_duties
from portal.households.services.duties import hand_over_duties


class HandoverRefused(Exception):
    """The account cannot be closed like this; the message is what the clerk reads."""


@dataclass(frozen=True)
class Work:
    """One kind of unfinished work: what it is, and how much of it."""

    title: str
    count: int


def open_work(user: User) -> list[Work]:
    """Everything that would have nobody; empty when the account can simply be closed."""
    works = [
        Work("bài viết đứng tên", Page.objects.filter(owner=user).count()),
        Work("bản nháp đang viết", _drafts(user).count()),
        Work("bài đang chờ duyệt hoặc cần sửa", _requests(user).count()),
        Work("trang đang khóa", Page.objects.filter(locked_by=user).count()),
        *(Work(title, count) for title, count in open_duties(user)),
    ]
    return [work for work in works if work.count]


@transaction.atomic
def close_with_handover(*, user: User, successor: User | None, reason: str, by: User) -> list[Work]:
    """Give everything open to the successor and close the account: all of it, or nothing. What was given."""
    works = open_work(user)
    if works and successor is None:
        raise HandoverRefused("Còn việc dở dang. Chọn người nhận việc trước.")
    _refuse_orphaned_reviews(user)
    if successor is not None:
        drafts = list(_drafts(user).values_list("pk", flat=True))
        # History keeps who wrote what; the draft lies on the desk of whoever the page belongs to.
        Page.objects.filter(Q(owner=user) | Q(pk__in=drafts)).update(owner=successor)
        _requests(user).update(requested_by=successor)
        hand_over_duties(user=user, successor=successor, by=by)
    Page.objects.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)
    data = {"to": successor.username if successor else "", "work": {work.title: work.count for work in works}}
    record("account.hand_over", by=by, subject=user.username, reason=reason, data=data)
    close_account(user=user, by=by, reason=reason)
    # The telephone and the keys leave with their owner, who is not among those for whom the account may open again.
    if has_factor(user):
        switch_off(user=user, by=by)
    return works


def _drafts(user: User) -> QuerySet[Page]:
    return Page.objects.filter(has_unpublished_changes=True, latest_revision__user=user)


def _requests(user: User) -> QuerySet[WorkflowState]:
    waiting = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]
    return WorkflowState.objects.filter(requested_by=user, status__in=waiting)


def _refuse_orphaned_reviews(user: User) -> None:
    """Pages that wait for a review must find a reviewer after this one has gone."""
    for task in GroupApprovalTask.objects.filter(active=True, groups__user=user).distinct():
        colleagues = User.objects.filter(is_active=True, groups__in=task.groups.all()).exclude(pk=user.pk)
        if not colleagues.exists():
            raise HandoverRefused(f"Không còn ai khác làm bước “{task.name}”. Trao vai trò đó cho người khác trước.")
