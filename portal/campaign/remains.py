"""What stays of an erased entry, so that ranks do not change: its points and its guess, never an answer or a word."""

from typing import Any

from portal.campaign.kinds import kind_of
from portal.campaign.models import Entry, Round

POINTS, PREDICTION = "points", "prediction"


def remains_of(round_: Round, entry: Entry) -> dict[str, Any]:
    """The content that takes the place of what the family sent."""
    return {POINTS: entry_points(round_, entry), PREDICTION: entry_prediction(round_, entry)}


def entry_points(round_: Round, entry: Entry) -> int:
    """Right answers or days, counted anew, or as they stood when the entry was erased."""
    if entry.erased_at is not None:
        return int(entry.content.get(POINTS, 0))
    return kind_of(round_).points(round_, entry.content)


def entry_prediction(round_: Round, entry: Entry) -> int | None:
    """The number that was guessed; None without one."""
    if entry.erased_at is not None:
        guess = entry.content.get(PREDICTION)
        return guess if isinstance(guess, int) else None
    return kind_of(round_).prediction(entry.content)
