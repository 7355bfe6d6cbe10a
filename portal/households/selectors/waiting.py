"""What waits for a decision of the commune."""

from dataclasses import dataclass
from datetime import date

from portal.households.enums import OPEN_HELP_STATES, ProposalState
from portal.households.models import DataRequest, HelpRequest, Objection, Proposal, SensitiveChange
from portal.households.selectors.titles import rounds


@dataclass(frozen=True)
class Waiting:
    """So many of a kind; `address` is the name of the officers' page for it."""

    words: str
    count: int
    address: str


def what_waits(day: date) -> list[Waiting]:
    """Everything that somebody has to decide or answer, what is due first. Six queries."""
    help_late = HelpRequest.objects.filter(state__in=OPEN_HELP_STATES, due_on__lt=day).count()
    found = [
        Waiting(
            "hộ trong danh sách xã đã nhận, chờ quyết định", sum(one.households for one in rounds()), "titles:index"
        ),
        Waiting(
            "danh sách thôn chờ xã xem", Proposal.objects.filter(state=ProposalState.SUBMITTED).count(), "titles:index"
        ),
        Waiting("ý kiến hỏi lại chưa trả lời", Objection.objects.filter(answered_at=None).count(), "titles:index"),
        Waiting(
            "việc chờ người thứ hai duyệt", SensitiveChange.objects.filter(decided_at=None).count(), "office:approvals"
        ),
        Waiting(
            "yêu cầu về dữ liệu chưa trả lời",
            DataRequest.objects.filter(answered_at=None).count(),
            "office:data_requests",
        ),
        Waiting("yêu cầu giúp đã quá hẹn", help_late, "office:help_queue"),
    ]
    return [waiting for waiting in found if waiting.count]
