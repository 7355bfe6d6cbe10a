"""Closed quarters of invented communes with every count known: small villages and large, nobody, everybody, some."""

import random
from dataclasses import dataclass
from decimal import Decimal

from portal.core.periods import Period
from portal.households.enums import MeasureKind
from portal.households.progress.contents import Content, packed_definition
from portal.households.progress.counting import LISTED, Counted, Heap
from portal.households.progress.measures import Definition, Target

ABOVE_70, ALL = Target(Decimal(70), is_strictly_above=True), Target(Decimal(100))
FOUR = {"tra-tien": (("3",),), "giay-to": (("2",),), "hoc-kham": (("4a", "4b"),), "an-toan": (("5",),)}
CAPABLE, ALL_FOUR, PASSING, ASSESSED = "nguoi-biet", "ca-bon", "du-dieu-kien", "danh-gia"
NAMES = {
    CAPABLE: "Hộ có người dùng được dịch vụ số",
    "tra-tien": "Trả tiền không dùng tiền mặt",
    "giay-to": "Dùng dịch vụ công trực tuyến",
    "hoc-kham": "Học hoặc khám bệnh qua mạng",
    "an-toan": "Biết giữ an toàn trên mạng",
    ALL_FOUR: "Làm được cả bốn việc",
    PASSING: "Đủ điều kiện công nhận",
    ASSESSED: "Đã đánh giá",
}
#: Of what is which a part: whoever does all four does each, and whoever does one was assessed.
WITHIN = [
    *((part, each) for part in (ALL_FOUR, PASSING) for each in FOUR),
    *((each, ASSESSED) for each in FOUR),
    (PASSING, ALL_FOUR),
    (ALL_FOUR, ASSESSED),
]
DEFINITIONS = [
    Definition(CAPABLE, NAMES[CAPABLE], Counted(MeasureKind.CAPABLE), target=ALL),
    *(
        Definition(key, NAMES[key], Counted(MeasureKind.FINDINGS, groups), target=ABOVE_70)
        for key, groups in FOUR.items()
    ),
    Definition(
        ALL_FOUR,
        NAMES[ALL_FOUR],
        Counted(MeasureKind.FINDINGS, tuple(groups[0] for groups in FOUR.values())),
        target=ABOVE_70,
    ),
    Definition(PASSING, NAMES[PASSING], Counted(MeasureKind.PASSING)),
    Definition(ASSESSED, NAMES[ASSESSED], Counted(MeasureKind.ASSESSED)),
    Definition("trong-so", "Hộ trong sổ", LISTED),
]
Family = dict[str, bool]


@dataclass
class Commune:
    """{village: families}, and what each family does."""

    villages: dict[int, list[Family]]
    chance: random.Random

    @classmethod
    def drawn(cls, seed: int) -> "Commune":
        """A commune of two to fourteen villages."""
        chance = random.Random(seed)
        level, likeness = chance.choice([0, 0.02, 0.3, 0.5, 0.7, 0.95, 1]), chance.random()
        villages = {}
        for number in range(1, chance.choice([2, 3, 5, 14, 14]) + 1):
            size = chance.choice([chance.randint(1, 30), chance.randint(20, 80), chance.randint(50, 300)])
            shares = [min(1, max(0, level + chance.choice([0, chance.uniform(-0.15, 0.15)]))) for _ in FOUR]
            seen = chance.choice([1, 0.9, 0.5, level])
            villages[number] = [_family(chance, shares, seen, likeness) for _ in range(size)]
        return cls(villages, chance)

    def a_quarter_later(self) -> None:
        """Some learn, a few forget, a family comes."""
        for families in self.villages.values():
            families.append(_family(self.chance, [0.5] * 4, 0.5, 0.5))
            for family in self.chance.sample(families, len(families) // 6):
                family.update(_family(self.chance, [0.7] * 4, 1, 0.5))

    def count(self, measure: str, numbers: list[int]) -> int:
        """The truth."""
        return sum(family[measure] for number in numbers for family in self.villages[number])

    def content(self, period: Period, least: int) -> Content:
        """What a close freezes, as far as the public page reads it."""
        figures = {one.key: {} for one in DEFINITIONS}
        for one in DEFINITIONS:
            for place, numbers in {"xa": list(self.villages), **{str(n): [n] for n in self.villages}}.items():
                whole = sum(len(self.villages[number]) for number in numbers)
                met = whole if one.counted == LISTED else self.count(one.key, numbers)
                figures[one.key][place] = {Heap.MET_SEEN: met, Heap.UNMET: whole - met}
        return Content({
            "period": {"year": period.year, "quarter": period.quarter, "first_on": period.first_day().isoformat(),
                       "last_on": period.last_day().isoformat()},
            "definitions": [packed_definition(one) for one in DEFINITIONS],
            "villages": [[number, f"Thôn {number}"] for number in self.villages],
            "figures": figures,
            "tallies": {},
            "least": least,
        })  # fmt: skip


def _family(chance: random.Random, shares: list[float], seen: float, likeness: float) -> Family:
    """What one family does; where families are alike, whoever does one thing does the others."""
    draw, is_seen = chance.random(), chance.random() < seen
    does = {
        key: is_seen and (draw if chance.random() < likeness else chance.random()) < share
        for key, share in zip(FOUR, shares, strict=True)
    }
    every = all(does.values())
    return {**does, ALL_FOUR: every, PASSING: every, ASSESSED: is_seen, CAPABLE: chance.random() < shares[0]}
