"""What families allow today: the last saying for a purpose holds."""

from collections.abc import Iterable
from datetime import datetime

from portal.core.text import fold
from portal.households.enums import NameForm, Purpose, Subject
from portal.households.models import Consent, Household


def standing_consents(household: Household) -> dict[Purpose, Consent]:
    """The last saying of the head of the household for each purpose, yes or no."""
    root_id = household.root_id or household.pk
    rows = Consent.objects.filter(household__root=root_id, subject=Subject.HEAD).order_by("said_at", "pk")
    return {Purpose(row.purpose): row for row in rows}


def last_sayings(household: Household) -> list[Consent]:
    """The last saying of every person of the family for each purpose: the head first, then by name."""
    root_id = household.root_id or household.pk
    rows = (
        Consent.objects.filter(household__root=root_id)
        .select_related("recorded_by", "household")
        .order_by("said_at", "pk")
    )
    last = {(row.subject, fold(row.subject_name), row.purpose): row for row in rows}
    order = [purpose.value for purpose in Purpose]
    return sorted(
        last.values(),
        key=lambda row: (row.subject != Subject.HEAD, fold(row.subject_name), order.index(row.purpose)),
    )


def granted_purposes(household: Household) -> set[Purpose]:
    """Purposes to which the family says yes today."""
    return {purpose for purpose, row in standing_consents(household).items() if row.is_granted}


def name_forms(root_ids: Iterable[int]) -> dict[int, NameForm]:
    """{household: form} of all that allow their name in public today, in one query."""
    return {root_id: form for root_id, form in granted_forms(root_ids, Purpose.NAME).items() if form is not None}


def granted_forms(root_ids: Iterable[int], purpose: Purpose) -> dict[int, NameForm | None]:
    """{household: form of the name, if one was chosen} of all that say yes to the purpose today, in one query."""
    last = _last_words(root_ids, purpose)
    return {root: NameForm(row.name_form) if row.name_form else None for root, row in last.items() if row.is_granted}


def withdrawn_at(root_ids: Iterable[int], purpose: Purpose) -> dict[int, datetime]:
    """{household: since when} of all whose last word on the purpose is no, in one query."""
    return {root: row.said_at for root, row in _last_words(root_ids, purpose).items() if not row.is_granted}


def _last_words(root_ids: Iterable[int], purpose: Purpose) -> dict[int, Consent]:
    rows = Consent.objects.filter(household__root__in=list(root_ids), purpose=purpose, subject=Subject.HEAD)
    in_order = rows.select_related("household").order_by("said_at", "pk")
    return {row.household.root_id: row for row in in_order if row.household.root_id}
