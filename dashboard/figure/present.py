"""What a figure is worth: its value and state, what went in, a week before, and every unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from dashboard.figure.asked import Asked
from dashboard.figure.trust import Calendars, Trust, read_trust
from geo.errors import UnitsUnknownError
from geo.units import units_on
from stream.core.moment import date_of, datetime_of, start_of
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import evaluate, figure_of
from stream.kpi.expression import Named, Value, nodes_of, value_of
from stream.kpi.figure import Figure
from stream.kpi.quality import Gauge
from stream.kpi.readings import Readings, asks_of
from stream.kpi.terms import Count, Input, Term
from stream.kpi.window import Windows
from stream.live.comparing import compared_with, local_day
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot
from stream.store.views import View


@dataclass(frozen=True, slots=True)
class Present:
    """A figure as of a moment with everything beside it; `before` is of the same time of day on `before_day`."""

    asked: Asked
    at: datetime
    readings: Readings
    figure: Figure
    units: Sequence[Figure]
    before_day: date | None
    before: Value
    trust: Trust


def read_present(connection: Connection[Any], asked: Asked, now: datetime, calendars: Calendars) -> Present | None:
    """The figure as of `now`, an aware moment, or as of when it was asked for.

    Six statements at most, and one where the calendar is not at hand. None where it can't be told: of samples it is not
    known when they became known.
    """
    if asked.known_at is not None and not asked.kpi.is_as_known:
        return None
    kpi, at = asked.kpi, asked.moment(now)
    with snapshot(connection):
        trust = read_trust(connection, asked, now, calendars)
        before = compared_with(at, trust.calendar)
        moments = [at] if before is None else [at, before]
        questions = [Question(Windows.at(moment), asks_of([kpi])) for moment in moments]
        readings, *earlier = read_sums(connection, questions, asked.known_at)
    state = trust.state_of
    beside = evaluate([kpi], readings, _units(kpi, readings), state=state)
    return Present(
        asked, at, readings, figure_of(kpi, readings, asked.unit, state), beside,
        None if before is None else local_day(before),
        figure_of(kpi, earlier[0], asked.unit).value if earlier else None, trust,
    )  # fmt: skip


def present_json(present: Present | None) -> dict[str, Any]:
    """What the page shows of it; a percentage is a ratio, null is no data."""
    if present is None:
        return {"unknown": "not_as_known"}
    kpi, figure, readings = present.asked.kpi, present.figure, present.readings
    return {
        "unknown": None,
        "at": present.at,
        "since": _since(present),
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "standing": kpi.standing(figure.value),
        "state": figure.state,
        "causes": present.trust.causes(kpi, present.asked.unit),
        "frozen": present.trust.frozen if figure.state == "frozen" else None,
        "before": None if present.before_day is None else {"day": present.before_day, "value": present.before},
        "inputs": [figure.inputs[each] for each in own_inputs_of(kpi)],
        "parts": [value_of(part, figure.inputs.__getitem__) for part in parts_of(kpi)],
        "units": [
            {"unit": each.unit, "value": each.value, "state": each.state, "standing": kpi.standing(each.value)}
            for each in present.units
        ],
        "known": bool(readings.heard),
    }


def parts_of(kpi: Kpi) -> list[Named]:
    """The KPIs that a formula names itself, each once."""
    return list(dict.fromkeys(_named(kpi)))


def own_inputs_of(kpi: Kpi) -> list[Input]:
    """The sums and counts that a formula names itself, each once; those of other KPIs stand in their passports."""
    inside = {id(node) for part in _named(kpi) for node in nodes_of(part)}
    found = (node for node in nodes_of(kpi.expression) if id(node) not in inside)
    return list(dict.fromkeys(node for node in found if isinstance(node, Term | Count | Gauge)))


def _named(kpi: Kpi) -> Iterator[Named]:
    """Those of the topmost level: what they are made of stands in their own passports."""
    inside: set[int] = set()
    for node in nodes_of(kpi.expression):
        if isinstance(node, Named) and id(node) not in inside:
            inside.update(id(each) for each in nodes_of(node))
            yield node


def _units(kpi: Kpi, readings: Readings) -> list[str]:
    """Every unit in force, heard of or not: no data is not zero; and any other with something to count."""
    counted = View(readings).units([kpi])
    try:
        in_force = [unit.code for unit in units_on(date_of(readings.windows.day))]
    except UnitsUnknownError:
        in_force = []
    return sorted({*counted, *in_force})


def _since(present: Present) -> datetime | None:
    """When the window begins; None for a level, which has none."""
    kpi, unit = present.asked.kpi, present.asked.unit
    if not kpi.has_window:
        return None
    day = present.readings.since(kpi.definition.window, None if unit is None else int(unit))
    return datetime_of(start_of(day))
