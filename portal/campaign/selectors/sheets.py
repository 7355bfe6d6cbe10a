"""Printed entry sheets, as far as somebody's reach goes, and the entries that were typed in from them."""

from django.db.models import Q, QuerySet

from portal.campaign.enums import EntryChannel
from portal.campaign.models import Entry, EntrySheet, Round
from portal.core.models import User
from portal.households.permissions import villages_of


def rounds_on_paper() -> QuerySet[Round]:
    """Rounds whose sheets may be printed or typed in: announced and not yet sealed."""
    return Round.objects.announced().filter(sealed_at=None).select_related("game").order_by("closes_at", "pk")


def sheets_within(user: User) -> QuerySet[EntrySheet]:
    """Sheets of the account's own villages, and blank ones that were printed for every team."""
    own = villages_of(user)
    blank = Q(household=None) & (Q(village__in=own) | Q(village=None))
    sheets = EntrySheet.objects.filter(Q(household__root__village__in=own) | blank)
    return sheets.select_related("round__game", "household__root__village", "village")


def who_of(sheet: EntrySheet) -> str:
    """What the sheet's questions are drawn by: the household's code, or its own where nobody knows whose it will be."""
    return sheet.household.code if sheet.household else sheet.code


def typed_entry(sheet: EntrySheet) -> Entry | None:
    """The entry as it was last typed in from this sheet."""
    rows = Entry.objects.filter(code=sheet.code, channel=EntryChannel.PAPER)
    return rows.select_related("household", "village", "entered_by").order_by("version").last()


def is_changed_since(entry: Entry) -> bool:
    """Whether the family itself has changed its paper entry on the phone: then what it says is its own business."""
    return Entry.objects.filter(code=entry.code, version__gt=entry.version).exists()


def lately_typed(user: User, limit: int = 20) -> list[Entry]:
    """What this account typed in last, of rounds not yet sealed."""
    rows = Entry.objects.filter(entered_by=user, channel=EntryChannel.PAPER, round__sealed_at=None)
    return list(rows.select_related("round__game", "household", "village").order_by("-opened_at", "-pk")[:limit])
