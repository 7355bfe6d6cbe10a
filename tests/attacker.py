"""Whoever wants to know what a village's households keep to themselves: everything that is public, as linear equations.

The attacker knows how many households each row has, the range that each row tells, what is told of the commune, and
how the measures hang together: a household that meets all four meets each, and one that meets any was assessed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

Range = tuple[int, int]


@dataclass
class Readings:
    """What stands in the public outputs of one quarter."""

    #: {row: households}
    wholes: dict[str, int]
    #: {(row, measure): from, to}
    rows: dict[tuple[str, str], Range]
    #: {measure: from, to}; a measure that is not told is not there.
    commune: dict[str, Range]
    #: (of which, whole): every household of the one is one of the other.
    within: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Equations:
    index: Mapping[tuple[str, str], int]
    bounds: Bounds
    constraints: list[LinearConstraint]

    def end(self, cell: tuple[str, str], sign: int) -> int:
        """The lowest (1) or highest (-1) whole number that the cell can be."""
        goal = np.zeros(len(self.index))
        goal[self.index[cell]] = sign
        found = milp(goal, integrality=np.ones(len(goal)), bounds=self.bounds, constraints=self.constraints)
        assert found.success, f"what is public contradicts itself: {found.message}"
        return sign * round(found.fun)


def _equations(readings: Readings) -> _Equations:
    measures = {measure for _row, measure in readings.rows} | set(readings.commune)
    index = {(row, measure): n for n, (row, measure) in enumerate((r, m) for r in readings.wholes for m in measures)}
    told = {cell: readings.rows.get(cell, (0, readings.wholes[cell[0]])) for cell in index}
    bounds = Bounds([told[cell][0] for cell in index], [told[cell][1] for cell in index])
    lines: list[list[tuple[int, int]]] = []
    ends: list[tuple[float, float]] = []
    for measure, between in readings.commune.items():
        lines.append([(index[row, measure], 1) for row in readings.wholes])
        ends.append(between)
    for row in readings.wholes:
        for part, whole in readings.within:
            if part in measures and whole in measures:
                lines.append([(index[row, part], 1), (index[row, whole], -1)])
                ends.append((-np.inf, 0))
    return _Equations(index, bounds, [_constraint(lines, ends, len(index))] if lines else [])


def _constraint(lines: list[list[tuple[int, int]]], ends: list[tuple[float, float]], size: int) -> LinearConstraint:
    cells = [(number, column, sign) for number, line in enumerate(lines) for column, sign in line]
    rows, columns, signs = zip(*cells, strict=True)
    table = coo_array((signs, (rows, columns)), shape=(len(lines), size))
    return LinearConstraint(table.tocsr(), [low for low, _high in ends], [high for _low, high in ends])


def what_comes_out(readings: Readings, cells: Iterable[tuple[str, str]] = ()) -> dict[tuple[str, str], Range]:
    """{(row, measure): from, to} that the attacker can prove of these cells, of all rows when none are named."""
    if not readings.rows:
        return {}
    equations = _equations(readings)
    return {cell: (equations.end(cell, 1), equations.end(cell, -1)) for cell in cells or readings.rows}
