"""Quarters of the sample that are closed; the last one that is over is left to be practised on."""

from datetime import date, timedelta

from portal.core.models import User
from portal.core.periods import Period
from portal.households.selectors.periods import cutoff_day, quarter_ends
from portal.households.services.periods import close_period

NOTE = "Dữ liệu mẫu: quý này thôn chưa nộp báo cáo trên máy."


def close_past_quarters(since: date, today: date, officer: User) -> list[Period]:
    """Close every quarter that has sample families, but for the newest that is over; returns the closed ones."""
    ended = [period for period, _last in quarter_ends(since + timedelta(days=1), today, cutoff_day(), limit=12)]
    for period in ended[:-1]:
        close_period(period=period, by=officer, note=NOTE)
    return ended[:-1]
