"""The cases behind each cell of form II.06a: as many as the cell says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from psycopg import Connection

from stream.core.moment import datetime_of, start_of
from stream.report.asked import Asked
from stream.report.columns import LEVEL_COLUMNS, ONLINE, OWN, Weight, parts_of
from stream.report.fields import number_of, read_fields
from stream.report.ii06a import Field, Kind
from stream.report.moves import read_moves
from stream.report.sums import rows
from stream.report.units import read_units, units_asked
from stream.store.columns import columns
from stream.store.pieces import EVER


class Added(NamedTuple):
    """What a case adds to a sum over the ledger."""

    case: int
    kind: Kind
    n: int


class Cell(NamedTuple):
    """A column, of one level of authority and one field, or of all (None)."""

    column: int
    level: int | None = None
    field: int | None = None

    def has(self, kind: Kind) -> bool:
        """Whether a row of that kind counts here."""
        return self.level in {None, kind.level} and self.field in {None, kind.field}


class CellCase(NamedTuple):
    """A case in a cell, by its code."""

    code: str
    level: int
    field: Field


class CellCases(NamedTuple):
    """A cell, the field it is of, and its cases by code."""

    cell: Cell
    field: Field | None
    cases: Sequence[CellCase]


def read_cases(
    connection: Connection[Any], asked: Asked, column: int, level: int | None = None, field: str | None = None
) -> CellCases:
    """The cases of a cell; call it inside a `stream.store.reading.snapshot`.

    Raises `ReportError` for a field that no application was ever of.
    """
    fields = read_fields(connection)
    cell = Cell(column, level, None if field is None else number_of(field, fields))
    units = units_asked(asked, read_units(connection))
    standing: Counter[tuple[int, Kind]] = Counter()
    parts = parts_of(column)
    for part in parts:
        read = _read_standing if part in LEVEL_COLUMNS else read_added
        for each in read(connection, asked, units, OWN[part], cell):
            standing[each.case, each.kind] += each.n
    for move in read_moves(connection, asked, units):
        if move.column in parts and cell.has(move.kind):
            standing[move.case, move.kind] += move.n
    kinds = {case: kind for (case, kind), n in standing.items() if n > 0}
    nobody = Field(None, None)
    found = [
        CellCase(code, kinds[case].level, fields.get(kinds[case].field, nobody))
        for case, code in codes_of(connection, kinds).items()
    ]
    return CellCases(cell, None if cell.field is None else fields[cell.field], found)


def read_added(
    connection: Connection[Any], asked: Asked, units: Sequence[int], weights: Sequence[Weight], among: Kind | Cell
) -> list[Added]:
    """What each case adds to a weighted sum, where that is not nothing."""
    began, starts, stop = datetime_of(start_of(EVER)), asked.start, asked.stop
    times = {"before": (began, starts), "within": (starts, stop)}
    counted = [(int(weight.measure), *times[weight.time], weight.online, weight.n) for weight in weights]
    parameters = columns("", ("measures", "starts", "stops", "onlines", "weights"), counted) | {
        "units": units,
        "known_at": asked.knowledge,
        "level": among.level,
        "field": among.field,
        "online": ONLINE,
    }
    return [Added(case, Kind(level, field), n) for case, level, field, n in rows(connection, "cases", parameters)]


def _read_standing(
    connection: Connection[Any], asked: Asked, units: Sequence[int], weights: Sequence[Weight], among: Cell
) -> list[Added]:
    """The same for a level, which is summed since ever: column 6 at the begin of the period, the others at its end."""
    is_at_end = any(weight.time == "within" for weight in weights)
    counted = dict.fromkeys((int(weight.measure), weight.n) for weight in weights)
    parameters = columns("", ("measures", "weights"), list(counted)) | {
        "moment": asked.stop if is_at_end else asked.start,
        "units": units,
        "known_at": asked.knowledge,
        "level": among.level,
        "field": among.field,
    }
    return [Added(case, Kind(level, field), n) for case, level, field, n in rows(connection, "standing", parameters)]


def codes_of(connection: Connection[Any], cases: Iterable[int]) -> dict[int, str]:
    """The codes of cases, in the order of their codes."""
    return dict(rows(connection, "codes", {"ids": list(cases)}))
