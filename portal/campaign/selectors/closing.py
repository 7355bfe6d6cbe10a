"""The sealed list, and who of it is in the running."""

from portal.campaign.models import Entry, Exclusion, Round, SealedList
from portal.campaign.sealing import content_digest, list_digest, list_text


def listed_entries(round_: Round) -> list[Entry]:
    """Entries of the sealed list in order of their codes."""
    rows = Entry.objects.filter(sealed__sealed_list__round=round_).select_related("household", "village")
    return list(rows.order_by("code"))


def exclusions_of(round_: Round) -> dict[str, Exclusion]:
    """{code: why it cannot win} of all that are out as it stands now."""
    last = {row.code: row for row in Exclusion.objects.filter(round=round_).order_by("pk")}
    return {code: row for code, row in last.items() if not row.is_lifted}


def running_entries(round_: Round) -> list[Entry]:
    """Listed entries that may win."""
    out = exclusions_of(round_)
    return [entry for entry in listed_entries(round_) if entry.code not in out]


def seal_is_whole(round_: Round) -> bool:
    """Whether the entries in the database still give the list that was sealed, and the list its digest."""
    sealed = SealedList.objects.get(round=round_)
    entries = listed_entries(round_)
    text = list_text((entry.code, content_digest(entry.first_token, entry.code, entry.content)) for entry in entries)
    return text == sealed.text and list_digest(sealed.text) == sealed.digest
