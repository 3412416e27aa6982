"""The cases behind cells of form II.06a that differ: what each changed in each cell, adding up to the difference."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from psycopg import Connection

from stream.report.asked import Asked
from stream.report.changes import Change, Restatement, read_restatement
from stream.report.ii06a import LEVEL_CODES
from stream.snapshot.restate.kpis import Behind
from stream.snapshot.restate.learnt import Known
from stream.snapshot.restate.paths import TOTAL, row_path, sum_path

Cells: TypeAlias = Mapping[str, Sequence[Behind]]
"""The cases of each cell that differs, by its path."""


def read_cells(connection: Connection[Any], asked: Asked, unit: str | None, known: Known) -> Cells:
    """The cells of the form of one place that differ between two moments of knowledge.

    Call it inside a `stream.store.reading.snapshot`.
    """
    restated = read_restatement(connection, asked, *known)
    known_at = _known_at(restated)
    return {
        _path(unit, change): [Behind(case, n, known_at.get(case, known[1])) for case, n in change.cases.items()]
        for change in restated.changes
    }


def _known_at(restated: Restatement) -> dict[str, datetime]:
    """When the last of each case became known."""
    return {case: max(each.known_at for each in postings) for case, postings in restated.postings.items() if postings}


def _path(unit: str | None, change: Change) -> str:
    column, level, _ = change.cell
    if level is None:
        return sum_path(unit, TOTAL, column)
    if change.field is None:
        return sum_path(unit, LEVEL_CODES[level], column)
    return row_path(unit, LEVEL_CODES[level], change.field.code, column)
