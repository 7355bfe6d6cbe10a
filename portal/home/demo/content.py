"""The texts of the sample, as they stand in content/."""

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "content"
SCENES = HERE / "scenes"
AUDIO = HERE / "audio"

Entry = dict[str, Any]


@cache
def load(name: str) -> Entry:
    """One file of content/."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def text(name: str) -> str:
    """A long text kept in a file of its own."""
    return (FOLDER / name).read_text(encoding="utf-8")


def guides() -> list[Entry]:
    """All guides, one file each."""
    return [load(f"guides/{path.stem}") for path in sorted((FOLDER / "guides").glob("*.toml"))]


def body_of(entry: Entry) -> str:
    """The body of a page, written in place or in a file of its own."""
    return text(entry["text_file"]) if "text_file" in entry else str(entry.get("body", ""))


def day_of(entry: Entry, today: date) -> date:
    """The day of an activity: the first, second, … such weekday (2 to 7, 8 for Sunday) after today, or before it."""
    week, weekday = int(entry["week"]), entry["weekday"] - 2
    if week > 0:
        return today + timedelta(days=(weekday - today.weekday()) % 7 or 7, weeks=week - 1)
    return today - timedelta(days=(today.weekday() - weekday) % 7 or 7, weeks=-week - 1)


def hours_of(entry: Entry, today: date) -> tuple[datetime, datetime]:
    """Beginning and end of an activity on the commune's clock."""
    day = day_of(entry, today)
    begin, end = (
        timezone.make_aware(datetime.combine(day, time.fromisoformat(entry[key])), timezone.get_default_timezone())
        for key in ("start", "end")
    )
    return begin, end
