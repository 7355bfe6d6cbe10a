"""The consent ledger: a further row for every yes and every no; the public pages follow at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.households.belongings import follow_consents
from portal.households.enums import ConsentMeans, NameForm, Purpose, Subject
from portal.households.models import Consent, Household


@dataclass(frozen=True)
class Saying:
    """One yes or no to one purpose."""

    purpose: Purpose
    is_granted: bool
    name_form: NameForm | None = None
    subject: Subject = Subject.HEAD
    subject_name: str = ""
    guardian_name: str = ""
    child_agrees: bool = False


@transaction.atomic
def record_consents(
    *,
    household: Household,
    sayings: Iterable[Saying],
    means: ConsentMeans,
    by: User | None,
    witness_name: str = "",
    said_at: datetime | None = None,
) -> list[Consent]:
    """Write the sayings and forget every stored page: a withdrawn name is nowhere a moment later (invariant 5)."""
    rows, moment = [], said_at or _now_after_all_others(household)
    for saying in sayings:
        row = Consent(
            household=household,
            purpose=saying.purpose,
            is_granted=saying.is_granted,
            name_form=saying.name_form or "",
            subject=saying.subject,
            subject_name=saying.subject_name,
            guardian_name=saying.guardian_name,
            child_agrees=saying.child_agrees,
            means=means,
            witness_name=witness_name,
            said_at=moment,
            recorded_by=by,
        )
        row.save()
        rows.append(row)
        action = "consent.grant" if saying.is_granted else "consent.withdraw"
        record(action, by=by, subject=household.code, data={"purpose": saying.purpose, "means": means})
    follow_consents(household.root_id or household.pk)
    forget_pages()
    return rows


def _now_after_all_others(household: Household) -> datetime:
    """What is said now is the last word, also when the machine's clock ran ahead before and was put right."""
    earlier = Consent.objects.filter(household__root=household.root_id or household.pk)
    last: datetime | None = earlier.aggregate(last=Max("said_at"))["last"]
    now = timezone.now()
    return max(now, last) if last else now
