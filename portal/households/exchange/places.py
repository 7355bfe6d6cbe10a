"""Where something stands in a workbook: `D17`, as the clerk's own program calls it. Pure."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A cell. Row and column count from 0; `sheet` is “” where the workbook has but one with families."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        cell = address(self.row, self.column)
        return f"{self.sheet}, ô {cell}" if self.sheet else cell


def address(row: int, column: int) -> str:
    """`D17` of row 16, column 3."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def position(address: str) -> tuple[int, int]:
    """(row, column) of `D17`, both from 0. Raises ValueError."""
    match = re.fullmatch(r"([A-Z]{1,3})([1-9]\d*)", address)
    if not match:
        raise ValueError(address)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
