"""Certificates as one PDF, a sheet for each. Fonts are ours and embedded, so that every machine prints the same."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from portal.core.models import SiteProfile, User
from portal.core.printing import compiled_pdf, square_code
from portal.households.documents.wording import long_date, place_of, role_lines, written_date
from portal.households.enums import CertificateState
from portal.households.models import Certificate
from portal.households.services.certificates import count_print

TEMPLATE = Path(__file__).parent / "certificate.typ"
#: Across the face of a paper that no longer holds.
MARKS = {
    CertificateState.VALID: "",
    CertificateState.REPLACED: "ĐÃ THAY BẰNG GIẤY MỚI",
    CertificateState.REVOKED: "KHÔNG CÒN GIÁ TRỊ",
}
CHECK_PATH = "/xac-minh/"


def certificate_pdf(certificates: Sequence[Certificate]) -> bytes:
    """The sheets in the order given. Read with select_related("entry__decision")."""
    if not certificates:
        raise ValueError("there is nothing to print")
    profile = SiteProfile.objects.first() or SiteProfile()
    printed = timezone.localdate()
    given = {
        "title": "Giấy chứng nhận" if len(certificates) > 1 else f"Giấy chứng nhận {certificates[0].code}",
        "office": f"Ủy ban nhân dân {profile.commune_name}",
        "issuer": ["ỦY BAN NHÂN DÂN", profile.commune_name.upper()],
        "authority": f"CHỦ TỊCH ỦY BAN NHÂN DÂN {profile.commune_name.upper()}",
        "date": [printed.year, printed.month, printed.day],
        "address": _bare_address(CHECK_PATH),
        "papers": [_paper(certificate, profile) for certificate in certificates],
    }
    return compiled_pdf(TEMPLATE, given)


def certificate_response(certificate: Certificate, by: User) -> HttpResponse:
    """The paper of one family for whoever works at the office, counted as printed once more."""
    return pdf_response([certificate], f"giay-chung-nhan-{certificate.code}", by)


def family_copy_response(certificate: Certificate) -> HttpResponse:
    """The paper for the family itself."""
    return pdf_response([certificate], f"giay-chung-nhan-{certificate.title}-{certificate.year}", by=None)


def pdf_response(certificates: Sequence[Certificate], name: str, by: User | None) -> HttpResponse:
    """Sheets in a file to keep and print, counted and logged. The page stays: some browsers show no PDF."""
    drawn = certificate_pdf(certificates)
    count_print(certificates=list(certificates), by=by)
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def check_url(code: str) -> str:
    """What the square code on the paper holds; printed once, it never changes."""
    return f"{settings.BASE_URL}{CHECK_PATH}{code}/"


def _paper(certificate: Certificate, profile: SiteProfile) -> dict[str, Any]:
    decision = certificate.entry.decision
    signed: date = decision.signed_on
    return {
        "name": certificate.name_on_paper,
        "place": f"{certificate.village_on_paper}, {profile.commune_name}, {profile.province_name}",
        "title": certificate.get_title_display(),
        "year": certificate.year,
        "serial": f"{certificate.serial:04d}/{certificate.year}",
        "code": certificate.code,
        "qr": square_code(check_url(certificate.code)),
        "decision": decision.number,
        "decided": written_date(signed),
        "signed": f"{place_of(profile)}, {long_date(signed)}",
        "role": role_lines(decision.signer_role),
        "signer": decision.signer_name,
        "mark": MARKS[CertificateState(certificate.state)],
    }


def _bare_address(path: str) -> str:
    return f"{settings.BASE_URL.split('://', 1)[-1]}{path}"
