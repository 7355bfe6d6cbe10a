"""What the check page may say of a certificate: no more than the paper does."""

from dataclasses import dataclass
from datetime import date

from portal.core.codes import CodeRefused, read_drawn_code
from portal.households.enums import CertificateState, Title
from portal.households.models import Certificate, Household
from portal.households.models.decision import CERTIFICATE_PREFIX


@dataclass(frozen=True)
class Verdict:
    """Valid, replaced, revoked or unknown."""

    state: CertificateState | None
    code: str = ""
    title: Title | None = None
    year: int | None = None
    village: str = ""
    decision_number: str = ""
    decided_on: date | None = None
    ended_on: date | None = None

    @property
    def is_valid(self) -> bool:
        """Whether the paper holds."""
        return self.state == CertificateState.VALID


UNKNOWN = Verdict(state=None)


def certificates_of_family(household: Household) -> list[Certificate]:
    """All papers that the family ever got, under whatever code, the newest first."""
    root_id = household.root_id or household.pk
    papers = Certificate.objects.filter(household__root=root_id).select_related("entry__decision", "household")
    return list(papers.order_by("-year", "-issued_at", "-pk"))


def check_certificate(typed: str) -> Verdict:
    """The verdict on a code typed with spaces, small letters or look-alikes. Costs one query."""
    try:
        code = read_drawn_code(CERTIFICATE_PREFIX, typed)
    except CodeRefused:
        return UNKNOWN
    certificate = Certificate.objects.select_related("entry__decision").filter(code=code).first()
    if certificate is None:
        return UNKNOWN
    decision = certificate.entry.decision
    return Verdict(
        state=CertificateState(certificate.state),
        code=code,
        title=Title(certificate.title),
        year=certificate.year,
        village=certificate.village_on_paper,
        decision_number=decision.number,
        decided_on=decision.signed_on,
        ended_on=certificate.ended_at.date() if certificate.ended_at else None,
    )
