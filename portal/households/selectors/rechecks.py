"""The sample that is visited again: who is in it, what the second visit said, and what is left to do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, QuerySet

from portal.core.models import User
from portal.core.periods import Period
from portal.households.enums import Result
from portal.households.models import Finding, PeriodClose, RecheckCase, Visit
from portal.households.permissions import villages_of
from portal.households.progress.second_looks import Agreement, agreement_of, differing
from portal.households.selectors.standing import visit_facts
from portal.households.standing import in_effect

Answers = Mapping[str, str]


@dataclass(frozen=True)
class CaseLine:
    """One household of the sample; `again` None: nobody else has been there yet."""

    case: RecheckCase
    again: Visit | None
    compared: int
    differing: list[str]


@dataclass(frozen=True)
class Sample:
    """The sample of a quarter as it stands today."""

    lines: list[CaseLine]
    agreement: Agreement


def sample_of(close: PeriodClose) -> Sample | None:
    """None while nobody has drawn one. Five queries, however large it is."""
    cases = list(_cases().filter(draw__close=close).order_by("village__number", "household__code"))
    return _sample(cases) if cases else None


def last_agreement() -> tuple[Period, Agreement] | None:
    """How far the second visits of the newest sample agree, and of which quarter it is."""
    close = PeriodClose.objects.filter(recheck__isnull=False).order_by("-last_on").first()
    sample = sample_of(close) if close else None
    return (close.period, sample.agreement) if close and sample else None


def open_cases(user: User) -> list[RecheckCase]:
    """Of the newest sample, what this member may still visit: of the own villages, and seen by somebody else before."""
    newest = PeriodClose.objects.filter(recheck__isnull=False).order_by("-last_on").values("pk")[:1]
    cases = list(
        _cases()
        .filter(draw__close__in=newest, household__root__village__in=villages_of(user), household__root__listed_to=None)
        .exclude(visit__visited_by=user)
    )
    return [line.case for line in _sample(cases).lines if line.again is None] if cases else []


def _cases() -> QuerySet[RecheckCase]:
    return RecheckCase.objects.select_related("draw", "village", "household__root", "visit__visited_by")


def _sample(cases: list[RecheckCase]) -> Sample:
    firsts = _answers(case.visit for case in cases)
    seconds = _second_visits(cases)
    answers = _answers(seconds.values())
    lines, pairs = [], []
    for case in cases:
        first, visit = firsts.get(case.visit_id, {}), seconds.get(case.pk)
        again = answers.get(visit.pk, {}) if visit else None
        compared, keys = differing(first, again) if again is not None else (0, [])
        lines.append(CaseLine(case, visit, compared, keys))
        pairs.append((first, again))
    return Sample(lines, agreement_of(pairs))


def _second_visits(cases: list[RecheckCase]) -> dict[int, Visit]:
    """{case: the first visit after the draw by somebody else}, corrections followed to the last word."""
    roots = {case.household.root_id for case in cases}
    since = min(case.draw.drawn_at for case in cases)
    later = Visit.objects.filter(household__root__in=roots, visited_at__gt=since).annotate(root=F("household__root"))
    by_root: dict[int, list[Visit]] = defaultdict(list)
    for visit in later.select_related("visited_by").prefetch_related("findings").order_by("visited_at"):
        by_root[visit.root].append(visit)
    found = {}
    for case in cases:
        visits = by_root.get(case.household.root_id or case.household_id, [])
        standing = {fact.client_id for fact in in_effect(visit_facts(visits))}
        after = (
            visit
            for visit in visits
            if visit.client_id in standing
            and visit.visited_at > case.draw.drawn_at
            and visit.visited_by_id != case.visit.visited_by_id
        )
        if second := next(after, None):
            found[case.pk] = second
    return found


def _answers(visits: Iterable[Visit]) -> dict[int, Answers]:
    """{visit: {finding: đạt or chưa đạt}}; what could not be seen is left out."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    findings = Finding.objects.filter(visit__in=[visit.pk for visit in visits]).exclude(result=Result.UNCLEAR)
    for pk, key, result in findings.order_by().values_list("visit", "key", "result"):
        found[pk][key] = result
    return dict(found.items())
