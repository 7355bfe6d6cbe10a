"""What a family sent to the games, by the root of its household."""

from portal.campaign.models import Entry, EntryMatch, EntryPhoto
from portal.core.templatetags.portal_tags import short_date


def codes_of_family(root: int) -> dict[int, set[str]]:
    """{round: codes of its entries}: what staff said last decides, else the household code that was written."""
    typed = set(Entry.objects.filter(household__root=root).values_list("round", "code"))
    matched = set(EntryMatch.objects.filter(household__root=root).values_list("round", "code"))
    owners: dict[tuple[int, str], int | None] = dict.fromkeys(typed, root)
    sayings = EntryMatch.objects.filter(code__in={code for _round, code in typed | matched}).order_by("pk")
    for round_, code, owner, is_undone in sayings.values_list("round", "code", "household__root", "is_undone"):
        key = (round_, code)
        owners[key] = (root if key in typed else None) if is_undone else owner
    codes: dict[int, set[str]] = {}
    for (round_, code), owner in owners.items():
        if owner == root:
            codes.setdefault(round_, set()).add(code)
    return codes


def told_entries(root: int) -> list[str]:
    """A line for each entry, for the family's own copy."""
    codes = {code for found in codes_of_family(root).values() for code in found}
    pictured = set(EntryPhoto.objects.filter(entry__code__in=codes).values_list("entry__code", flat=True))
    rows = Entry.objects.filter(code__in=codes).select_related("round__game").order_by("received_at", "pk")
    return [
        f"{row.code}, bản {row.version}: {row.round}, gửi ngày {short_date(row.received_at)}"
        f"{', có ảnh' if row.code in pictured else ''}"
        for row in rows
    ]
