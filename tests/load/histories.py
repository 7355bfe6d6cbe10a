"""Invented histories of families, judged by the register's own rules; many families share one history."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from portal.households.enums import Basis, CapableMember, DecisionKind, Result, Title
from portal.households.progress.counting import Counted, Step, course_of
from portal.households.progress.deeds import NEEDS
from portal.households.progress.facts import (
    CapableFact,
    CriteriaFact,
    DecisionFact,
    HouseholdFacts,
    SignUpFact,
    Stay,
)
from portal.households.standing import HANOI, FindingFact, Standing, VisitFact, standing_on

FIRST_DAY = date(2025, 9, 1)
#: Stands for whichever village a family with this history lives in.
SOME_VILLAGE = -1
VILLAGES = 14
#: No register has more histories that differ; beyond, families share them.
HISTORIES = 10_000
KEYS = ("1", "2", "3", "4a", "4b", "4c", "5")


@dataclass(frozen=True)
class History:
    """What happened to a family, and what that comes to."""

    facts: HouseholdFacts
    steps: list[Step]
    standing: Standing


def histories(
    number: int, seed: int, today: date, counted: list[Counted], criteria: list[CriteriaFact]
) -> list[History]:
    """So many different ones, from the movement's first day to today."""
    dice = random.Random(seed)
    found = []
    for root in range(number):
        facts = _facts(dice, root, (today - FIRST_DAY).days)
        steps = course_of(facts, counted, criteria)
        found.append(History(facts, steps, standing_on(today, facts.visits, criteria[-1].rule)))
    return found


def village_of(number: int) -> int:
    """Which of the fourteen a household lives in; not in step with its history."""
    return number * 7919 // HISTORIES % VILLAGES


def _facts(dice: random.Random, root: int, days: int) -> HouseholdFacts:
    listed = int(days * dice.random() ** 2)
    visits = sorted(dice.randint(listed, days) for _ in range(dice.choices((0, 1, 2, 3, 4), (25, 30, 25, 13, 7))[0]))
    # Decisions are signed once in a hundred days.
    honoured = [day for day in (-(-visit // 100) * 100 for visit in visits[2:3]) if day <= days]
    return HouseholdFacts(
        root=root,
        listed_from=_day(listed),
        listed_to=_day(days) if dice.random() < 0.02 else None,
        stays=(Stay(SOME_VILLAGE, _day(listed)),),
        visits=tuple(_visit(dice, day) for day in visits),
        capable=(CapableFact(_day(listed), root, dice.choice(list(CapableMember)), Basis.TOLD),),
        sign_ups=(SignUpFact(_day(listed), frozenset(dice.sample(KEYS, 3))),) if dice.random() < 0.7 else (),
        decisions=tuple(_recognition(day) for day in honoured),
        home=SOME_VILLAGE,
        needs=tuple(need for need in NEEDS if dice.random() < 0.1),
    )


def _recognition(day: int) -> DecisionFact:
    return DecisionFact(_day(day), (1, 1), Title.DIGITAL_FAMILY, _day(day).year, DecisionKind.RECOGNISE)


def _visit(dice: random.Random, day: int) -> VisitFact:
    results, bases = (
        dice.choices(list(Result), (6, 3, 1), k=len(KEYS)),
        dice.choices(list(Basis), (6, 3, 1), k=len(KEYS)),
    )
    moment = datetime.combine(_day(day), datetime.min.time(), HANOI) + timedelta(hours=8, minutes=dice.randrange(540))
    findings = tuple(FindingFact(*found) for found in zip(KEYS, results, bases, strict=True))
    return VisitFact(UUID(int=dice.getrandbits(128), version=4), moment, findings, village=SOME_VILLAGE)


def _day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)
