"""What was given and spent: for the public by game, and line by line for the office."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.campaign.models import Spending, Sponsorship

UNNAMED = "một nhà hảo tâm"
FOR_ALL = "Chung cho các minigame"


@dataclass
class GameLedger:
    """Sums of one game; `gifts` are [(who, what), …] as the public may read them."""

    title: str
    gifts: list[tuple[str, str]] = field(default_factory=list)
    given: int = 0
    spent: int = 0
    #: Whether something was given that nobody has put a price on.
    has_unpriced: bool = False


def public_ledger() -> list[GameLedger]:
    """Every game for which something was given or spent, by title; what is for all of them stands last."""
    found: dict[str, GameLedger] = {}
    for gift in Sponsorship.objects.standing().select_related("game"):
        row = found.setdefault(title := _title(gift), GameLedger(title))
        row.gifts.append((gift.sponsor if gift.is_shown else UNNAMED, gift.what))
        row.given += gift.value or 0
        row.has_unpriced |= gift.value is None
    for spending in Spending.objects.standing().select_related("game"):
        row = found.setdefault(title := _title(spending), GameLedger(title))
        row.spent += spending.value
    return sorted(found.values(), key=lambda row: (row.title == FOR_ALL, row.title))


def total(lines: Iterable[Sponsorship] | Iterable[Spending]) -> int:
    """What the lines that stand add up to."""
    return sum(line.value or 0 for line in lines if line.cancelled_at is None)


def _title(line: Sponsorship | Spending) -> str:
    return line.game.title if line.game else FOR_ALL
