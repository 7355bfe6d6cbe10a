"""A moderator says yes, mend it, or no; each saying is a row, and an undone one is followed by an empty one."""

from collections.abc import Iterable

from django.db import transaction

from portal.campaign.enums import ExclusionReason, Phase, Verdict
from portal.campaign.models import Entry, Moderation, Round
from portal.campaign.selectors.closing import SETTLED, exclusions_of
from portal.campaign.selectors.entries import valid_entries
from portal.campaign.selectors.moderation import was_asked_to_mend
from portal.campaign.services.closing import exclude_entry, lift_exclusion
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages

#: Exclusions that follow from what moderators say.
MODERATED = {ExclusionReason.REFUSED, ExclusionReason.HELD}


class ModerationRefused(Exception):
    """This cannot be said of the entry now; the message is what the moderator reads."""


@transaction.atomic
def moderate_entry(
    *, round_: Round, code: str, version: int, verdict: Verdict, by: User, reason: str = ""
) -> Moderation:
    """Say it of the version that was looked at. Refused once sealed, the entry is out of the running, and back again
    when that is undone."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("game").get(pk=round_.pk)
    entry = valid_entries(locked).filter(code=code, erased_at=None).first()
    if entry is None or entry.version != version:
        raise ModerationRefused("Gia đình vừa sửa bài này. Xin xem bản mới rồi hãy duyệt.")
    _check_verdict(locked, entry, verdict, reason)
    row = _say(locked, entry, verdict, reason.strip(), by)
    _settle_exclusion(locked, entry, verdict, reason, by)
    return row


@transaction.atomic
def approve_entries(*, round_: Round, looked: Iterable[tuple[str, int]], by: User) -> tuple[int, int]:
    """Approve several (code, version) at once; (how many were, how many had changed meanwhile)."""
    approved = changed = 0
    for code, version in looked:
        try:
            moderate_entry(round_=round_, code=code, version=version, verdict=Verdict.APPROVED, by=by)
            approved += 1
        except ModerationRefused:
            changed += 1
    return approved, changed


@transaction.atomic
def undo_moderation(*, said: Moderation, by: User) -> Moderation:
    """Take back what was said last of an entry; it waits again."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("game").get(pk=said.round_id)
    last = Moderation.objects.filter(round=locked, code=said.code).order_by("pk").last()
    if last != said or not said.verdict:
        raise ModerationRefused("Bài này đã có người xem lại sau đó. Xin tải lại trang.")
    if locked.drawn_at is not None and said.verdict == Verdict.REFUSED:
        raise ModerationRefused("Đã bốc thăm: bài không nhận thì không xét lại được nữa.")
    entry = valid_entries(locked).get(code=said.code)
    row = _say(locked, entry, None, "", by, version=said.version)
    _settle_exclusion(locked, entry, None, "", by)
    return row


def _check_verdict(round_: Round, entry: Entry, verdict: Verdict, reason: str) -> None:
    if verdict == Verdict.APPROVED:
        return
    if not reason.strip():
        raise ModerationRefused("Xin chọn hoặc viết lý do: gia đình đọc câu này.")
    if verdict == Verdict.REPAIR and round_.phase != Phase.OPEN:
        raise ModerationRefused("Vòng đã đóng nên gia đình không sửa được nữa. Xin duyệt, hoặc không nhận.")
    if verdict == Verdict.REPAIR and was_asked_to_mend(entry.code, entry.version):
        raise ModerationRefused("Gia đình đã được sửa lại một lần rồi. Xin duyệt, hoặc không nhận.")
    if verdict == Verdict.REFUSED and round_.drawn_at is not None:
        raise ModerationRefused("Đã bốc thăm: không bỏ bài nào ra nữa. Bài chưa duyệt thì không ai thấy lời và ảnh.")


def _say(
    round_: Round, entry: Entry, verdict: Verdict | None, reason: str, by: User, version: int | None = None
) -> Moderation:
    row = Moderation(
        code=entry.code,
        round=round_,
        version=version or entry.version,
        verdict=verdict or "",
        reason=reason,
        said_by=by,
    )
    row.save()
    # The reason stands in the row and is erased with it; the log outlives both.
    record("entry.moderate", by=by, subject=entry.code, data={"verdict": verdict or "hoan-tac"})
    forget_pages()
    return row


def _settle_exclusion(round_: Round, entry: Entry, verdict: Verdict | None, reason: str, by: User) -> None:
    """Let the published exclusion follow what was said; only between the sealing and the draw."""
    if round_.sealed_at is None or round_.drawn_at is not None:
        return
    standing = exclusions_of(round_).get(entry.code)
    wanted: ExclusionReason | None = None
    if verdict == Verdict.REFUSED:
        wanted = ExclusionReason.REFUSED
    elif verdict != Verdict.APPROVED and entry.is_held:
        wanted = ExclusionReason.HELD
    if standing is not None and standing.reason in MODERATED and standing.reason != wanted:
        lift_exclusion(round_=round_, code=entry.code, by=by)
        standing = None
    if wanted is not None and (standing is None or standing.reason in SETTLED):
        exclude_entry(round_=round_, code=entry.code, reason=wanted, by=by, note=reason)
