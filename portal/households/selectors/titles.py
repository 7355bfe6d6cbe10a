"""What waits on the desk of whoever handles titles."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from portal.core.models import SiteProfile
from portal.households.enums import CertificateState, ProposalState, Title
from portal.households.models import (
    Candidate,
    Certificate,
    Decision,
    DecisionEntry,
    Household,
    Proposal,
    SensitiveChange,
)
from portal.households.models.household import HouseholdQuerySet
from portal.households.selectors.honours import roots_in_force

#: What a first decision starts from; later ones start from the one before. The clerk checks and edits it.
LEGAL_BASES = """Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Căn cứ Kế hoạch số 368-KH/TU ngày 24 tháng 5 năm 2025 của Ban Thường vụ Tỉnh ủy;
Căn cứ Kế hoạch số 16/KH-UBND ngày 07 tháng 8 năm 2025 của Ủy ban nhân dân {commune};
Xét đề nghị của {office}."""


@dataclass(frozen=True)
class Round:
    """Accepted lists of one honour and year, ready for a decision."""

    title: Title
    year: int
    lists: int
    households: int


def lists_in(*states: ProposalState) -> QuerySet[Proposal]:
    """Villages' lists in these states, the oldest first, each with its number of families."""
    return (
        Proposal.objects.filter(state__in=states)
        .select_related("village")
        .annotate(candidate_count=Count("candidates"))
        .order_by("submitted_at", "pk")
    )


def accepted_lists(title: Title, year: int) -> list[Proposal]:
    """Lists that one decision can take up."""
    found = lists_in(ProposalState.ACCEPTED).filter(title=title, year=year)
    return list(found.order_by("village__number", "pk"))


def rounds() -> list[Round]:
    """Honours and years for which there are accepted lists."""
    lists: dict[tuple[int, str], list[int]] = {}
    found = (
        Proposal.objects.filter(state=ProposalState.ACCEPTED)
        .annotate(count=Count("candidates"))
        .values_list("year", "title", "count")
    )
    for year, title, candidates in found:
        lists.setdefault((year, title), []).append(candidates)
    return [Round(Title(title), year, len(counts), sum(counts)) for (year, title), counts in sorted(lists.items())]


def households_to_propose(proposal: Proposal) -> HouseholdQuerySet:
    """Families of the village that are neither on the list nor hold its title already, by given name."""
    holding = roots_in_force(year=proposal.year, title=Title(proposal.title))
    found = Household.objects.listed().filter(village=proposal.village).exclude(pk__in=holding)
    return found.exclude(candidacies__proposal=proposal).order_by("sort_key", "id")


def candidates_of(proposal: Proposal) -> QuerySet[Candidate]:
    """Families of a list by given name, read through merges."""
    return proposal.candidates.select_related("household__root__village").order_by("household__root__sort_key", "pk")


def entries_of(decision: Decision) -> QuerySet[DecisionEntry]:
    """Lines of a decision with the certificate that each led to."""
    holds = Certificate.objects.filter(
        household__root=OuterRef("household__root"),
        title=decision.title,
        year=decision.year,
        state=CertificateState.VALID,
    )
    return (
        decision.entries.select_related("household")
        .prefetch_related("certificates")
        .annotate(holds=Exists(holds))
        .order_by("position")
    )


def certificates_of(decision: Decision) -> list[Certificate]:
    """Valid certificates that this decision led to, in the order of its list."""
    return list(
        Certificate.objects.filter(entry__decision=decision, state=CertificateState.VALID)
        .select_related("entry__decision", "household")
        .order_by("entry__position")
    )


def waiting_revocations() -> QuerySet[SensitiveChange]:
    """Revocations that wait for a second person."""
    return SensitiveChange.objects.filter(kind=SensitiveChange.Kind.REVOKE, decided_at=None).select_related("asked_by")


def usual_paper(title: Title) -> dict[str, str]:
    """Signer and legal bases of the last decision on this honour, or of the commune's plan."""
    last = Decision.objects.filter(title=title).order_by("-pk").first() or Decision.objects.order_by("-pk").first()
    if last is not None:
        return {"signer_name": last.signer_name, "signer_role": last.signer_role, "legal_bases": last.legal_bases}
    profile = SiteProfile.objects.first() or SiteProfile()
    bases = LEGAL_BASES.format(commune=profile.commune_name, office=profile.office_name)
    return {"signer_role": "CHỦ TỊCH", "legal_bases": bases}
