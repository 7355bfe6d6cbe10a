"""What a period says, as one JSON text: made once, frozen, and read by every output of the period. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Any

from portal.core.periods import Period
from portal.households.enums import MeasureKind, MeasureReading
from portal.households.progress.counting import Counted
from portal.households.progress.measures import Definition, Figure, Target
from portal.households.progress.second_looks import Agreement

COMMUNE = "xa"
#: Counted within the period: {key: (what, unit)}, in the order of the reports.
TALLIES: Mapping[str, tuple[str, str]] = {
    "luot-tham": ("Lượt thăm", "lượt"),
    "ho-tham": ("Hộ được thăm", "hộ"),
    "phieu": ("Phiếu đăng ký nhận được", "phiếu"),
    "da-giup": ("Yêu cầu giúp đã làm xong", "yêu cầu"),
    "hoat-dong": ("Hoạt động, tập huấn", "hoạt động"),
    "nguoi-du": ("Lượt người dự", "lượt"),
    "nu-du": ("trong đó nữ", "lượt"),
    "cao-tuoi-du": ("trong đó từ 60 tuổi", "lượt"),
    "cong-nhan-moi": ("Hộ được công nhận trong kỳ", "hộ"),
    "khong-song": ("Hộ không có sóng tại nhà", "hộ"),
    "khong-dien": ("Hộ không có điện", "hộ"),
    "gia-yeu": ("Hộ già yếu hoặc khuyết tật", "hộ"),
}


#: What is known without a day, and counted as it is known when the period is drawn up: never compared later.
UNDATED_TALLIES = ("khong-song", "khong-dien", "gia-yeu")


def canonical(content: Any) -> str:
    """The same text for the same content, to the letter."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_text(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def packed_definition(definition: Definition) -> dict[str, Any]:
    """A definition for keeping."""
    target = definition.target
    return {
        "key": definition.key,
        "name": definition.name,
        "kind": str(definition.counted.kind),
        "groups": [list(group) for group in definition.counted.groups],
        "title": definition.counted.title,
        "sentence": definition.sentence,
        "numerator": definition.numerator,
        "denominator": definition.denominator,
        "exclusions": definition.exclusions,
        "reading": str(definition.reading or ""),
        "legal_basis": definition.legal_basis,
        "counts_from": definition.counts_from.isoformat() if definition.counts_from else None,
        "version": definition.version,
        "target": {
            "percent": str(target.percent),
            "is_strictly_above": target.is_strictly_above,
            "due_on": target.due_on.isoformat() if target.due_on else None,
        }
        if target
        else None,
    }


def unpacked_definition(kept: Mapping[str, Any]) -> Definition:
    """The definition that was kept."""
    goal = kept["target"]
    return Definition(
        key=kept["key"],
        name=kept["name"],
        counted=Counted(MeasureKind(kept["kind"]), tuple(tuple(group) for group in kept["groups"]), kept["title"]),
        sentence=kept["sentence"],
        numerator=kept["numerator"],
        denominator=kept["denominator"],
        exclusions=kept["exclusions"],
        reading=MeasureReading(kept["reading"]) if kept["reading"] else None,
        legal_basis=kept["legal_basis"],
        counts_from=_day(kept["counts_from"]),
        version=kept["version"],
        target=Target(Decimal(goal["percent"]), goal["is_strictly_above"], _day(goal["due_on"])) if goal else None,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Place:
    """A village as the period knew it."""

    pk: int
    name: str


@dataclass(frozen=True)
class Words:
    """What a village's team wrote, and the numbers that it put in by hand."""

    difficulties: str = ""
    proposals: str = ""
    by_hand: Sequence[tuple[str, str, str]] = ()

    def __bool__(self) -> bool:
        return bool(self.difficulties or self.proposals or self.by_hand)


@dataclass(frozen=True)
class Content:
    """The content of a period, closed or not, as its outputs read it."""

    given: Mapping[str, Any]

    @classmethod
    def read(cls, text: str) -> "Content":
        """From its text."""
        return cls(json.loads(text))

    @property
    def period(self) -> Period:
        """The quarter or year."""
        return Period(self.given["period"]["year"], self.given["period"]["quarter"])

    @property
    def first_on(self) -> date:
        """The first day that counts."""
        return date.fromisoformat(self.given["period"]["first_on"])

    @property
    def last_on(self) -> date:
        """The day as of which all figures are."""
        return date.fromisoformat(self.given["period"]["last_on"])

    @cached_property
    def definitions(self) -> list[Definition]:
        """The measures as they were defined."""
        return [unpacked_definition(kept) for kept in self.given["definitions"]]

    @property
    def listed(self) -> Definition:
        """The one that counts all households of the register."""
        return next(one for one in self.definitions if one.counted.kind == MeasureKind.LISTED)

    @cached_property
    def places(self) -> list[Place]:
        """Villages that stood on the last day, by number."""
        return [Place(pk, name) for pk, name in self.given["villages"]]

    @property
    def missing(self) -> list[Place]:
        """Villages whose report had not come in when the period was closed."""
        return [place for place in self.places if place.pk in self.given["missing"]]

    def figure(self, definition: Definition, place: Place | None = None) -> Figure:
        """A measure of the commune or of a village."""
        heaps = self.given["figures"].get(definition.key, {}).get(_key(place), {})
        return Figure(definition, self.last_on, place.pk if place else None, heaps)

    def earlier_figure(self, definition: Definition) -> Figure | None:
        """The commune's figure at the end of the period before; None when there was nobody yet."""
        heaps = self.given["earlier"]["figures"].get(definition.key, {})
        return Figure(definition, date.fromisoformat(self.given["earlier"]["last_on"]), None, heaps) if heaps else None

    @property
    def earlier_name(self) -> str:
        """The period before."""
        return str(self.given["earlier"]["name"])

    def tally(self, key: str, place: Place | None = None) -> int:
        """What was counted within the period."""
        return int(self.given["tallies"].get(_key(place), {}).get(key, 0))

    def words(self, place: Place) -> Words:
        """What the village's team wrote."""
        kept = self.given["reports"].get(str(place.pk))
        if kept is None:
            return Words()
        by_hand = [(label, number, reason) for label, number, reason in kept["by_hand"]]
        return Words(kept["difficulties"], kept["proposals"], by_hand)

    @property
    def decisions(self) -> list[Mapping[str, Any]]:
        """Decisions signed within the period: number, day, title, year, households."""
        return list(self.given["decisions"])

    @property
    def recheck(self) -> tuple[str, Agreement] | None:
        """Of which quarter, and how far second visits agree; None while there was no sample."""
        kept = self.given.get("recheck")
        return (kept["name"], Agreement(**{k: v for k, v in kept.items() if k != "name"})) if kept else None

    @property
    def idle(self) -> list[Place]:
        """Villages without an activity within the period."""
        return [place for place in self.places if not self.tally("hoat-dong", place)]


def _key(place: Place | None) -> str:
    return str(place.pk) if place else COMMUNE


@dataclass(frozen=True)
class Difference:
    """A number that is not what it was."""

    key: str
    name: str
    place: str
    then: str
    now: str
