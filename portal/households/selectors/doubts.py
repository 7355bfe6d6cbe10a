"""Visits that deserve a second look (R22), told kindly: most will turn out to be right."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from portal.households.enums import DoubtKind
from portal.households.models import DoubtAnswer, Evidence, Finding, Visit
from portal.households.progress.second_looks import QUICK_SECONDS, VisitSign, rows_alike
from portal.households.standing import HANOI

#: How far back is looked, and how many of a kind are shown at once.
DAYS, SHOWN = 31, 30


@dataclass(frozen=True)
class Doubt:
    """One thing to ask about: the visits it is about, the oldest first; the answer is kept with the first of them."""

    kind: DoubtKind
    visits: Sequence[Visit]

    @property
    def first(self) -> Visit:
        """The visit that the answer is kept with."""
        return self.visits[0]


def open_doubts(now: datetime) -> list[Doubt]:
    """What nobody has asked about yet, of the last month. Five queries."""
    since = now - timedelta(days=DAYS)
    corrected = Visit.objects.filter(corrects=OuterRef("client_id"))
    recent = Visit.objects.filter(~Exists(corrected), visited_at__gte=since)
    found = [*_quick(recent), *_alike(recent), *_same_pictures(since)]
    visits = _by_pk({pk for _kind, pks in found for pk in pks})
    answered = set(DoubtAnswer.objects.filter(visit__in=visits).values_list("visit", "kind"))
    return [
        Doubt(kind, [visits[pk] for pk in pks])
        for kind, pks in found
        if (pks[0], kind) not in answered and all(pk in visits for pk in pks)
    ]


def _quick(recent: QuerySet[Visit]) -> list[tuple[DoubtKind, list[int]]]:
    quick = recent.filter(seconds_spent__lt=QUICK_SECONDS).exclude(_answered(DoubtKind.QUICK)).order_by("visited_at")
    return [(DoubtKind.QUICK, [pk]) for pk in quick.values_list("pk", flat=True)[:SHOWN]]


def _alike(recent: QuerySet[Visit]) -> list[tuple[DoubtKind, list[int]]]:
    answers: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    findings = Finding.objects.filter(visit__in=recent.values("pk")).order_by("visit", "key")
    for pk, key, result, basis in findings.values_list("visit", "key", "result", "basis"):
        answers[pk].append((key, result, basis))
    signs = (
        VisitSign(pk, by, visited_at.astimezone(HANOI), tuple(answers[pk]))
        for pk, by, visited_at in recent.order_by().values_list("pk", "visited_by", "visited_at")
    )
    return [(DoubtKind.ALIKE, [sign.pk for sign in row]) for row in rows_alike(signs)][:SHOWN]


def _same_pictures(since: datetime) -> list[tuple[DoubtKind, list[int]]]:
    recent = Evidence.objects.filter(visit__visited_at__gte=since).exclude(digest="")
    twice = (
        Evidence.objects.filter(digest__in=recent.values("digest"))
        .order_by()
        .values("digest")
        .annotate(homes=Count("visit__household__root", distinct=True))
        .filter(homes__gt=1)
        .values("digest")[:SHOWN]
    )
    by_digest: dict[str, list[int]] = defaultdict(list)
    rows = Evidence.objects.filter(digest__in=list(twice.values_list("digest", flat=True)))
    for digest, pk in rows.order_by("visit__visited_at", "visit").values_list("digest", "visit"):
        by_digest[digest].append(pk)
    return [(DoubtKind.SAME_PICTURE, list(dict.fromkeys(pks))) for pks in by_digest.values()]


def _answered(kind: DoubtKind) -> Exists:
    return Exists(DoubtAnswer.objects.filter(visit=OuterRef("pk"), kind=kind))


def _by_pk(pks: set[int]) -> dict[int, Visit]:
    rows = Visit.objects.filter(pk__in=pks).select_related("household__root__village", "visited_by")
    return {visit.pk: visit for visit in rows.annotate(root=F("household__root"))}
