"""Running numbers: given out under a lock, never twice, never back."""

from django.db import transaction

from portal.households.models import Counter


def next_number(name: str) -> int:
    """The next number of a kind, safe with two clerks at once."""
    return next_numbers(name, 1)[0]


# No savepoint: nobody goes on in a transaction that could not get its number.
@transaction.atomic(savepoint=False)
def next_numbers(name: str, count: int) -> range:
    """The next numbers of a kind, one after the other."""
    counter, _created = Counter.objects.select_for_update().get_or_create(name=name)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return range(first, counter.last + 1)
