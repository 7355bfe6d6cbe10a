"""Counts that keep strangers out: wrong secrets, prints of a family's paper. All machines count together."""

from django.core.cache import caches


def counted(key: str) -> int:
    """How many so far; raises ServiceAway when nobody can say: what cannot be counted is not let through."""
    return int(caches["counts"].get(key, 0))


def count(key: str, seconds: int) -> int:
    """One more; how many by now. Forgotten when nothing was added for so many seconds."""
    store = caches["counts"]
    store.add(key, 0, seconds)
    try:
        number = int(store.incr(key))
    except ValueError:  # its time was up between the two
        store.set(key, number := 1)
    # A store of files gives what it adds to its own lifetime.
    store.touch(key, seconds)
    return number


def forget_count(key: str) -> None:
    """Begin at nought."""
    caches["counts"].delete(key)
