"""What families allow today: the last saying for a purpose holds."""

from collections.abc import Iterable

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
    rows = Consent.objects.filter(household__root=root_id).select_related("recorded_by").order_by("said_at", "pk")
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
    rows = (
        Consent.objects.filter(household__root__in=list(root_ids), purpose=Purpose.NAME, subject=Subject.HEAD)
        .order_by("said_at", "pk")
        .values_list("household__root_id", "is_granted", "name_form")
    )
    last = {root_id: NameForm(form) if granted and form else None for root_id, granted, form in rows if root_id}
    return {root_id: form for root_id, form in last.items() if form is not None}
