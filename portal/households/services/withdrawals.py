"""Consents that were taken back or narrowed, so that a restored backup does not show a name again (invariant 5)."""

from collections.abc import Iterator
from datetime import datetime

from portal.core.backups.wishes import WITHDRAWN
from portal.households.enums import ConsentMeans, Purpose, Subject
from portal.households.models import Consent, Household
from portal.households.selectors.consents import last_sayings
from portal.households.services.consents import Saying, mark_of, record_consents

AFTER_RESTORE = "Làm lại sau khi phục hồi bản sao lưu"


def withdraw_again() -> list[str]:
    """Take back what a restored backup believes to be allowed still; the codes of the families.

    Where a name was only narrowed, the restored yes to the wider one is taken back as a whole: too little is put right
    by asking the family, too much cannot be.
    """
    again = []
    for household, lines in _noted_by_household():
        for at, mark, form, means in lines:
            for row in last_sayings(household):
                if mark_of(row) == mark and row.is_granted and row.said_at <= at and row.name_form != form:
                    _take_back(row, at, means)
                    again.append(household.code)
    return list(dict.fromkeys(again))


def _noted_by_household() -> Iterator[tuple[Household, list[tuple[datetime, list[str], str, ConsentMeans]]]]:
    noted: dict[str, list[tuple[datetime, list[str], str, ConsentMeans]]] = {}
    for at, code, *mark, form, means in WITHDRAWN.noted():
        noted.setdefault(code, []).append((datetime.fromisoformat(at), mark, form, ConsentMeans(means)))
    for household in Household.objects.filter(code__in=noted).order_by("pk"):
        yield household, noted[household.code]


def _take_back(row: Consent, at: datetime, means: ConsentMeans) -> None:
    saying = Saying(
        Purpose(row.purpose),
        False,
        subject=Subject(row.subject),
        subject_name=row.subject_name,
        guardian_name=row.guardian_name,
    )
    witness = AFTER_RESTORE if means == ConsentMeans.SPOKEN else ""
    record_consents(household=row.household, sayings=[saying], means=means, witness_name=witness, by=None, said_at=at)
