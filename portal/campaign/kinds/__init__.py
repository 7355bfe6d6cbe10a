"""The kinds of game. A third one is a module here with the same five things, and a row in KINDS.

What an entry says (`Entry.content`) is the kind's own:

- knowledge: `{"answers": {"<round question id>": <number of the option>}, "prediction": 120 | None}`
- cashless: `{"days": {"2026-12-01": ["ma-qr", …]}, "story": "…"}`
"""

from portal.campaign.enums import GameKind
from portal.campaign.kinds.base import ContentForm, Kind, Step
from portal.campaign.kinds.cashless import CASHLESS
from portal.campaign.kinds.knowledge import KNOWLEDGE
from portal.campaign.models import Round

KINDS: dict[GameKind, Kind] = {GameKind.KNOWLEDGE: KNOWLEDGE, GameKind.CASHLESS: CASHLESS}


def kind_of(round_: Round) -> Kind:
    """The kind of the game that the round belongs to."""
    return KINDS[GameKind(round_.game.kind)]


__all__ = ["KINDS", "ContentForm", "Kind", "Step", "kind_of"]
