"""Asking somebody without an account, and taking down what he or she decided."""

import json
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from portal.core.audit import hold_log, record
from portal.core.models import BasePage, User
from portal.home.approvals.checks import faults_of
from portal.home.models.approvals import LINK_TRIES, ApprovalLink, Approver

CODE_DIGITS = 6
DAYS = (1, 3, 7)
ASKED, DECIDED, REVOKED, CODE_SET = "page.link_ask", "page.link_decide", "page.link_revoke", "approver.code"


class AskingRefused(Exception):
    """The page cannot be put before this person; the message is for the one who asks."""


class LinkGone(Exception):
    """Decided, revoked, expired or locked meanwhile."""


class PageChanged(Exception):
    """The page is another one by now: what was read is not what would be published."""


class WrongCode(Exception):
    """The approver's code was not this one; the message says how many tries are left."""


def digest_of_token(token: str) -> str:
    """What is stored of a link."""
    return sha256(token.encode()).hexdigest()


def digest_of_revision(revision: Revision) -> str:
    """SHA-256 of the content that somebody reads."""
    return sha256(json.dumps(revision.content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def set_code(*, approver: Approver, by: User) -> str:
    """A new code for the approver, to be handed over in person; it is shown once and kept as a digest."""
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    approver.code_digest, approver.wrong_tries = make_password(code), 0
    approver.code_set_at, approver.code_set_by = timezone.now(), by
    approver.save(update_fields=["code_digest", "wrong_tries", "code_set_at", "code_set_by"])
    record(CODE_SET, by=by, subject=f"người duyệt {approver.pk}")
    return code


@transaction.atomic
def ask_approver(*, page: BasePage, approver: Approver, days: int, by: User) -> tuple[ApprovalLink, str]:
    """Put the newest draft before the approver; returns the link and its token, which is told this once.

    A draft that waits for nobody is sent to review first. An earlier open link of the page ends.
    """
    hold_log()
    if approver.code_set_by_id == by.pk:
        raise AskingRefused("Bạn là người đặt mã duyệt cho người này, nên người khác phải gửi đường dẫn.")
    if not Approver.objects.ready().filter(pk=approver.pk).exists():
        raise AskingRefused("Người này chưa có mã duyệt. Nhờ quản trị viên đặt mã.")
    revision = page.latest_revision
    if revision is None or not page.has_unpublished_changes:
        raise AskingRefused("Bài không có bản nháp nào chờ duyệt.")
    state = _waiting(page, by)
    token, now = secrets.token_urlsafe(32), timezone.now()
    ApprovalLink.objects.open().filter(page=page.pk).update(revoked_at=now, revoked_by=by)
    link = ApprovalLink.objects.create(
        token_digest=digest_of_token(token),
        page=page,
        revision=revision,
        revision_digest=digest_of_revision(revision),
        task_state=state.current_task_state,
        approver=approver,
        asked_by=by,
        expires_at=now + timedelta(days=days),
    )
    record(ASKED, by=by, subject=f"trang {page.pk}", data=_said(link))
    return link, token


def _waiting(page: BasePage, by: User) -> WorkflowState:
    """The review that the page waits in; begun where it waits for nobody, as the editor's button does."""
    draft: Any = page.get_latest_revision_as_object()
    faults = faults_of(draft)
    if faults:
        raise AskingRefused(" ".join(["Bài chưa gửi được.", *faults]))
    state: WorkflowState | None = page.current_workflow_state
    if state is None:
        try:
            draft.full_clean()
        except ValidationError as error:
            raise AskingRefused("Bài còn ô chưa điền đúng. Mở bài, bấm “Gửi duyệt” ở đó để xem chỗ nào.") from error
        workflow = page.get_workflow()
        if workflow is None:
            raise AskingRefused("Trang này không có quy trình duyệt.")
        return workflow.start(page, by)
    if state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise AskingRefused("Bài đang được yêu cầu sửa. Sửa xong, gửi duyệt lại rồi quay lại đây.")
    return state


@transaction.atomic
def revoke_link(*, link: ApprovalLink, by: User) -> bool:
    """The link leads nowhere from now on; returns whether it was still open."""
    changed = ApprovalLink.objects.open().filter(pk=link.pk).update(revoked_at=timezone.now(), revoked_by=by)
    if changed:
        record(REVOKED, by=by, subject=f"trang {link.page_id}", data=_said(link))
    return bool(changed)


def open_link(token: str) -> ApprovalLink | None:
    """The link that may still be read and decided by; None for every other, whatever the reason."""
    rows = ApprovalLink.objects.open().select_related("approver", "asked_by", "page", "revision", "task_state")
    return rows.filter(token_digest=digest_of_token(token)).first()


def is_still_what_was_read(link: ApprovalLink) -> bool:
    """Whether the page waits in the same review with the very content that the link shows."""
    state, revision = link.task_state, link.revision
    return (
        state is not None
        and revision is not None
        and state.status == state.STATUS_IN_PROGRESS
        and link.page.latest_revision_id == revision.pk
        and digest_of_revision(revision) == link.revision_digest
    )


def decide(*, link: ApprovalLink, code: str, agrees: bool, reason: str = "") -> ApprovalLink:
    """Take down the decision and let the review follow it, both or neither. Nothing is decided without the code."""
    _check_code(link, code)
    with transaction.atomic():
        # Before the row, as other writers do.
        hold_log()
        rows = ApprovalLink.objects.open().select_for_update(of=("self",))
        locked = rows.select_related("approver", "page", "revision", "task_state").filter(pk=link.pk).first()
        if locked is None:
            raise LinkGone
        if not is_still_what_was_read(locked):
            raise PageChanged
        faults = faults_of(locked.page.get_latest_revision_as_object()) if agrees else []
        _follow(locked, agrees and not faults, " ".join([reason, *faults]).strip())
        decision = ApprovalLink.Decision.NOT_YET
        if agrees:
            decision = ApprovalLink.Decision.STOPPED if faults else ApprovalLink.Decision.AGREED
        locked.decision, locked.decided_at = decision, timezone.now()
        locked.reason = " ".join([reason, *faults]).strip()[:500]
        locked.save(update_fields=["decision", "decided_at", "reason"])
        record(DECIDED, by=None, subject=f"trang {locked.page_id}", data={**_said(locked), "decision": decision})
        return locked


def _follow(link: ApprovalLink, is_approved: bool, words: str) -> None:
    """Finish the step of the review in nobody's name; who decided stands in its comment."""
    state: Any = link.task_state
    said = "đồng ý" if is_approved else "chưa đăng được"
    comment = f"{link.approver}, qua đường dẫn duyệt: {said}{f'. {words}' if words else ''}"
    state.task.specific.on_action(state, None, "approve" if is_approved else "reject", comment=comment)


def _check_code(link: ApprovalLink, code: str) -> None:
    """Count the try before looking at it, so that many at once are not one."""
    counted = ApprovalLink.objects.open().filter(pk=link.pk).update(wrong_tries=F("wrong_tries") + 1)
    ready = Approver.objects.ready().filter(pk=link.approver_id)
    if not counted or not ready.update(wrong_tries=F("wrong_tries") + 1):
        raise LinkGone
    approver = Approver.objects.get(pk=link.approver_id)
    if not check_password(code, approver.code_digest):
        left = LINK_TRIES - link.wrong_tries - 1
        raise WrongCode(f"Mã duyệt chưa đúng. Còn {left} lần." if left > 0 else "Mã duyệt chưa đúng.")
    ApprovalLink.objects.filter(pk=link.pk).update(wrong_tries=F("wrong_tries") - 1)
    Approver.objects.filter(pk=approver.pk).update(wrong_tries=0)


def _said(link: ApprovalLink) -> dict[str, Any]:
    """For the log, which keeps numbers and no names."""
    return {"link": link.pk, "approver": link.approver_id, "revision": link.revision_digest}


def page_of(pk: int) -> BasePage | None:
    """The page as its own type; None for pages that are not the column's."""
    page = Page.objects.filter(pk=pk).first()
    specific = page.specific if page else None
    return specific if isinstance(specific, BasePage) else None
