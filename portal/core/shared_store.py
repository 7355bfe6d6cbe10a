"""Redis as the store that all machines share, and what happens while it does not answer (docs/adr/0023).

What is only kept to be quick may be missing: SharedStore then has nothing, and pages are made anew. What is counted
to keep strangers out may not: StrictStore says ServiceAway. A store that was away is trusted again only when what
could have gone stale meanwhile is deleted: somebody may have taken back a name, or signed out, while it could not be
told.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ConnectionLost
from redis.retry import Retry

from portal.core.away import ServiceAway

Value = TypeVar("Value")
log = logging.getLogger("portal.store")

CONNECT_SECONDS = ANSWER_SECONDS = 1.0
#: For so long nobody in this process asks again: a page takes many answers, and would wait for each of them.
REST_SECONDS = 2.0
#: Keys that tell what the database tells, too; the generation of the pages goes with them.
PERISHABLE = ("default:*", "sessions:*", "pages:*", "shared:*:generation")
BATCH = 500


class _Way:
    """What this process knows of the way to the store."""

    resting_until = 0.0
    was_lost = False


class StrictStore(RedisCache):
    """Django's own backend with short patience; it empties its own keys only, and says when it is away."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = {
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": ANSWER_SECONDS,
            # Once: a connection that was kept open may have died with the server that is back by now.
            "retry": Retry(NoBackoff(), 1, supported_errors=(ConnectionLost,)),
        }
        super().__init__(server, {**params, "OPTIONS": options})

    def _ask(self, question: Callable[[], Value], without: Value) -> Value:
        try:
            return question()
        except (RedisError, OSError) as error:
            raise ServiceAway("redis") from error

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._ask(lambda: super(StrictStore, self).get(key, default, version), default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        return self._ask(lambda: super(StrictStore, self).get_many(keys, version), {})

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask(lambda: super(StrictStore, self).set(key, value, timeout, version), None)

    def set_many(self, data: dict[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._ask(lambda: super(StrictStore, self).set_many(data, timeout, version), list(data))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask(lambda: super(StrictStore, self).add(key, value, timeout, version), False)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._ask(lambda: super(StrictStore, self).touch(key, timeout, version), False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._ask(lambda: super(StrictStore, self).delete(key, version), False)

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        self._ask(lambda: super(StrictStore, self).delete_many(keys, version), None)

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._ask(lambda: super(StrictStore, self).has_key(key, version), False)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._ask(lambda: super(StrictStore, self).incr(key, delta, version), delta)

    def clear(self) -> None:
        """Only what this store holds: others live in the same Redis."""
        self._ask(lambda: self._drop([f"{self.key_prefix}:*"]), None)

    def _drop(self, patterns: Iterable[str]) -> None:
        client = self._cache.get_client(write=True)
        for pattern in patterns:
            for keys in _batches(client.scan_iter(match=pattern, count=BATCH)):
                client.unlink(*keys)


class SharedStore(StrictStore):
    """Has nothing while Redis is away, and forgets what may be stale before it is believed again."""

    def _ask(self, question: Callable[[], Value], without: Value) -> Value:
        if time.monotonic() < _Way.resting_until:
            return without
        try:
            if _Way.was_lost:
                self._drop(PERISHABLE)
                _Way.was_lost = False
                log.warning("the shared store is back; what may be stale in it was deleted")
            return question()
        except (RedisError, OSError) as error:
            if not _Way.was_lost:
                log.warning("the shared store does not answer: %s", type(error).__name__)
            _Way.was_lost, _Way.resting_until = True, time.monotonic() + REST_SECONDS
            return without


def _batches(keys: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(keys, BATCH)):
        yield batch
