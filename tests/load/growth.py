"""How times grow from a register of 5,000 households to one of 1,000,000, both on one throw-away PostgreSQL.

`make bench` runs it; alone: `python -m tests.load.growth [register|progress]`. Medians of rounds that take turns
between the two registers, so that what else the machine does blurs both alike.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.postgres import postgres_server

FEW, MANY = 5_000, 1_000_000
LIMIT = 3.0
WARM_UP, ATTEMPTS = 2, 3


@dataclass
class Case:
    """One thing to measure."""

    name: str
    action: Callable[[], Any]
    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)

    def median(self, name: str) -> float:
        """With few or many households."""
        return statistics.median(self.milliseconds[name])

    @property
    def ratio(self) -> float:
        """How many times longer with many."""
        return self.median("many") / self.median("few")


def measure(cases: Sequence[Case], databases: Mapping[str, Any], rounds: int) -> None:
    """Every case in turn on the one and the other register.

    What exceeds is measured again: a burst of the machine's other work is no growth.
    """
    for case in cases:
        for _attempt in range(ATTEMPTS):
            case.milliseconds = {}
            _measure(case, databases, rounds)
            if case.ratio <= LIMIT:
                break


def _measure(case: Case, databases: Mapping[str, Any], rounds: int) -> None:
    for turn in range(WARM_UP + rounds):
        for name, database in databases.items():
            use(database)
            started = time.perf_counter()
            case.action()
            spent = (time.perf_counter() - started) * 1000
            if turn >= WARM_UP:
                case.milliseconds.setdefault(name, []).append(spent)
    for name, database in databases.items():
        use(database)
        case.queries[name] = queries_of(case.action)


def queries_of(action: Callable[[], Any]) -> int:
    """How many queries it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


def told(title: str, cases: Sequence[Case], most_queries: int) -> bool:
    """Print the table; whether every case keeps within the limits."""
    print(f"\n{title}, medians in ms by households; at most {LIMIT:.0f} ×, {most_queries} queries")
    print(f"{'':52}{FEW:>11,}{MANY:>11,}{'ratio':>8}{'queries':>10}")
    good = True
    for case in cases:
        few, many = case.median("few"), case.median("many")
        queries = "→".join(map(str, dict.fromkeys(case.queries.values())))
        holds = case.ratio <= LIMIT and max(case.queries.values()) <= most_queries
        good = good and holds
        print(f"{case.name:52}{few:11.1f}{many:11.1f}{case.ratio:8.2f}{queries:>10}{'' if holds else '  EXCEEDS'}")
    return good


def use(database: Any) -> None:
    """Make this the default database."""
    from django.db import connections

    connections["default"] = database


class Officer:
    """The same officer signed in at both registers; asks the one in use."""

    def __init__(self, databases: Mapping[str, Any]) -> None:
        from django.test import Client

        from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP
        from tests.factories.core import UserFactory

        self._browsers = {}
        for database in databases.values():
            use(database)
            browser = self._browsers[database.settings_dict["NAME"]] = Client()
            browser.force_login(UserFactory(username=f"do-{uuid4().hex[:8]}", groups=[OFFICER_GROUP, LEADER_GROUP]))

    def get(self, address: str, query: Mapping[str, Any] | None = None) -> bytes:
        """The page; anything but a page is a mistake of the benchmark's."""
        from django.db import connection

        response = self._browsers[connection.settings_dict["NAME"]].get(address, query or {})
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
        return bytes(response.content)


def copied(original: Any, name: str) -> Any:
    """A connection to a copy of that database."""
    from django.db import connections

    settings = dict(original.settings_dict)
    original.close()
    backend = type(connections.create_connection("default"))
    maker = backend({**settings, "NAME": "template1"}, "default")
    with maker.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE {name} TEMPLATE "{settings["NAME"]}"')
    maker.close()
    return backend({**settings, "NAME": name}, "default")


@contextmanager
def registers() -> Iterator[dict[str, Any]]:
    """Both registers on one server, with memory as a server of that size has it; {few or many: connection}."""
    with postgres_server("shared_buffers=1GB", "max_wal_size=4GB") as address:
        os.environ["DATABASE_URL"] = address
        os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from tests.load.registers import make_register

        call_command("migrate", verbosity=0)
        original, databases = connections["default"], {}
        for name, size in (("few", FEW), ("many", MANY)):
            databases[name] = copied(original, name)
            use(databases[name])
            started = time.monotonic()
            make_register(size)
            print(f"a register of {size:,} households made in {time.monotonic() - started:.0f} s", flush=True)
        yield databases
        for database in databases.values():
            database.close()


def main(subjects: Sequence[str]) -> int:
    """0 when every ratio holds."""
    with registers() as databases:
        from tests.load import bench_progress, bench_register

        benches = {"register": bench_register, "progress": bench_progress}
        officer, good = Officer(databases), True
        for name in subjects or benches:
            use(databases["few"])
            cases = benches[name].cases(officer)
            measure(cases, databases, benches[name].ROUNDS)
            good = told(name, cases, benches[name].MOST_QUERIES) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
