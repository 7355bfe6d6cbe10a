"""Rounds as the public meets them: read once per change of content, and placed by the clock at every visit."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.utils import timezone

from portal.campaign.clock import phase_at, time_left
from portal.campaign.enums import Phase
from portal.campaign.models import GamePage, Round
from portal.core.remember import remembered

#: Phases in which the public still waits for a round, and in which it is over.
RUNNING = (Phase.OPEN, Phase.GRACE)
OVER = (Phase.CLOSED, Phase.SEALED, Phase.DRAWN, Phase.PUBLISHED)


def announced_rounds() -> list[Round]:
    """All rounds that the public may see, with game and prizes, the newest first."""
    return remembered("announced rounds", _read_announced)


def _read_announced() -> list[Round]:
    rows = Round.objects.announced().select_related("game").prefetch_related("prizes__gift_from")
    return list(rows.order_by("-opens_at", "-pk"))


def round_at(slug: str, number: int) -> Round | None:
    """The announced round behind an address."""
    return next((row for row in announced_rounds() if row.number == number and row.game.slug == slug), None)


def rounds_in(phases: tuple[Phase, ...], game: GamePage | None = None) -> list[Round]:
    """Announced rounds in one of these phases right now, of one game or of all."""
    now = timezone.now()
    rows = announced_rounds()
    if game is not None:
        rows = [row for row in rows if row.game_id == game.pk]
    return [row for row in rows if phase_at(now, row.times) in phases]


def next_round_of(game: GamePage | None = None) -> "RoundNow | None":
    """What a list or the front page tells of: the round that closes first, else the next one to open."""
    running = rounds_in(RUNNING[:1], game)
    if running:
        return round_now(min(running, key=lambda row: row.closes_at))
    coming = rounds_in((Phase.ANNOUNCED,), game)
    return round_now(min(coming, key=lambda row: row.opens_at)) if coming else None


def rounds_now(game: GamePage) -> "list[RoundNow]":
    """All announced rounds of a game as they stand, the newest first."""
    return [round_now(row) for row in announced_rounds() if row.game_id == game.pk]


def seconds_to_next_change() -> int:
    """Seconds until the clock next puts a round into another phase; a day when none is waiting for it."""
    now = timezone.now()
    moments: list[datetime] = []
    for row in announced_rounds():
        moments += [moment for moment in (row.opens_at, row.closes_at, row.times.ends_at) if moment > now]
    # One less: what is stored for two seconds is still served when they are just over.
    return max(ceil((min(moments) - now).total_seconds()) - 1, 0) if moments else 24 * 60 * 60


@dataclass(frozen=True)
class RoundNow:
    """A round as it stands at a moment: what a page says of it and of its hours."""

    round: Round
    now: datetime

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        return phase_at(self.now, self.round.times)

    @property
    def is_open(self) -> bool:
        """Whether entries may be begun."""
        return self.phase == Phase.OPEN

    @property
    def is_coming(self) -> bool:
        """Whether it has still to open."""
        return self.phase == Phase.ANNOUNCED

    @property
    def is_in_grace(self) -> bool:
        """Whether entries begun in time may still be sent."""
        return self.phase == Phase.GRACE

    @property
    def is_over(self) -> bool:
        """Whether the last entry has been taken."""
        return self.phase in OVER

    @property
    def is_published(self) -> bool:
        """Whether everyone may see who won and what was right."""
        return self.phase == Phase.PUBLISHED

    @property
    def left(self) -> str:
        """Time to the next change of a round that is not over: to its opening, its close, the end of its grace."""
        if self.is_coming:
            return time_left(self.round.opens_at - self.now)
        until = self.round.closes_at if self.is_open else self.round.times.ends_at
        return time_left(until - self.now)


def round_now(round_: Round) -> RoundNow:
    """The round at this moment."""
    return RoundNow(round_, timezone.now())
