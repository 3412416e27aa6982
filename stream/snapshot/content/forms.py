"""Form II.06a (Circular 01/2020/TT-VPCP) of the area and of each unit, as a snapshot says it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from psycopg import Connection

from stream.core.moment import date_of, day_of
from stream.kpi.subjects import Subject
from stream.report.asked import Asked
from stream.report.columns import COLUMNS
from stream.report.ii06a import LEVEL_CODES, LEVEL_NAMES, Cells, Field, Form
from stream.report.reading import read_form
from stream.report.units import read_units, units_asked
from stream.snapshot.content.document import FormFacts, FormRow
from stream.snapshot.content.wanted import Wanted, asked_of
from stream.store.heard import read_heard

_APPLICATIONS: Final[Subject] = 0
"""A unit is heard of when its applications are: a certificate of years ago tells nothing of them."""


def read_forms(connection: Connection[Any], wanted: Wanted, units: Sequence[str]) -> tuple[FormFacts, ...]:
    """The form of the area, then of each unit (five-digit codes). Four statements each, two besides.

    Raises `stream.report.errors.BrokenFormError` where the ledger does not add up.
    """
    whole = asked_of(wanted, None)
    known = read_units(connection)
    heard = read_heard(connection, whole.until, wanted.known_at).by_subject.get(_APPLICATIONS, {})
    found = []
    for unit in (None, *units):
        asked = asked_of(wanted, unit)
        counted = units_asked(asked, known)
        last = date_of(day_of(asked.until - 1))
        days = [day for each in counted if each in heard and (day := date_of(heard[each])) <= last]
        found.append(_told(asked, unit, read_form(connection, asked, counted), min(days, default=None)))
    return tuple(found)


def _told(asked: Asked, unit: str | None, form: Form, heard: date | None) -> FormFacts:
    return FormFacts(
        unit=unit,
        title=asked.scope.title,
        since=asked.scope.first.isoformat(),
        until=date_of(day_of(asked.until - 1)).isoformat(),
        heard=None if heard is None else heard.isoformat(),
        rows=tuple(_row(line.kind.level, line.field, line.cells) for line in form.lines),
        levels=tuple(_row(level, None, cells) for level, cells in form.levels.items()),
        total=_cells(form.total),
        settled_undated=form.settled_undated,
        unknown_level=form.unknown_level,
    )


def _row(level: int, field: Field | None, cells: Cells) -> FormRow:
    return FormRow(
        level=LEVEL_CODES[level],
        level_name=LEVEL_NAMES[level],
        field=None if field is None else field.code,
        field_name=None if field is None else field.title,
        cells=_cells(cells),
    )


def _cells(cells: Cells) -> tuple[int, ...]:
    return tuple(int(cells[column]) for column in COLUMNS)
