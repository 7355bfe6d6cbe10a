"""Certificates: issued from decisions, replaced or revoked, printed and counted, never deleted."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.core.audit import record
from portal.core.codes import drawn_code
from portal.core.counts import count, counted
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.households.enums import CertificateState, Title
from portal.households.models import Certificate, DecisionEntry, Household
from portal.households.models.decision import CERTIFICATE_PREFIX
from portal.households.selectors.certificates import certificates_of_family
from portal.households.services.numbering import next_number, next_numbers

#: Drawing a paper costs the server a second; one family needs it once or twice.
MAX_FAMILY_PRINTS = 10
PRINT_SECONDS = 15 * 60


class PrintRefused(Exception):
    """The family cannot print this paper; the message is for the family."""


@transaction.atomic
def issue_certificates(*, entries: Sequence[DecisionEntry], title: Title, year: int, by: User) -> list[Certificate]:
    """Certificates for households that hold none of this title and year: a whole list at once."""
    serials = next_numbers(f"certificate {year}", len(entries))
    issued = Certificate.objects.bulk_create(
        Certificate(
            entry=entry,
            household=entry.household,
            title=title,
            year=year,
            serial=serial,
            code=drawn_code(CERTIFICATE_PREFIX),
            name_on_paper=entry.name_on_paper,
            village_on_paper=entry.village_on_paper,
            issued_by=by,
        )
        for serial, entry in zip(serials, entries, strict=True)
    )
    given = {str(certificate.serial): certificate.household.code for certificate in issued}
    record("certificate.issue", by=by, data={"year": year, "serials": given})
    return issued


@transaction.atomic
def issue_certificate(*, entry: DecisionEntry, title: Title, year: int, by: User) -> Certificate:
    """A certificate for one line of a decision; an older one of the same title and year is replaced by it."""
    root_id = entry.household.root_id or entry.household_id
    # After a merge there can be two.
    older = list(
        Certificate.objects.select_for_update(of=("self",))
        .filter(household__root=root_id, title=title, year=year, state=CertificateState.VALID)
        .order_by("pk")
    )
    certificate = Certificate.objects.create(
        entry=entry,
        household=entry.household,
        title=title,
        year=year,
        serial=next_number(f"certificate {year}"),
        code=drawn_code(CERTIFICATE_PREFIX),
        name_on_paper=entry.name_on_paper,
        village_on_paper=entry.village_on_paper,
        issued_by=by,
    )
    for number, paper in enumerate(older):
        if number == 0:
            paper.replaced_by = certificate
        _end(paper, CertificateState.REPLACED, entry.reason or "Thay bằng giấy mới", by)
    record("certificate.issue", by=by, subject=entry.household.code, data={"serial": certificate.serial, "year": year})
    return certificate


@transaction.atomic
def end_certificates(*, household: Household, title: Title, year: int, reason: str, by: User) -> None:
    """Revoke what is valid; the check page says so at once."""
    root_id = household.root_id or household.pk
    valid = Certificate.objects.select_for_update(of=("self",)).filter(
        household__root=root_id, title=title, year=year, state=CertificateState.VALID
    )
    for certificate in valid:
        _end(certificate, CertificateState.REVOKED, reason, by)
        record("certificate.revoke", by=by, subject=certificate.household.code, reason=reason)
    forget_pages()


def certificate_for_family(*, household: Household, code: str) -> Certificate:
    """The family's own paper, to be printed by itself; PrintRefused when it is not its own, or holds no more."""
    papers = {paper.code: paper for paper in certificates_of_family(household)}
    paper = papers.get(code)
    if paper is None:
        raise PrintRefused("Không thấy giấy này của gia đình. Xin chọn lại trong danh sách dưới đây.")
    if paper.state != CertificateState.VALID:
        raise PrintRefused("Giấy này không in được nữa. Lý do ghi ở dưới.")
    key = f"gia-dinh-in-giay.{household.code}"
    if counted(key) >= MAX_FAMILY_PRINTS:
        raise PrintRefused("Giấy vừa được in nhiều lần. Xin đợi 15 phút rồi in lại.")
    count(key, PRINT_SECONDS)
    return paper


@transaction.atomic
def count_print(*, certificates: list[Certificate], by: User | None) -> None:
    """Note that these were printed once more; without `by` the family did it."""
    printed = {"print_count": F("print_count") + 1}
    if by is None:
        printed["family_print_count"] = F("family_print_count") + 1
    Certificate.objects.filter(pk__in=[certificate.pk for certificate in certificates]).update(**printed)
    codes = [certificate.household.code for certificate in certificates]
    record("certificate.print", by=by, subject=codes[0] if len(codes) == 1 else "", data={"count": len(codes)})


def _end(certificate: Certificate, state: CertificateState, reason: str, by: User) -> None:
    certificate.state = state
    certificate.ended_at, certificate.ended_by, certificate.ended_reason = timezone.now(), by, reason
    certificate.save()
    forget_pages()
