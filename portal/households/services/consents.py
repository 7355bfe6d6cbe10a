"""The consent ledger: a further row for every yes and every no; the public pages follow at once."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.core.audit import record
from portal.core.backups.wishes import WITHDRAWN
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.core.text import fold
from portal.households.belongings import follow_consents
from portal.households.enums import ConsentMeans, NameForm, Purpose, Subject
from portal.households.models import Consent, Household

#: In the place of the form of a name, where there is none.
NO_FORM = "-"


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
    _note_for_after_a_restore(household, rows)
    follow_consents(household.root_id or household.pk)
    forget_pages()
    return rows


def _now_after_all_others(household: Household) -> datetime:
    """What is said now is the last word, also when the machine's clock ran ahead before and was put right."""
    earlier = Consent.objects.filter(household__root=household.root_id or household.pk)
    last: datetime | None = earlier.aggregate(last=Max("said_at"))["last"]
    now = timezone.now()
    return max(now, last) if last else now


def mark_of(row: Consent) -> list[str]:
    """Whose consent to what, in words without a name."""
    said = f"{row.subject} {fold(row.subject_name)}"
    person = hmac.new(settings.SECRET_KEY.encode(), said.encode(), sha256).hexdigest()[:16]
    return [row.purpose, row.subject, person]


def _note_for_after_a_restore(household: Household, rows: Iterable[Consent]) -> None:
    """A backup from before shall not bring back what was allowed then; see portal.households.services.withdrawals."""
    narrowed = [row for row in rows if not row.is_granted or _is_another_form(household, row)]
    for row in narrowed:
        words = [household.code, *mark_of(row), row.name_form or NO_FORM, row.means]
        WITHDRAWN.note([" ".join(words)], row.said_at)


def _is_another_form(household: Household, row: Consent) -> bool:
    """Whether the name was to be shown otherwise before."""
    earlier = Consent.objects.filter(household__root=household.root_id or household.pk, purpose=row.purpose)
    is_named = row.name_form != ""
    return is_named and earlier.filter(is_granted=True).exclude(name_form=row.name_form).exists()
