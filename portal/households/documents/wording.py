"""Dates, places and roles as signed papers write them (NĐ 30/2020). Pure."""

from datetime import date
from functools import cache
from pathlib import Path

from PIL import ImageFont

from portal.core.models import SiteProfile

#: Stays on one line with what it counts.
NARROW = "\u00a0"
#: As wide, letter by letter, as the Times New Roman that the decree asks for.
TIMES_BOLD = Path(__file__).resolve().parents[2] / "core" / "fonts" / "Tinos_700Bold.ttf"


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


def width_of(words: str, size: int) -> float:
    """Millimetres that a line of bold text takes at a size in points."""
    return _times(100).getlength(words) / 100 * size * 25.4 / 72


@cache
def _times(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(TIMES_BOLD), size)
