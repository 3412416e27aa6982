"""Reading a snapshot: everything that it says, from one cut of the log, in one state of the database."""

from typing import Any

from psycopg import Connection

from geo.areas import CENTRE
from geo.generations import Generation as Order
from geo.generations import generation_on
from stream.core.public_holidays import CALENDAR_VERSION
from stream.first_rules import MEANING
from stream.report.reading import read_rules
from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.cut import read_cut
from stream.snapshot.content.digests import code_version
from stream.snapshot.content.document import Covered, Generation, Restates, Rules, Snapshot, UnitFacts, Witness
from stream.snapshot.content.facts import chosen, facts_of
from stream.snapshot.content.figures import read_figures
from stream.snapshot.content.forms import read_forms
from stream.snapshot.content.moments import millisecond, second
from stream.snapshot.content.quarantined import read_quarantine
from stream.snapshot.content.scores import read_scores
from stream.snapshot.content.sections import sections_of
from stream.snapshot.content.wanted import Wanted, asked_of
from stream.store.queries import query as stored_query
from stream.store.reading import snapshot


def read_snapshot(
    connection: Connection[Any], wanted: Wanted, witness: Witness, restates: Restates | None = None
) -> Snapshot:
    """What is known of a period at a moment; once all is settled up to then, the same whenever it is asked for.

    The connection finds the tables of the stream by its search path and is in no transaction. The number of statements
    grows with the units, each of which has a form, and with nothing else.

    Raises `stream.kpi.catalogue.UnknownKpiError` for a KPI that nobody defined, and
    `stream.report.errors.BrokenFormError` where the ledger does not add up.
    """
    with snapshot(connection):
        return read_parts(connection, wanted, witness, restates)


def read_parts(
    connection: Connection[Any], wanted: Wanted, witness: Witness, restates: Restates | None = None
) -> Snapshot:
    """The same inside a `stream.store.reading.snapshot` that is open.

    It is as its bytes say it: a share of 1.0 is written as 1, and would be drawn otherwise than what was read back.
    """
    return read(canonical(_read(connection, wanted, witness, restates)))


def _read(connection: Connection[Any], wanted: Wanted, witness: Witness, restates: Restates | None) -> Snapshot:
    cut = read_cut(connection, wanted.known_at)
    units = units_of(wanted)
    codes = [unit.code for unit in units]
    kpis = chosen(wanted)
    figures, series = read_figures(connection, wanted, [kpi for kpi in kpis if kpi.is_as_known], codes)
    return Snapshot(
        draft=wanted.draft,
        area=CENTRE,
        kind=wanted.kind,
        title=wanted.title,
        period=_covered(wanted),
        version=wanted.version,
        due_at=second(wanted.due_at),
        as_of=second(wanted.as_of),
        known_at=millisecond(wanted.known_at),
        cut=cut,
        rules=_read_rules(connection, wanted),
        generation=_generation(generation_on(wanted.period.last)),
        units=units,
        sections=sections_of(kpis),
        kpis=tuple(facts_of(kpi, wanted) for kpi in kpis),
        figures=figures,
        forms=read_forms(connection, wanted, codes),
        index=read_scores(connection, wanted, codes),
        series=series,
        quarantine=read_quarantine(connection, cut, wanted.known_at),
        restates=restates,
        witness=witness,
    )


def _covered(wanted: Wanted) -> Covered:
    period = wanted.period
    return Covered(
        name=period.name, calendar=period.calendar, first=period.first.isoformat(), last=period.last.isoformat()
    )


def units_of(wanted: Wanted) -> tuple[UnitFacts, ...]:
    """The units in force at the period's end, by code; none where they are not recorded, as the town's (thị xã)."""
    units = generation_on(wanted.period.last).units if wanted.by_unit else ()
    return tuple(UnitFacts(code=unit.code, name=unit.title) for unit in units)


def _generation(order: Order) -> Generation:
    days = order.valid_from, order.valid_to
    first, last = (None if day is None else day.isoformat() for day in days)
    return Generation(first=first, last=last)


def _read_rules(connection: Connection[Any], wanted: Wanted) -> Rules:
    """By which rules it was made. No event was ever applied: then by the meaning that this program would give it."""
    found = read_rules(connection, asked_of(wanted, None))
    row = connection.execute(stored_query("load_meaning")).fetchone()
    return Rules(
        code=code_version(),
        meaning=MEANING if row is None else row[0],
        calendars=tuple(found.get("calendar", [CALENDAR_VERSION])),
        registers=tuple(found.get("procedures", [])),
    )
