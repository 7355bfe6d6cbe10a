"""Receipts for the prizes of a round, to be signed when they are handed over; A4, blank where people write."""

from collections.abc import Sequence
from pathlib import Path

from portal.campaign.models import Round
from portal.campaign.selectors.handover import PrizeToHand
from portal.core.models import SiteProfile
from portal.core.printing import compiled_pdf

TEMPLATE = Path(__file__).parent / "handover.typ"


def handover_paper(round_: Round, prizes: Sequence[PrizeToHand]) -> bytes:
    """One receipt a prize: who gets it is known by its code, and writes the name by hand."""
    profile = SiteProfile.objects.first() or SiteProfile()
    given = {
        "title": f"Biên nhận giải thưởng: {round_}",
        "office": f"Ủy ban nhân dân {profile.commune_name}",
        "column": f"{profile.column_name} {profile.commune_name}",
        "round": str(round_),
        "hotline": profile.hotline,
        "prizes": [
            {
                "code": row.award.entry.code,
                "prize": f"{row.award.prize.name}: {row.award.prize.gift}",
                "village": str(row.village or ""),
            }
            for row in prizes
        ],
    }
    return compiled_pdf(TEMPLATE, given)
