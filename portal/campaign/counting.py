"""Which entry of a household counts (one a round), where it sent several by phone or on paper. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.campaign.enums import CountingRule


@dataclass(frozen=True)
class Sent:
    """The valid version of one entry. `is_confirmed`: with the family's secret number, or by the team on paper."""

    code: str
    received_at: datetime
    is_paper: bool = False
    is_confirmed: bool = False


def counted_entry(entries: Iterable[Sent], rule: CountingRule) -> Sent:
    """The one entry that counts; raises ValueError without any.

    Confirmed entries stand before others whatever the rule: household codes can be guessed, and a stranger's entry
    must not put the family's own aside.
    """
    sent = list(entries)
    known = [entry for entry in sent if entry.is_confirmed] or sent
    if rule == CountingRule.PAPER:
        known = [entry for entry in known if entry.is_paper] or known
    if not known:
        raise ValueError("no entry to count")

    def key(entry: Sent) -> tuple[datetime, str]:
        return (entry.received_at, entry.code)

    return min(known, key=key) if rule == CountingRule.FIRST else max(known, key=key)
