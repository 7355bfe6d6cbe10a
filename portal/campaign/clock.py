"""Where a round stands at a moment. Pure; a round opens and closes by the server's clock, in whole seconds.

A form opened before the close may be finished within the grace and is marked; paper that was handed in before the
close may be typed in until the list is sealed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.campaign.enums import Phase

#: An entry that arrived in the last second is written by then; only after that is the list complete.
WRITING = timedelta(seconds=30)
#: What sealing may take at most: the clock that seals by itself looks once a minute.
SEALING = timedelta(minutes=5)


@dataclass(frozen=True)
class Times:
    """The moments of a round, all aware; those that have not happened are None."""

    opens_at: datetime
    closes_at: datetime
    grace: timedelta
    published_rules_at: datetime | None
    paper_until: datetime | None = None
    sealed_at: datetime | None = None
    drawn_at: datetime | None = None
    results_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """When the last entry begun in time is refused."""
        return self.closes_at + self.grace

    @property
    def seals_from(self) -> datetime:
        """When the list may be sealed: nothing that came in time, by phone or on paper, is still on its way."""
        return max(self.ends_at + WRITING, self.paper_until or self.ends_at)


def phase_at(now: datetime, times: Times) -> Phase:
    """The phase at that moment: open from the first second of `opens_at` up to, not including, `closes_at`."""
    done = (
        (times.results_at, Phase.PUBLISHED),
        (times.drawn_at, Phase.DRAWN),
        (times.sealed_at, Phase.SEALED),
    )
    for moment, phase in done:
        if moment is not None:
            return phase
    if times.published_rules_at is None:
        return Phase.DRAFT
    if now < times.opens_at:
        return Phase.ANNOUNCED
    if now < times.closes_at:
        return Phase.OPEN
    return Phase.GRACE if now < times.ends_at else Phase.CLOSED


def accepts(now: datetime, opened_at: datetime, times: Times) -> bool:
    """Whether a form that was opened then may still come in now."""
    phase = phase_at(now, times)
    return phase == Phase.OPEN or (phase == Phase.GRACE and opened_at < times.closes_at)


def time_left(left: timedelta) -> str:
    """How long is left, in words: 7 ngày 1 giờ; 4 giờ 12 phút; 12 phút; chưa tới 1 phút. `clock.js` says the same."""
    minutes = max(int(left.total_seconds()), 0) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} ngày {hours} giờ" if hours else f"{days} ngày"
    if hours:
        return f"{hours} giờ {rest} phút" if rest else f"{hours} giờ"
    return f"{rest} phút" if rest else "chưa tới 1 phút"


def accepts_paper(handed_in_at: datetime, times: Times) -> bool:
    """Whether paper that was handed in then may still be typed in: handed in while open, the list not yet sealed."""
    is_public = times.published_rules_at is not None
    return is_public and times.sealed_at is None and times.opens_at <= handed_in_at < times.closes_at
