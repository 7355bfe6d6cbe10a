"""What a workbook would do to the register: read, compared, nothing written."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from portal.core.phones import national
from portal.core.text import fold
from portal.households.exchange.headings import LABELS
from portal.households.exchange.places import Place
from portal.households.exchange.reading import CellTrouble, Reading, Rules, SheetRow, codes_in, understand
from portal.households.exchange.villages import Known, VillageNames
from portal.households.exchange.workbook import as_text, read_tables
from portal.households.exchange.writing import FIELDS, neutral, value_of
from portal.households.models import Household, Village

#: Columns that a sheet may fill; codes and dates are the register's own.
PLAIN = ("head_name", "nickname", "neighbour_hint", "head_birth_year", "member_count", "phone")
CODES_AT_ONCE = 5_000


@dataclass(frozen=True)
class Doubt:
    """A row that looks like a family that is already there; written only when the clerk says so."""

    place: Place
    name: str
    reason: str


@dataclass
class ImportPlan:
    """Rows to add, households to change with their new values, rows that change nothing, and what stands against."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[Household, dict[str, Any]]] = field(default_factory=list)
    same_count: int = 0
    doubts: list[Doubt] = field(default_factory=list)
    troubles: list[CellTrouble] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        """How many rows it would write."""
        return len(self.new) + len(self.changed)


def read_import(content: bytes, *, convert_phones: bool, keep: Collection[str] = ()) -> tuple[Reading, ImportPlan]:
    """Read a workbook against the register; `keep` names the doubtful cells that are families of their own.

    Raises WorkbookRefused and NoHeadings.
    """
    tables = read_tables(content)
    households = _households_of(codes_in(tables))
    known = {code: _exported(household) for code, household in households.items()}
    reading = understand(tables, Rules(village_names(), known, convert_phones))
    plan = ImportPlan(troubles=list(reading.troubles))
    new = []
    seen: dict[str, Place] = {}
    for row in reading.rows:
        if row.values.get("code"):
            _plan_change(plan, row, households, seen)
        else:
            new.append(row)
    _plan_new(plan, new, set(keep))
    return reading, plan


def village_names() -> VillageNames:
    """All villages that ever were, so that a sheet of last year can be told what has become of them."""
    today = timezone.localdate()
    standing = set(Village.objects.standing_on(today).values_list("pk", flat=True))
    return VillageNames(
        Known(
            village.pk,
            village.name,
            village.former_commune,
            is_standing=village.pk in standing,
            now=village.successor.name if village.successor else "",
        )
        for village in Village.objects.select_related("successor")
    )


def _households_of(codes: Collection[str]) -> dict[str, Household]:
    listed, wanted = Household.objects.listed().select_related("village"), sorted(codes)
    found: dict[str, Household] = {}
    for start in range(0, len(wanted), CODES_AT_ONCE):
        some = listed.filter(code__in=wanted[start : start + CODES_AT_ONCE])
        found |= {household.code: household for household in some}
    return found


def _exported(household: Household) -> dict[str, str]:
    values = {name: value_of(household, name) for name in FIELDS}
    return {name: "" if value is None else as_text(neutral(str(value))) for name, value in values.items()}


def _plan_change(plan: ImportPlan, row: SheetRow, households: Mapping[str, Household], seen: dict[str, Place]) -> None:
    code = row.values["code"]
    household, before = households.get(code), seen.setdefault(code, row.place)
    message = ""
    if household is None:
        message = f"Sổ không có mã {code}. Hộ mới thì để trống ô Mã hộ."
    elif before is not row.place:
        message = f"Mã {code} đã có ở ô {before}. Mỗi hộ một dòng."
    elif row.values.get("village") not in {None, household.village_id}:
        message = f"Hộ {code} đang ở {household.village}. Chuyển thôn thì làm ở trang của hộ, để giữ ngày chuyển."
    if message or household is None:
        plan.troubles.append(CellTrouble(row.place, LABELS["code"], message))
        return
    changes = {name: row.values[name] for name in PLAIN if name in row.values}
    changes = {name: value for name, value in changes.items() if getattr(household, name) != value}
    if changes:
        plan.changed.append((household, changes))
    else:
        plan.same_count += 1


# --- the same family twice --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Entry:
    """What two entries of one name in one village are told apart by, and where the entry stands."""

    born: int | None
    phone: str
    nickname: str
    where: str

    def may_be(self, other: "_Entry") -> bool:
        """Two known birth years settle it; otherwise nothing that both say may differ."""
        if self.born and other.born:
            return self.born == other.born
        pairs = ((self.phone, other.phone), (fold(self.nickname), fold(other.nickname)))
        return all(one == two or not (one and two) for one, two in pairs)


def _plan_new(plan: ImportPlan, rows: list[SheetRow], keep: set[str]) -> None:
    """Rows to add, apart from those that the register or an earlier row seems to have."""
    keys = [(fold(row.values["head_name"]), row.values["village"]) for row in rows]
    entries = _entries(set(keys))
    for key, row in zip(keys, rows, strict=True):
        values = {name: row.values[name] for name in (*PLAIN, "village") if name in row.values}
        born, phone, nickname = values.get("head_birth_year"), values.get("phone", ""), values.get("nickname", "")
        mine = _Entry(born, phone, nickname, f"ô {row.place}" if not row.place.sheet else str(row.place))
        twin = next((entry for entry in entries[key] if entry.may_be(mine)), None)
        if twin is not None:
            plan.doubts.append(Doubt(row.place, values["head_name"], _reason(mine, twin)))
        if twin is None or str(row.place) in keep:
            plan.new.append(values)
            entries[key].append(mine)


def _entries(keys: set[tuple[str, int]]) -> dict[tuple[str, int], list[_Entry]]:
    """Households of the register by name and village, of these names only; one query."""
    found: dict[tuple[str, int], list[_Entry]] = defaultdict(list)
    rows = Household.objects.listed().filter(village__in={village for _name, village in keys})
    columns = ("head_name", "village_id", "head_birth_year", "phone", "nickname", "code")
    for name, village, born, phone, nickname, code in rows.values_list(*columns).iterator(chunk_size=2000):
        if (key := (fold(name), village)) in keys:
            found[key].append(_Entry(born, phone, nickname, f"hộ {code} trong sổ"))
    return found


def _reason(mine: _Entry, twin: _Entry) -> str:
    same = [
        "cùng tên, cùng thôn",
        f"cùng năm sinh {mine.born}" if mine.born and mine.born == twin.born else "",
        f"cùng số có đuôi {national(mine.phone)[-3:]}" if mine.phone and mine.phone == twin.phone else "",
    ]
    return f"Giống {twin.where}: {', '.join(filter(None, same))}."
