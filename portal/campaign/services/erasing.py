"""Names, words and pictures of entries end: on the day that the rules name, or because the family asks (ADR 13).

The one place where sendings are changed. Codes, moments, ranks and digests stay: list and draw can be run again.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.campaign.models import (
    Award,
    Entry,
    EntryMatch,
    EntryPhoto,
    EntrySheet,
    Erasure,
    Exclusion,
    Handover,
    JudgeScore,
    Moderation,
    Round,
)
from portal.campaign.remains import remains_of
from portal.campaign.selectors.belongings import codes_of_family
from portal.campaign.services.entries import PHOTO_FOLDER
from portal.campaign.services.handover import FOLDER as RECEIPT_FOLDER
from portal.core.audit import record
from portal.core.page_cache import forget_pages
from portal.core.private_files import private_storage

logger = logging.getLogger(__name__)

ERASED = "Đã xóa"
#: A picture is stored a moment before its entry: until then no row names it.
SETTLED_AFTER = timedelta(hours=1)
#: {folder of the private store: names of the files that are still needed there}.
FILES: dict[str, Callable[[], Iterable[str]]] = {
    PHOTO_FOLDER: lambda: EntryPhoto.objects.values_list("name", flat=True),
    RECEIPT_FOLDER: lambda: Handover.objects.exclude(receipt_name="").values_list("receipt_name", flat=True),
}


def erase_due_rounds() -> list[Erasure]:
    """Erase every round whose day has come; one that fails stops no other and is tried again the next night."""
    due = Round.objects.filter(announced_at__isnull=False, erase_on__lte=timezone.localdate(), erased_at=None)
    proofs = []
    for round_ in due.order_by("erase_on", "pk"):
        # Paper that may still be typed in would bring names again.
        if timezone.now() < round_.times.seals_from:
            continue
        try:
            proofs.append(erase_round(round_))
        except Exception:
            logger.exception("round %s was not erased; next try tomorrow", round_.pk)
    return proofs


@transaction.atomic
def erase_round(round_: Round) -> Erasure:
    """Erase the personal data of all entries of the round and write the proof; done again it is the same proof."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("game").get(pk=round_.pk)
    known: Erasure | None = Erasure.objects.filter(round=locked).first()
    if known is not None:
        return known
    proof = _proof(locked)
    _erase_entries(locked, Entry.objects.filter(round=locked))
    _erase_said(locked, None)
    _overwrite(EntrySheet.objects.filter(round=locked), household=None)
    _overwrite(EntryMatch.objects.filter(round=locked), household=None)
    erasure = Erasure(round=locked, proof=proof)
    erasure.save()
    locked.erased_at = erasure.erased_at
    locked.save(update_fields=["erased_at"])
    data = {"entries": len(proof), "pictures": sum(pictures for _code, _versions, pictures in proof)}
    record("round.erase", by=None, subject=str(locked.pk), data=data)
    forget_pages()
    return erasure


def erase_entries_of_family(root: int) -> None:
    """What a family sent, whichever of its codes it used; part of the register's erasure, in its transaction."""
    sheets = EntrySheet.objects.filter(household__root=root)
    codes_by_round = codes_of_family(root)
    for round_ in Round.objects.filter(pk__in=codes_by_round).select_for_update(of=("self",)).select_related("game"):
        codes = codes_by_round[round_.pk]
        _erase_entries(round_, Entry.objects.filter(round=round_, code__in=codes))
        _erase_said(round_, codes)
        record("entry.erase", by=None, subject=str(round_.pk), data={"entries": len(codes)})
    # Somebody else's entry under this family's code keeps its words; whose code it was is forgotten.
    _overwrite(Entry.objects.filter(household__root=root), household=None, entrant="")
    _overwrite(EntryMatch.objects.filter(household__root=root), household=None)
    _overwrite(sheets, household=None)
    forget_pages()


def sweep_leftovers() -> int:
    """Delete files that no row names: the machine stopped between the erasing and the files. How many."""
    before, left = timezone.now() - SETTLED_AFTER, []
    for folder, rows in FILES.items():
        kept = set(rows())
        left += [name for name in _names_in(folder) if name not in kept and _is_older(name, before)]
    for name in left:
        private_storage.delete(name)
    return len(left)


def _names_in(folder: str) -> list[str]:
    try:
        return [f"{folder}/{name}" for name in private_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []


def _is_older(name: str, moment: datetime) -> bool:
    return bool(private_storage.get_modified_time(name) < moment)


def _proof(round_: Round) -> list[list[Any]]:
    """[[code, versions, pictures], …] in order of the codes."""
    counts: dict[str, list[int]] = {}
    for code in Entry.objects.filter(round=round_).values_list("code", flat=True):
        counts.setdefault(code, [0, 0])[0] += 1
    for code in EntryPhoto.objects.filter(entry__round=round_).values_list("entry__code", flat=True):
        counts[code][1] += 1
    return [[code, versions, pictures] for code, (versions, pictures) in sorted(counts.items())]


def _erase_entries(round_: Round, entries: QuerySet[Entry]) -> None:
    """Who, what and the pictures; of the version that counts, its points stay."""
    last = {row.code: row for row in entries.filter(erased_at=None).order_by("version")}
    changed = [Entry(pk=row.pk, content=remains_of(round_, row)) for row in last.values()]
    pictures = EntryPhoto.objects.filter(entry__in=entries)
    _drop_files(pictures.values_list("name", flat=True))
    pictures.delete()
    _overwrite(
        entries.filter(erased_at=None),
        household=None,
        head_name="",
        village=None,
        phone="",
        entrant="",
        content={},
        shown_as="",
        erased_at=timezone.now(),
    )
    # Facts refuse to be changed through their own queryset.
    plain: QuerySet[Any] = QuerySet(Entry)
    plain.bulk_update(changed, ["content"], batch_size=500)


def _erase_said(round_: Round, codes: Collection[str] | None) -> None:
    """Free words of staff about the entries, and who took the prize; None is all of the round."""
    moderations = Moderation.objects.filter(round=round_)
    exclusions = Exclusion.objects.filter(round=round_)
    scores = JudgeScore.objects.filter(judge__round=round_)
    awards = Award.objects.filter(prize__round=round_)
    if codes is not None:
        moderations, exclusions = moderations.filter(code__in=codes), exclusions.filter(code__in=codes)
        scores, awards = scores.filter(code__in=codes), awards.filter(entry__code__in=codes)
    _overwrite(moderations.exclude(reason=""), reason=ERASED)
    _overwrite(exclusions, note="")
    _overwrite(scores, note="")
    handovers = Handover.objects.filter(award__in=awards)
    for papers in (awards, handovers):
        _drop_files(papers.exclude(receipt_name="").values_list("receipt_name", flat=True))
    _overwrite(handovers.exclude(receiver=""), receiver=ERASED)
    _overwrite(handovers.exclude(note=""), note=ERASED)
    _overwrite(handovers, receipt_name="")
    _overwrite(awards, receiver="", note="", receipt_name="")


def _drop_files(names: Iterable[str]) -> None:
    """Once it is committed: a file without its row is swept, a row without its file would be a lie."""
    for name in list(names):
        transaction.on_commit(partial(private_storage.delete, name))


def _overwrite(rows: QuerySet[Any], **values: object) -> None:
    QuerySet.update(rows, **values)
