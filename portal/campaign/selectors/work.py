"""What waits for a person in a round, beside its own course."""

from dataclasses import dataclass

from django.urls import reverse

from portal.campaign.enums import Phase
from portal.campaign.models import Award, Round
from portal.campaign.selectors.matching import unmatched_entries
from portal.campaign.selectors.moderation import waiting_entries


@dataclass(frozen=True)
class Work:
    """One kind of work: where it is done, and how much of it waits (None while that must not be told)."""

    title: str
    url: str
    waiting: int | None


def work_of(round_: Round) -> list[Work]:
    """Kinds of work that this round has for the office now."""
    phase = round_.phase
    if phase in {Phase.DRAFT, Phase.ANNOUNCED}:
        return []
    is_over = phase not in {Phase.OPEN, Phase.GRACE}
    # Before the close nobody may learn how many have entered: that there is work is told, not how much.
    looked = len(waiting_entries(round_))
    found = [Work("Xem bài", _url("moderation", round_), looked if is_over else None)] if looked else []
    if phase in {Phase.CLOSED, Phase.SEALED} and (unmatched := len(unmatched_entries(round_))):
        found.append(Work("Khớp bài với hộ", _url("matching", round_), unmatched))
    if phase == Phase.PUBLISHED and (prizes := Award.objects.waiting().filter(prize__round=round_).count()):
        found.append(Work("Trao giải", _url("handover", round_), prizes))
    return found


def _url(name: str, round_: Round) -> str:
    return reverse(f"gameprizes:{name}", args=[round_.pk])
