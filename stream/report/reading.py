"""Reading form II.06a: as of any moment, as known at any moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from psycopg import Connection

from stream.core.moment import date_of, day_of
from stream.core.public_holidays import CALENDAR_VERSION
from stream.report.asked import Asked
from stream.report.cases import codes_of, read_added
from stream.report.errors import BrokenFormError
from stream.report.fields import read_fields
from stream.report.ii06a import Fault, Form, faults, make
from stream.report.moves import read_moves
from stream.report.sums import read_sums, rows
from stream.report.units import read_units, units_asked
from stream.store.heard import read_heard

_NAMED: Final = 5
"""So many faults, and so many cases of each, are named."""


@dataclass(frozen=True, slots=True)
class Report:
    """Form II.06a with what it was asked for and by which rules its ledger was posted.

    `heard` is the first local day of which anything is known of the units, None where that comes after the period:
    then the form is empty because nothing is known, not because nothing was. `calendars` and `registers` are the
    versions in force when it was known: more than one while a new one is on its way through the log.
    """

    asked: Asked
    form: Form
    heard: date | None
    calendars: Sequence[str]
    registers: Sequence[str]


def read_report(connection: Connection[Any], asked: Asked) -> Report:
    """The form; call it inside a `stream.store.reading.snapshot`.

    Raises `BrokenFormError` where the ledger does not add up.
    """
    known = read_units(connection)
    units = units_asked(asked, known)
    form = read_form(connection, asked, units)
    heard = known if asked.known_at is None else read_heard_then(connection, asked, asked.known_at)
    days = [heard[unit] for unit in units if unit in heard and heard[unit] <= date_of(day_of(asked.until - 1))]
    rules = read_rules(connection, asked)
    return Report(
        asked=asked,
        form=form,
        heard=min(days, default=None),
        calendars=rules.get("calendar", [CALENDAR_VERSION]),
        registers=rules.get("procedures", []),
    )


def read_heard_then(connection: Connection[Any], asked: Asked, known_at: datetime) -> Mapping[int, date]:
    """The first local day known of each unit by what was known at a moment, of what happened before the form's end."""
    return {unit: date_of(day) for unit, day in read_heard(connection, asked.until, known_at).units.items()}


def read_form(connection: Connection[Any], asked: Asked, units: Sequence[int]) -> Form:
    """The form of these units. Raises `BrokenFormError`."""
    form = make(read_sums(connection, asked, units), read_moves(connection, asked, units), read_fields(connection))
    if broken := list(faults(form)):
        raise BrokenFormError([_told(connection, asked, units, fault) for fault in broken[:_NAMED]])
    return form


def read_rules(connection: Connection[Any], asked: Asked) -> Mapping[str, list[str]]:
    """The versions of calendar and register in force, by kind."""
    found: dict[str, list[str]] = {}
    for kind, version in rows(connection, "rules", {"known_at": asked.knowledge}):
        found.setdefault(kind, []).append(version)
    return found


def _told(connection: Connection[Any], asked: Asked, units: Sequence[int], fault: Fault) -> str:
    added = read_added(connection, asked, units, fault.weights, fault.kind)
    wrong = [each.case for each in added if fault.wrong(each.n)]
    codes = codes_of(connection, wrong[:_NAMED])
    more = f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
    return f"{fault.what} (cases {', '.join(codes.values()) or 'unknown'}{more})"
