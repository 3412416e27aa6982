"""A figure with its passport, as `ioc kpi show` prints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

import msgspec
from psycopg import Connection

from ioc.errors import IocError
from ioc.kpi_asked import Asked
from ioc.when import LOCAL
from stream.core.moment import datetime_of, start_of
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import evaluate, figure_of
from stream.kpi.expression import Named, Value, nodes_of, value_of
from stream.kpi.figure import Figure
from stream.sources.inheriting import read_inherited
from stream.store.breakdown import Dimension, Member, check_field, members_of
from stream.store.reading import snapshot
from stream.store.views import View, read_views

By: TypeAlias = Literal["unit", "channel", "field", "level"]


class UnknownUnitError(IocError):
    """No unit of this code was ever heard of."""


@dataclass(frozen=True, slots=True)
class Passport:
    """A figure, how it was asked for, the figures of the units beneath it, and its parts by a dimension."""

    asked: Asked
    figure: Figure
    units: Sequence[Figure]
    view: View
    by: By | None
    members: Sequence[tuple[Member, Figure]]

    @property
    def kpi(self) -> Kpi:
        """The KPI as the catalogue has it."""
        return self.asked.kpi


def read_passport(connection: Connection[Any], asked: Asked, by: By | None = None) -> Passport:
    """Read one figure.

    Raises `UnknownUnitError` where the store and the map both do not know the unit, and `UnknownFieldError`.
    """
    kpi, unit = asked.narrowed, asked.unit
    with snapshot(connection):
        check_field(connection, asked.filters.get("field"))
        state = read_inherited(connection, asked.now).state_of
        members = [] if by is None or by == "unit" else _members(connection, kpi, by)
        kpis = [kpi, *(member.kpi for member in members)]
        [view] = read_views(connection, kpis, [asked.windows], asked.known_at, asked.units_of)
    check_unit(unit, view)
    beneath = [] if unit is not None else view.units([kpi])
    figure, *units = evaluate([kpi], view.readings, [unit, *beneath], state=state)
    parts = [(member, figure_of(member.kpi, view.readings, unit, state)) for member in members]
    return Passport(asked, figure, units, view, by, parts)


def _members(connection: Connection[Any], kpi: Kpi, by: Dimension) -> list[Member]:
    return members_of(connection, kpi, by)


def check_unit(unit: str | None, view: View) -> None:
    """Raises `UnknownUnitError` where the store and the map both do not know the unit."""
    if unit is None:
        return
    if view.carried is not None:
        if unit not in view.carried.units_of.unit_codes:
            raise UnknownUnitError(f"{unit} is no unit of today: leave out --units today, or ask for one of today's")
    elif int(unit) not in view.readings.heard and unit not in _mapped():
        raise UnknownUnitError(f"no unit {unit} was ever heard of")


def _mapped() -> frozenset[str]:
    from geo.units import all_units

    return frozenset(unit.code for unit in all_units())


def definition_json(kpi: Kpi) -> dict[str, object]:
    """Everything that the catalogue says of a KPI."""
    return {"id": kpi.id, **msgspec.to_builtins(kpi.definition)}


def passport_json(passport: Passport) -> dict[str, object]:
    """The document of `ioc kpi show --format json`. Its keys are a contract; a percentage is a ratio."""
    kpi, figure, asked, view = passport.kpi, passport.figure, passport.asked, passport.view
    document: dict[str, object] = {
        "id": kpi.id,
        "unit": figure.unit,
        **value_json(figure),
        "standing": kpi.standing(figure.value),
        "state": figure.state,
        "from": since(passport),
        "until": local(asked.windows.until),
        "as_of": utc(asked.as_of),
        "known_at": utc(asked.known_at),
        "filters": asked.filters,
        "period": None
        if asked.period is None
        else {
            "calendar": asked.period.calendar,
            "name": asked.period.name,
            "from": str(asked.period.first),
            "to": str(asked.period.last),
        },
        "inputs": inputs_json(figure),
        "parts": [{"kpi": name, "value": value} for name, value in named_parts(asked.narrowed, figure)],
        "units": {each.unit: each.value for each in passport.units},
        **carried_json(asked.narrowed, view, [figure, *passport.units]),
    }
    if passport.by == "unit":
        document["by"] = [{"unit": each.unit, **value_json(each)} for each in passport.units]
    elif passport.by is not None:
        document["by"] = [
            {passport.by: member.code, "title": member.title, **value_json(each)} for member, each in passport.members
        ]
    return {**document, "definition": definition_json(kpi)}


def utc(moment: datetime | None) -> str | None:
    """A moment in UTC, where there is one."""
    return None if moment is None else moment.astimezone(UTC).isoformat()


def value_json(figure: Figure) -> dict[str, object]:
    """What a figure is worth and what was divided by what."""
    return {"value": figure.value, "numerator": figure.numerator, "denominator": figure.denominator}


def inputs_json(figure: Figure) -> list[dict[str, object]]:
    """What went into a figure."""
    return [{"term": str(each), "sum": n} for each, n in figure.inputs.items()]


def carried_json(kpi: Kpi, view: View, figures: Sequence[Figure]) -> dict[str, object]:
    """In whose units the figures are, which of them are estimates, and what no unit of today answers for."""
    if view.carried is None:
        return {"units_of": "then", "estimated": [], "unattributed": []}
    unattributed = [
        {
            "unit": code,
            "generation": generation.code,
            "term": str(ask.term),
            "sum": len(n) if isinstance(n, frozenset) else float(n) if n.denominator != 1 else n.numerator,
        }
        for ask, by_unit in view.carried.unattributed.items()
        for (code, generation), n in by_unit.items()
        if ask.term in kpi.inputs
    ]
    estimated = [figure.unit for figure in figures if view.is_estimate(kpi, figure.unit)]
    return {"units_of": view.carried.units_of.code, "estimated": estimated, "unattributed": unattributed}


def named_parts(kpi: Kpi, figure: Figure) -> list[tuple[str, Value]]:
    """The KPIs that a formula refers to, each once, with their values."""
    parts = dict.fromkeys(node for node in nodes_of(kpi.expression) if isinstance(node, Named))
    return [(part.kpi, value_of(part, figure.inputs.__getitem__)) for part in parts]


def since(passport: Passport) -> str | None:
    """When the window begins; None for a level, which has none."""
    if not passport.kpi.has_window:
        return None
    unit = None if passport.figure.unit is None else int(passport.figure.unit)
    day = passport.view.readings.since(passport.kpi.definition.window, unit)
    return local(start_of(day))


def local(moment: int) -> str:
    """A moment in local time."""
    return when(datetime_of(moment))


def when(moment: datetime) -> str:
    """A moment in local time."""
    return moment.astimezone(LOCAL).isoformat()


def shown(kpi: Kpi, value: Value) -> str:
    """A value as people read it."""
    if value is None:
        return kpi.definition.no_denominator.en
    digits, unit = kpi.definition.digits, kpi.definition.unit
    return f"{value:.{digits}%}" if unit == "percent" else f"{value:,.{digits}f}{' min' if unit == 'minutes' else ''}"
