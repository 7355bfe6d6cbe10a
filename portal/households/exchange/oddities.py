"""What only the file itself tells, and the reader of cells does not: hidden rows, formulas that failed."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from portal.households.exchange.places import position

CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
#: LibreOffice says of the unused end of a sheet that it repeats so often; nobody hides that.
MANY = 20_000


@dataclass
class Oddities:
    """Rows that are not shown and cells whose formula failed; rows and columns count from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    broken: set[tuple[int, int]] = field(default_factory=set)


def find_oddities(content: bytes, names: list[str]) -> dict[str, Oddities]:
    """By the name of the sheet. Of an old .xls, which is no packed XML, nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if "content.xml" in packed.namelist():
                return dict(zip(names, _of_opendocument(packed), strict=False))
            return {name: _of_sheet(packed, path) for name, path in _paths(packed)}
    except (zipfile.BadZipFile, KeyError, ParseError, DefusedXmlException, ValueError):
        return {}


def _elements(packed: zipfile.ZipFile, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(name, attributes) of each element as it begins; the names of OpenDocument without their spaces."""
    with packed.open(path) as file:
        for _event, element in iterparse(file, events=("start",)):
            yield element.tag.rpartition("}")[2], dict(element.attrib)
            element.clear()


def _paths(packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(name of a sheet, where it lies in the .xlsx)."""
    targets = {
        said["Id"]: posixpath.join("/xl", said["Target"]).lstrip("/")
        for kind, said in _elements(packed, "xl/_rels/workbook.xml.rels")
        if kind == "Relationship"
    }
    for kind, said in _elements(packed, "xl/workbook.xml"):
        if kind == "sheet":
            key = next(value for name, value in said.items() if name.endswith("}id"))
            yield said["name"], targets[key]


def _of_sheet(packed: zipfile.ZipFile, path: str) -> Oddities:
    found = Oddities()
    for kind, said in _elements(packed, path):
        if kind == "row" and said.get("hidden") in {"1", "true"}:
            found.hidden_rows.add(int(said["r"]) - 1)
        elif kind == "c" and said.get("t") == "e":
            found.broken.add(position(said["r"]))
    return found


def _of_opendocument(packed: zipfile.ZipFile) -> list[Oddities]:
    sheets: list[Oddities] = []
    row = column = 0
    for kind, attributes in _elements(packed, "content.xml"):
        said: dict[str, Any] = {name.rpartition("}")[2]: value for name, value in attributes.items()}
        if kind == "table":
            sheets.append(Oddities())
            row = 0
        elif kind == "table-row":
            repeated = int(said.get("number-rows-repeated", 1))
            if said.get("visibility", "visible") != "visible" and repeated < MANY:
                sheets[-1].hidden_rows |= set(range(row, row + repeated))
            row, column = row + repeated, 0
        elif kind in {"table-cell", "covered-table-cell"}:
            if attributes.get(CALC_TYPE) == "error":
                sheets[-1].broken.add((row - 1, column))
            column += int(said.get("number-columns-repeated", 1))
    return sheets
