"""Entries that somebody must look at before anyone else sees them, and what was said of them (rows E17, F21)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from portal.campaign.enums import Phase, Verdict
from portal.campaign.kinds import kind_of
from portal.campaign.likeness import likeness, number_flags
from portal.campaign.models import Entry, EntryPhoto, Moderation, Round
from portal.campaign.selectors.entries import valid_entries, versions_of

SHOWN = 20
#: Alike enough for a person to look at both.
NEAR = 0.5
UNDO_WITHIN = timedelta(days=7)
#: Phases in which a verdict still matters; after the draw nobody is refused any more.
LOOKED_AT_IN = (Phase.OPEN, Phase.GRACE, Phase.CLOSED, Phase.SEALED, Phase.DRAWN, Phase.PUBLISHED)


@dataclass(frozen=True)
class Item:
    """One entry to look at."""

    entry: Entry
    words: str
    photos: list[EntryPhoto]
    flags: list[str]
    #: Codes of entries that say, or show, nearly the same.
    near: list[str]
    #: What the family was asked to mend before; “” when it was not.
    asked: str
    may_ask: bool

    @property
    def waits_since(self) -> datetime:
        """When the version to look at came in."""
        return self.entry.received_at


@dataclass(frozen=True)
class Queue:
    """The oldest entries to look at, and whether there are more."""

    items: list[Item]
    has_more: bool


@dataclass(frozen=True)
class Notice:
    """What a family reads of its entry, by code alone. `until` is set while it may still send it mended."""

    verdict: Verdict
    reason: str
    until: datetime | None


def last_sayings(round_: Round) -> dict[str, Moderation]:
    """{code: the last thing said of it}, undone ones left out."""
    rows = {row.code: row for row in Moderation.objects.filter(round=round_).order_by("pk")}
    return {code: row for code, row in rows.items() if row.verdict}


def verdicts_of(round_: Round, entries: Iterable[Entry]) -> dict[str, Moderation]:
    """{code: what holds of exactly this version}; a changed entry waits anew, a refused one stays refused."""
    said = last_sayings(round_)
    return {
        entry.code: said[entry.code]
        for entry in entries
        if entry.code in said and (said[entry.code].version == entry.version or _is_final(said[entry.code]))
    }


def approved_codes(round_: Round) -> set[str]:
    """Entries whose valid version may be shown, and counts although it was held."""
    entries = list(valid_entries(round_))
    return {code for code, row in verdicts_of(round_, entries).items() if row.verdict == Verdict.APPROVED}


def refused_sayings(round_: Round) -> dict[str, Moderation]:
    """{code: why it was refused}."""
    return {code: row for code, row in last_sayings(round_).items() if _is_final(row)}


def refusal_of(code: str) -> Moderation | None:
    """Why this entry was refused, if it was."""
    last = Moderation.objects.filter(code=code).order_by("pk").last()
    return last if last is not None and _is_final(last) else None


def was_asked_to_mend(code: str, version: int) -> str:
    """What the family was asked to mend in an earlier version; “” when it was not."""
    earlier: dict[int, Moderation] = {}
    for row in Moderation.objects.filter(code=code, version__lt=version).order_by("pk"):
        earlier[row.version] = row
    asked = [row.reason for row in earlier.values() if row.verdict == Verdict.REPAIR]
    return asked[-1] if asked else ""


def waiting_entries(round_: Round) -> list[Entry]:
    """Entries without a verdict on their valid version, the longest waiting first.

    Once the round is closed, those that were sent back and not mended wait again: yes or no.
    """
    if round_.phase not in LOOKED_AT_IN:
        return []
    entries = valid_entries(round_).filter(erased_at=None).select_related("village", "household__village")
    if not kind_of(round_).is_moderated:
        entries = entries.filter(is_held=True)
    candidates = [entry for entry in entries.prefetch_related("photos") if _needs_look(round_, entry)]
    said = verdicts_of(round_, candidates)
    return sorted(
        (entry for entry in candidates if _waits(round_, said.get(entry.code))),
        key=lambda entry: (entry.received_at, entry.pk),
    )


def moderation_queue(round_: Round) -> Queue:
    """The oldest of them with all that helps to decide. Before the close nobody is told how many there are."""
    waiting = waiting_entries(round_)
    texts, pictures = _texts_of(round_), _pictures_of(round_)
    items = [_item(round_, entry, texts, pictures) for entry in waiting[:SHOWN]]
    return Queue(items, len(waiting) > SHOWN)


def lately_said(round_: Round, limit: int = 10) -> list[Moderation]:
    """What was said last and may be undone, the newest first."""
    rows = sorted(last_sayings(round_).values(), key=lambda row: -row.pk)[:limit]
    return [row for row in rows if timezone.now() - row.said_at < UNDO_WITHIN]


def family_notice(code: str) -> Notice | None:
    """For the page behind a receipt: sent back or refused, in the moderator's words; None while all is well."""
    versions = versions_of(code)
    if not versions:
        return None
    entry = versions[-1]
    row = verdicts_of(entry.round, [entry]).get(code)
    if row is None or row.verdict == Verdict.APPROVED:
        return None
    may_mend = row.verdict == Verdict.REPAIR and entry.round.phase == Phase.OPEN
    return Notice(Verdict(row.verdict), row.reason, entry.round.closes_at if may_mend else None)


def _is_final(row: Moderation) -> bool:
    return row.verdict == Verdict.REFUSED


def _needs_look(round_: Round, entry: Entry) -> bool:
    kind = kind_of(round_)
    return entry.is_held or (kind.is_moderated and bool(kind.words(entry.content) or entry.photos.all()))


def _waits(round_: Round, said: Moderation | None) -> bool:
    return said is None or (said.verdict == Verdict.REPAIR and round_.phase != Phase.OPEN)


def _texts_of(round_: Round) -> dict[str, str]:
    kind = kind_of(round_)
    if not kind.is_moderated:
        return {}
    texts = {entry.code: kind.words(entry.content) for entry in valid_entries(round_)}
    return {code: text for code, text in texts.items() if text}


def _pictures_of(round_: Round) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows = EntryPhoto.objects.filter(entry__round=round_).values_list("digest", "entry__code")
    for digest, code in rows:
        found[digest].add(code)
    return found


def _item(round_: Round, entry: Entry, texts: Mapping[str, str], pictures: Mapping[str, set[str]]) -> Item:
    words, photos = kind_of(round_).words(entry.content), list(entry.photos.all())
    others = {code: text for code, text in texts.items() if code != entry.code}
    near_texts = sorted(code for code, text in others.items() if words and likeness(words, text) >= NEAR)
    near_pictures = sorted({code for photo in photos for code in pictures[photo.digest]} - {entry.code})
    flags = number_flags(words)
    if near_texts:
        flags.append("lời kể gần giống bài khác")
    if near_pictures:
        flags.append("cùng một ảnh với bài khác")
    if entry.is_held:
        flags.append("gửi lúc quá đông")
    asked = was_asked_to_mend(entry.code, entry.version)
    return Item(
        entry=entry,
        words=words,
        photos=photos,
        flags=flags,
        near=sorted({*near_texts, *near_pictures}),
        asked=asked,
        may_ask=not asked and round_.phase == Phase.OPEN,
    )
