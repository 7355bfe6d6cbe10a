"""Running numbers: given out under a lock, never twice, never back."""

from django.db import transaction

from portal.households.models import Counter


@transaction.atomic
def next_number(name: str) -> int:
    """The next number of a kind, safe with two clerks at once."""
    Counter.objects.get_or_create(name=name)
    counter = Counter.objects.select_for_update().get(name=name)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
