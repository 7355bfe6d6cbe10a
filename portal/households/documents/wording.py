"""Dates, places and roles as signed papers write them (NĐ 30/2020). Pure."""

from datetime import date

from portal.core.models import SiteProfile

#: Stays on one line with what it counts.
NARROW = "\u00a0"


def long_date(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: a zero before days under ten and before January and February only."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}".replace(" ", NARROW)


def written_date(day: date) -> str:
    """`ngày 05/02/2026`, for lists and footers."""
    return f"ngày {day:%d/%m/%Y}"


def place_of(profile: SiteProfile) -> str:
    """The commune's name without its kind: `Ba Tô` of `xã Ba Tô`."""
    kind, _, name = profile.commune_name.partition(" ")
    return name if kind.lower() in {"xã", "phường"} and name else profile.commune_name


def role_lines(role: str) -> list[str]:
    """`KT. CHỦ TỊCH / PHÓ CHỦ TỊCH` goes on two lines."""
    return [part.strip().upper() for part in role.split("/") if part.strip()]
