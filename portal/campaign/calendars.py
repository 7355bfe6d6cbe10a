"""iCalendar files (RFC 5545) of activities."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from portal.campaign.models import ActivityPage

MAX_LINE_OCTETS = 75


def calendar_file(activities: Iterable["ActivityPage"], request: HttpRequest) -> HttpResponse:
    """The activities as one .ics file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Gia dinh so//Hoat dong//VI", "CALSCALE:GREGORIAN"]
    for activity in activities:
        lines += event_lines(activity, activity.get_full_url(request))
    lines.append("END:VCALENDAR")
    content = "".join(f"{part}\r\n" for line in lines for part in folded(line))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lich.ics"'
    return response


def event_lines(activity: "ActivityPage", url: str) -> list[str]:
    """One VEVENT. The UID never changes, so that a phone updates its entry instead of adding a second one."""
    return [
        "BEGIN:VEVENT",
        f"UID:{activity.translation_key}@gia-dinh-so",
        f"DTSTAMP:{stamp(activity.last_modified_at)}",
        f"DTSTART:{stamp(activity.starts_at)}",
        f"DTEND:{stamp(activity.ends_at)}",
        f"SUMMARY:{escaped(activity.title)}",
        f"LOCATION:{escaped(activity.where)}",
        f"DESCRIPTION:{escaped(activity.cancel_note if activity.is_cancelled else activity.lead)}",
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if activity.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def stamp(moment: datetime) -> str:
    """UTC in the basic form: 20261128T010000Z."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """Text with the characters escaped that iCalendar gives a meaning to."""
    for char, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace("\r", "").replace(char, safe)
    return text


def folded(line: str) -> Iterator[str]:
    """A long line cut into pieces of at most 75 octets, never inside a Vietnamese letter."""
    piece, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > MAX_LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + width
    yield piece
