"""Restatement: what changed in form II.06a between two moments of knowledge, and which cases changed it.

Every column is linear in the postings: what a cell changed by is the sum of what became known in between, case by
case. Only a move over the border of the units has to be looked at as it was known then and then.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from psycopg import Connection

from stream.core.ledger import Measure
from stream.report.asked import Asked
from stream.report.cases import Cell, codes_of
from stream.report.columns import COLUMNS, MEASURES, ONLINE, OWN, Sum, parts_of, value
from stream.report.errors import ReportError
from stream.report.fields import read_fields
from stream.report.ii06a import Cells, Field, Form, Kind, Move
from stream.report.moves import read_moves
from stream.report.reading import read_form
from stream.report.sums import rows
from stream.report.units import read_units, units_asked

Gained: TypeAlias = Mapping[Kind, Mapping[int, Mapping[int, int]]]
"""Row by row, what each case changed in each column."""


class Posting(NamedTuple):
    """Something about a case that became known: gained (1) or lost (-1) again."""

    known_at: datetime
    at: datetime
    measure: Measure
    n: int


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that differs; level or field None where it belongs to a subtotal or the total.

    `cases` are what each case changed, by its code: they add up to the difference.
    """

    cell: Cell
    field: Field | None
    then: int
    now: int
    cases: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Restatement:
    """Both forms, the cells in which they differ, and what became known of the cases behind that."""

    asked: Asked
    known_from: datetime
    known_to: datetime
    then: Form
    now: Form
    changes: Sequence[Change]
    postings: Mapping[str, Sequence[Posting]]


def read_restatement(
    connection: Connection[Any], asked: Asked, known_from: datetime, known_to: datetime
) -> Restatement:
    """What changed from one moment of knowledge to a later one; call it inside a `stream.store.reading.snapshot`.

    Raises `ReportError` where the second is not the later one, and `BrokenFormError` as the form does.
    """
    if known_to < known_from:
        raise ReportError("a restatement goes from an earlier moment of knowledge to a later one")
    before, after = asked.known(known_from), asked.known(known_to)
    units = units_asked(asked, read_units(connection))
    then, now = read_form(connection, before, units), read_form(connection, after, units)
    heard = _read_postings(connection, after, units, known_from)
    gained = _gained(heard, read_moves(connection, before, units), read_moves(connection, after, units))
    codes = codes_of(connection, {case for cases in gained.values() for case in cases})
    changes = list(_changes(then, now, gained, codes, read_fields(connection)))
    return Restatement(
        asked=asked,
        known_from=known_from,
        known_to=known_to,
        then=then,
        now=now,
        changes=changes,
        postings=_told(changes, heard, codes),
    )


_Heard: TypeAlias = Mapping[int, Sequence[tuple[Kind, Sum, Posting]]]


def _read_postings(connection: Connection[Any], asked: Asked, units: Sequence[int], known_from: datetime) -> _Heard:
    parameters = {
        "measures": [int(measure) for measure in MEASURES],
        "units": units,
        "stop": asked.stop,
        "known_from": known_from,
        "known_to": asked.knowledge,
        "online": ONLINE,
    }
    heard: defaultdict[int, list[tuple[Kind, Sum, Posting]]] = defaultdict(list)
    start = asked.start
    for case, level, field, measure, at, online, known_at, n in rows(connection, "changes", parameters):
        counted = Sum(measure, "before" if at < start else "within", online)
        heard[case].append((Kind(level, field), counted, Posting(known_at, at, Measure(measure), n)))
    return heard


def _gained(heard: _Heard, then: Iterable[Move], now: Iterable[Move]) -> Gained:
    sums: defaultdict[tuple[int, Kind], Counter[Sum]] = defaultdict(Counter)
    for case, postings in heard.items():
        for kind, counted, posting in postings:
            sums[case, kind][counted] += posting.n
    gained: defaultdict[Kind, defaultdict[int, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for (case, kind), found in sums.items():
        for column, weights in OWN.items():
            gained[kind][case][column] += value(weights, found)
    for sign, moves in ((-1, then), (1, now)):
        for move in moves:
            gained[move.kind][move.case][move.column] += sign * move.n
    return gained


def _changes(
    then: Form, now: Form, gained: Gained, codes: Mapping[int, str], fields: Mapping[int, Field]
) -> Iterator[Change]:
    """Row by row, then the subtotals, then the total; column by column."""
    nobody, nothing = Field(None, None), dict.fromkeys(COLUMNS, 0)
    for cell_of, was, became in _pairs(then, now, nothing):
        for column in COLUMNS:
            if was[column] == became[column]:
                continue
            cell = cell_of._replace(column=column)
            field = None if cell.field is None else fields.get(cell.field, nobody)
            yield Change(cell, field, was[column], became[column], _behind(cell, gained, codes))


def _pairs(then: Form, now: Form, nothing: Cells) -> Iterator[tuple[Cell, Cells, Cells]]:
    lines = {line.kind: line.cells for line in then.lines}, {line.kind: line.cells for line in now.lines}
    for kind in dict.fromkeys([*lines[1], *lines[0]]):
        yield Cell(0, kind.level, kind.field), lines[0].get(kind, nothing), lines[1].get(kind, nothing)
    for level in dict.fromkeys([*now.levels, *then.levels]):
        yield Cell(0, level), then.levels.get(level, nothing), now.levels.get(level, nothing)
    yield Cell(0), then.total, now.total


def _behind(cell: Cell, gained: Gained, codes: Mapping[int, str]) -> dict[str, int]:
    parts = parts_of(cell.column)
    changed: Counter[str] = Counter()
    for kind, cases in gained.items():
        if cell.has(kind):
            for case, columns in cases.items():
                changed[codes[case]] += sum(columns.get(part, 0) for part in parts)
    return {code: n for code, n in sorted(changed.items()) if n}


def _told(changes: Iterable[Change], heard: _Heard, codes: Mapping[int, str]) -> dict[str, list[Posting]]:
    """What became known of the cases that changed a cell, by code."""
    behind = {code for change in changes for code in change.cases}
    return {code: [posting for _, _, posting in heard.get(case, ())] for case, code in codes.items() if code in behind}
