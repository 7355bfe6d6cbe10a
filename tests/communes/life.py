"""Histories of invented communes: lists of deeds, drawn at random, possible in this order."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_DAY = date(2025, 9, 15)
LIFE_DAYS = 430
KEYS = ("1", "2", "3", "4a", "4b", "4c", "5")
ANSWERS = ("dat", "dat", "dat", "chua-dat", "chua-ro")
BASES = ("thay", "thay", "ke", "giay")
CAPABLE = ("chua-ro", "chua-co", "chu-ho", "con-lon", "khac")
TITLE = "gia-dinh-so"
VILLAGES = (0, 1, 2, 3)
#: (key, keys of one criterion, mandatory): the plan's five, and what later versions make of them.
FIVE = (
    ("1", ("1",), False), ("2", ("2",), False), ("3", ("3",), False), ("4", ("4a", "4b", "4c"), False),
    ("5", ("5",), False),
)  # fmt: skip


@dataclass(frozen=True)
class Deed:
    """Something that was entered on a day; `what` says which, `data` the rest."""

    entered_on: date
    what: str
    data: dict[str, Any]


@dataclass
class Life:
    """A commune's history, and while it is drawn, what is possible next."""

    deeds: list[Deed] = field(default_factory=list)
    homes: dict[int, dict[str, Any]] = field(default_factory=dict)
    visits: list[tuple[UUID, int, datetime]] = field(default_factory=list)
    merges: list[tuple[int, date]] = field(default_factory=list)
    closed: dict[int, tuple[date, int | None]] = field(default_factory=dict)
    recognised: set[int] = field(default_factory=set)

    def add(self, entered_on: date, what: str, /, **data: Any) -> None:
        self.deeds.append(Deed(entered_on, what, data))

    def of(self, what: str) -> Iterator[Deed]:
        return (deed for deed in self.deeds if deed.what == what)

    def root(self, pk: int) -> int:
        while (survivor := self.homes[pk]["survivor"]) is not None:
            pk = survivor
        return pk

    def cluster(self, root: int) -> set[int]:
        return {pk for pk in self.homes if self.root(pk) == root}

    def open_homes(self) -> list[int]:
        return [pk for pk, home in self.homes.items() if home["survivor"] is None and not home["left"]]

    def days_of_interest(self, chance: random.Random, count: int) -> list[date]:
        days = [FIRST_DAY + timedelta(days=chance.randint(-5, LIFE_DAYS + 200)) for _ in range(count - 1)]
        edge = chance.choice(self.deeds).entered_on + timedelta(days=chance.choice((-1, 0, 1)))
        return [*days, edge]


def make_life(seed: int, deeds: int = 40) -> Life:
    """A history of so many deeds, the same for the same seed."""
    chance, life = random.Random(seed), Life()
    days = sorted(FIRST_DAY + timedelta(days=chance.randrange(LIFE_DAYS)) for _ in range(deeds))
    for number, day in enumerate(days):
        deeds_and_weights = zip(*DEEDS, strict=True)
        [deed] = [_list_home] if number < 4 else chance.choices(*deeds_and_weights)
        deed(life, day, chance)
    return life


def _village(life: Life, chance: random.Random) -> int:
    return chance.choice([pk for pk in VILLAGES if pk not in life.closed])


def _add_home(life: Life, day: date) -> int:
    pk = len(life.homes)
    life.homes[pk] = {"survivor": None, "left": False, "since": day}
    return pk


def _list_home(life: Life, day: date, chance: random.Random) -> None:
    village = _village(life, chance)
    since = day - timedelta(days=chance.choice((0, 0, 0, 20)))
    who = chance.choice(CAPABLE)
    life.add(day, "list", home=_add_home(life, since), village=village, since=since, who=who)


def _sign_up(life: Life, day: date, chance: random.Random) -> None:
    village, answers = _village(life, chance), {}
    for key in ("1", "2", "3", "4", "5"):
        answer = chance.choice(("co", "co", "chua", "can-giup", None))
        if answer:
            answers[key] = answer
    who = chance.choice(CAPABLE)
    life.add(day, "sign up", home=_add_home(life, day), village=village, answers=answers, who=who)


def _move(life: Life, day: date, chance: random.Random) -> None:
    for pk in _some(life, chance):
        happened = day - timedelta(days=chance.choice((0, 0, 3)))
        if happened > life.homes[pk]["since"]:
            life.homes[pk]["since"] = happened
            life.add(day, "move", home=pk, village=_village(life, chance), day=happened)


def _split(life: Life, day: date, chance: random.Random) -> None:
    for pk in _some(life, chance):
        happened = max(day - timedelta(days=chance.choice((0, 2))), life.homes[pk]["since"])
        life.add(day, "split", home=pk, new=_add_home(life, happened), day=happened)


def _strike(life: Life, day: date, chance: random.Random) -> None:
    for pk in _some(life, chance):
        if len(life.open_homes()) > 3:
            happened = max(day - timedelta(days=chance.choice((0, 5))), life.homes[pk]["since"])
            life.homes[pk]["left"] = True
            life.add(day, "strike", home=pk, day=happened)


def _merge(life: Life, day: date, chance: random.Random) -> None:
    homes = life.open_homes()
    if len(homes) > 3:
        kept, gone = chance.sample(homes, 2)
        life.homes[gone]["survivor"] = kept
        life.merges.append((gone, day))
        life.add(day, "merge", kept=kept, gone=gone)


def _unmerge(life: Life, day: date, chance: random.Random) -> None:
    undoable = [pair for pair in life.merges if (day - pair[1]).days < 360]
    if undoable:
        gone, merged_on = chance.choice(undoable)
        life.merges.remove((gone, merged_on))
        life.homes[gone]["survivor"] = None
        life.add(day, "unmerge", gone=gone)


def _visit(life: Life, day: date, chance: random.Random) -> None:
    homes = [pk for pk, home in life.homes.items() if not home["left"]]
    pk = chance.choice(homes)
    moment = _moment(day - timedelta(days=chance.choice((0, 0, 0, 1, 30, 100))), chance)
    corrects = None
    if life.visits and chance.random() < 0.25:
        corrects, pk, old = chance.choice(life.visits)
        moment = chance.choice((moment, old))
    found = {
        key: (answer, chance.choice(BASES) if answer != "chua-ro" else None)
        for key in chance.sample(KEYS, chance.choice((1, 3, 7, 7)))
        for answer in [chance.choice(ANSWERS)]
    }
    client_id = UUID(int=chance.getrandbits(128))
    life.visits.append((client_id, pk, moment))
    life.add(day, "visit", id=client_id, home=pk, moment=moment, found=found, corrects=corrects)


def _moment(day: date, chance: random.Random) -> datetime:
    # Just after midnight here is still the day before in London.
    clock = chance.choice((time(0, 20), time(9), time(15, 30), time(23, 50)))
    return datetime.combine(day, clock, HANOI)


def _say_capable(life: Life, day: date, chance: random.Random) -> None:
    for pk in _some(life, chance):
        said_on = max(day - timedelta(days=chance.choice((0, 0, 40))), FIRST_DAY)
        basis = chance.choice((*BASES, None))
        life.add(day, "capable", home=pk, who=chance.choice(CAPABLE), day=said_on, basis=basis)


def _decide(life: Life, day: date, chance: random.Random) -> None:
    homes = [pk for pk in life.open_homes() if not life.recognised.intersection(life.cluster(pk))]
    chosen = chance.sample(homes, min(len(homes), 2))
    if chosen:
        life.recognised.update(chosen)
        signed = day - timedelta(days=chance.choice((0, 6)))
        life.add(day, "decide", homes=chosen, day=signed, year=day.year)


def _revoke(life: Life, day: date, chance: random.Random) -> None:
    decided = [(deed, pk) for deed in life.of("decide") for pk in deed.data["homes"]]
    standing = [(deed, pk) for deed, pk in decided if pk in life.recognised and pk in life.open_homes()]
    # What a cluster holds is the cluster's; here only households that were never merged lose a title.
    plain = [(deed, pk) for deed, pk in standing if life.cluster(pk) == {pk}]
    if plain:
        deed, pk = chance.choice(plain)
        life.recognised.discard(pk)
        life.add(day, "revoke", home=pk, day=day, year=deed.data["year"])


def _new_criteria(life: Life, day: date, chance: random.Random) -> None:
    kept = [criterion for criterion in FIVE if chance.random() < 0.8] or list(FIVE)
    rule = [(key, keys, chance.random() < 0.3) for key, keys, _mandatory in kept]
    mandatory = sum(criterion[2] for criterion in rule)
    minimum = chance.choice((None, max(1, mandatory, len(rule) - 1)))
    life.add(day, "criteria", since=day + timedelta(days=chance.choice((0, 15))), rule=rule, minimum=minimum)


def _close_village(life: Life, day: date, chance: random.Random) -> None:
    standing = [pk for pk in VILLAGES if pk not in life.closed]
    if len(standing) > 2 and day > FIRST_DAY + timedelta(days=60):
        pk, successor = chance.sample(standing, 2)
        last_day = day + timedelta(days=chance.choice((-3, 0, 20)))
        life.closed[pk] = (last_day, successor)
        life.add(day, "close village", village=pk, day=last_day, successor=successor)


def _hold_activity(life: Life, day: date, chance: random.Random) -> None:
    held = day - timedelta(days=chance.choice((0, 4)))
    life.add(day, "activity", village=chance.choice(VILLAGES), day=held)


def _some(life: Life, chance: random.Random) -> list[int]:
    homes = life.open_homes()
    return [chance.choice(homes)] if homes else []


DEEDS = (
    (_list_home, 3), (_sign_up, 4), (_move, 3), (_split, 2), (_strike, 1), (_merge, 3), (_unmerge, 2), (_visit, 14),
    (_say_capable, 4), (_decide, 2), (_revoke, 1), (_new_criteria, 1), (_close_village, 1), (_hold_activity, 2),
)  # fmt: skip
