"""Whole registers in seconds: the rows that the services would have written, copied into PostgreSQL at once."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from portal.core.codes import numbered_code
from portal.core.phones import national
from portal.households.enums import Channel, HelpState
from portal.households.models import HelpRequest, Household, Village
from portal.households.models.household import CODE_PREFIX
from portal.households.selectors.measures import counted_of_households
from portal.households.selectors.progress_facts import NEEDED, criteria_facts
from tests.factories.core import UserFactory
from tests.load.copying import copy_rows, unindexed
from tests.load.histories import HISTORIES, VILLAGES, History, histories, village_of
from tests.load.movement import make_progress
from tests.load.people import RARE_NICKNAME, RARE_TIMES, People, folded, sort_key

SEED = 20_261
SEARCH_IN_ORDER = "portal.households.migrations.0010_search_in_order"


def make_register(size: int) -> list[History]:
    """So many households in fourteen villages on the current database; the histories that they share."""
    villages = [
        Village.objects.create(number=n, name=f"Thôn {n} (mẫu)", valid_from=date(2025, 7, 1))
        for n in range(1, VILLAGES + 1)
    ]
    known = histories(min(size, HISTORIES), SEED, timezone.localdate(), counted_of_households(), criteria_facts())
    with unindexed(Household._meta.db_table):
        copy_rows(Household, _households(size, [village.pk for village in villages], known))
    with unindexed("households_word"), connection.cursor() as cursor:
        cursor.execute(import_module(SEARCH_IN_ORDER).FILL.format(row="home", source="households_household AS home,"))
    with unindexed(HelpRequest._meta.db_table):
        copy_rows(HelpRequest, _help_requests(size))
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('households_household', 'id'), %s)", [size])
    make_progress(size, known)
    return known


def _households(size: int, villages: Sequence[int], known: Sequence[History]) -> Iterator[dict[str, Any]]:
    people, now = People(SEED), timezone.now()
    drawn = zip(people.heads(size), people.nicknames(size), people.phones(size), strict=True)
    for number, (head, nickname, phone) in enumerate(drawn, start=1):
        called = RARE_NICKNAME if number % (size // RARE_TIMES) == 1 and size > RARE_TIMES else nickname
        history, code = known[number % len(known)], numbered_code(CODE_PREFIX, number)
        words = (folded(head), folded(called), code[3:].lower(), national(phone))
        yield {
            "id": number,
            "number": number,
            "code": code,
            "village": villages[village_of(number)],
            "head_name": head,
            "sort_key": sort_key(head),
            "nickname": called,
            "phone": phone,
            "capable_member": history.facts.capable[0].who,
            "listed_from": history.facts.listed_from,
            "listed_to": history.facts.listed_to,
            "root": number,
            "channel": Channel.TEAM,
            "search_text": "".join(f" {word}" for word in words if word),
            "met_count": history.standing.met_count,
            "open_count": history.standing.open_count,
            "is_passing": history.standing.is_passing,
            "last_visited_on": history.standing.last_visited_on,
            **{column: need in history.facts.needs for column, need in NEEDED.items()},
            "is_waiting": number % 50 == 1,
            "created_at": now,
        }


def _help_requests(size: int) -> Iterator[dict[str, Any]]:
    """One family in fifty waits for help; one in fifty got some, on a day of this year."""
    user, today = UserFactory().pk, timezone.now()
    asked = Household.objects.filter(pk__in=range(1, size + 1, 25)).values_list("pk", "village")
    for pk, village in asked:
        done = {"state": HelpState.DONE, "closed_at": today - timedelta(days=pk % 300), "closed_by": user}
        yield {
            "token": UUID(int=pk),
            "household": pk,
            "village": village,
            "name": "Phạm Văn Mẫu",
            "topic": "Cài VNeID",
            "asked_at": today - timedelta(days=300),
            "due_on": timezone.localdate(),
            **({"state": HelpState.OPEN} if pk % 50 == 1 else done),
        }
