"""The register as a workbook that opens right in Excel and LibreOffice, and comes back unchanged."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from portal.core.phones import national
from portal.households.exchange.headings import LABELS
from portal.households.models import Household

FIELDS = ("code", "head_name", "village", "nickname", "neighbour_hint", "head_birth_year", "member_count", "phone")
WIDTHS = {"code": 11, "head_name": 28, "village": 18, "nickname": 18, "neighbour_hint": 28, "phone": 15}
#: Excel would take a text that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_households(households: Iterable[Household]) -> bytes:
    """One sheet: headings, then a household a row; codes and phones are text, numbers are numbers."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet("Sổ hộ")
        head, text = workbook.add_format({"bold": True, "bottom": 1}), workbook.add_format({"num_format": "@"})
        for column, name in enumerate(FIELDS):
            sheet.set_column(column, column, WIDTHS.get(name, 12), text if name in {"code", "phone"} else None)
            sheet.write_string(0, column, LABELS[name], head)
        for row, household in enumerate(households, start=1):
            for column, name in enumerate(FIELDS):
                _write(sheet, row, column, value_of(household, name), text)
        sheet.freeze_panes(1, 2)
    return buffer.getvalue()


def value_of(household: Household, name: str) -> Any:
    """What the cell of a household says."""
    if name == "village":
        return household.village.name
    if name == "phone":
        return national(household.phone)
    return getattr(household, name)


def _write(sheet: Any, row: int, column: int, value: Any, text: Any) -> None:
    if value in {None, ""}:
        return
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, neutral(str(value)), text)


def neutral(value: str) -> str:
    """A text that no spreadsheet will run: kept as text, with a sign before it where it looks like a formula."""
    return f"'{value}" if value.lstrip("'").startswith(FORMULA_STARTS) else value


def as_typed(value: str) -> str:
    """The text that `neutral` made safe, as it was."""
    return value[1:] if value.startswith("'") and value.lstrip("'").startswith(FORMULA_STARTS) else value
