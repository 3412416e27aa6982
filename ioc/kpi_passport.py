"""A figure with its passport, as `ioc kpi show` prints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from psycopg import Connection
from rich.table import Table

from ioc.errors import IocError
from ioc.when import LOCAL
from stream.core.moment import datetime_of, start_of
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import evaluate
from stream.kpi.expression import Value
from stream.kpi.figure import Figure
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.live.freshness import office_freshness
from stream.live.signs import read_cut, read_sources
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot


class UnknownUnitError(IocError):
    """No unit of this code was ever heard of."""


@dataclass(frozen=True, slots=True)
class Passport:
    """A figure, how it was asked for, and the figures of the units beneath it."""

    kpi: Kpi
    figure: Figure
    units: Sequence[Figure]
    windows: Windows
    known_at: datetime | None


def read_passport(
    connection: Connection[Any], kpi: Kpi, windows: Windows, unit: str | None, known_at: datetime | None, now: datetime
) -> Passport:
    """Read one figure. Raises `UnknownUnitError` where the store and the map both do not know the unit."""
    freshness = office_freshness()
    with snapshot(connection):
        state = freshness.of_area(read_sources(connection, freshness, now), read_cut(connection), now)
        [readings] = read_sums(connection, [Question(windows, asks_of([kpi]))], known_at)
    if unit is not None and int(unit) not in readings.heard and unit not in _mapped():
        raise UnknownUnitError(f"no unit {unit} was ever heard of")
    beneath = [] if unit is not None else [f"{code:05d}" for code in sorted(readings.heard)]
    figure, *units = evaluate([kpi], readings, [unit, *beneath], state=state)
    return Passport(kpi, figure, units, windows, known_at)


def _mapped() -> frozenset[str]:
    from geo.units import all_units

    return frozenset(unit.code for unit in all_units())


def definition_json(kpi: Kpi) -> dict[str, object]:
    """Everything that the catalogue says of a KPI."""
    return {"id": kpi.id, **msgspec.to_builtins(kpi.definition)}


def passport_json(passport: Passport) -> dict[str, object]:
    """The document of `ioc kpi show --format json`. Its keys are a contract; a percentage is a ratio."""
    kpi, figure = passport.kpi, passport.figure
    return {
        "id": kpi.id,
        "unit": figure.unit,
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "standing": kpi.standing(figure.value),
        "state": figure.state,
        "from": _since(passport),
        "until": datetime_of(passport.windows.until).astimezone(LOCAL).isoformat(),
        "known_at": None if passport.known_at is None else passport.known_at.astimezone(UTC).isoformat(),
        "inputs": [{"term": str(term), "sum": n} for term, n in figure.inputs.items()],
        "units": {each.unit: each.value for each in passport.units},
        "definition": definition_json(kpi),
    }


def _since(passport: Passport) -> str | None:
    """When the window begins; None for a level, which has none."""
    if not passport.kpi.has_window:
        return None
    day = passport.windows.start(passport.kpi.definition.window)
    return datetime_of(start_of(day)).astimezone(LOCAL).isoformat()


def shown(kpi: Kpi, value: Value) -> str:
    """A value as people read it."""
    if value is None:
        return kpi.definition.no_denominator.en
    digits = kpi.definition.digits
    return f"{value:.{digits}%}" if kpi.definition.unit == "percent" else f"{value:,.{digits}f}"


def catalogue_table(kpis: Sequence[Kpi]) -> Table:
    """The catalogue at a glance."""
    table = Table("id", "title", "formula", "window", "basis")
    for kpi in kpis:
        what = kpi.definition
        title = f"{what.title.vi}\n{what.title.en}"
        table.add_row(kpi.id, title, _plain(what.formula), what.window, f"{what.basis.text} ({what.basis.certainty})")
    return table


def passport_table(passport: Passport) -> Table:
    """A figure with its passport at a glance."""
    kpi, figure, what = passport.kpi, passport.figure, passport.kpi.definition
    table = Table(what.title.en, f"[bold]{shown(kpi, figure.value)}[/bold]", caption=what.title.vi)
    table.add_row("unit", figure.unit or "the area")
    table.add_row("state", figure.state)
    table.add_row("from", _since(passport) or "a level: at the moment itself")
    table.add_row("until", datetime_of(passport.windows.until).astimezone(LOCAL).isoformat())
    if passport.known_at is not None:
        table.add_row("as known at", passport.known_at.astimezone(LOCAL).isoformat())
    table.add_row("formula", _plain(what.formula))
    for term, n in figure.inputs.items():
        table.add_row(_plain(f"  {term}"), "no data" if n is None else f"{n:,}")
    table.add_row("basis", _plain(f"{what.basis.text} ({what.basis.certainty})"))
    table.add_row("source", _plain(what.source))
    for each in passport.units:
        table.add_row(f"  {each.unit}", shown(kpi, each.value))
    return table


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
