"""Figures over many windows at once, in the units of their time or in those of one generation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from geo.generations import Generation, generation_on
from stream.core.moment import date_of
from stream.kpi.carrying import UNATTRIBUTED, Carried, carried, stretches
from stream.kpi.definition import Kpi
from stream.kpi.readings import Readings, asks_of
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.reading import read_sums


@dataclass(frozen=True, slots=True)
class View:
    """What was read of one window; `carried` where it was carried into the units of another time."""

    readings: Readings
    carried: Carried | None = None

    def units(self, kpis: Sequence[Kpi]) -> tuple[str, ...]:
        """The codes of the units that have figures, sorted: those in force, and any other with something to count."""
        generation = generation_on(date_of(self.readings.windows.day))
        in_force = generation.unit_codes if self.carried is None else self.carried.units_of.unit_codes
        asks, found = asks_of(kpis), self.readings.found
        known = {f"{unit:05d}": unit for unit in sorted(self.readings.heard) if unit != UNATTRIBUTED}
        return tuple(
            code
            for code, unit in known.items()
            if code in in_force or any(found.of_unit(ask, unit) for ask in asks if ask not in found.counts)
        )

    def is_estimate(self, kpi: Kpi, unit: str | None) -> bool:
        """Whether the share of a divided unit went into a figure."""
        return unit is not None and self.carried is not None and self.carried.is_estimate(int(unit), asks_of([kpi]))


def read_views(
    connection: Connection[Any],
    kpis: Sequence[Kpi],
    windows: Sequence[Windows],
    known_at: datetime | None = None,
    units_of: Generation | None = None,
) -> list[View]:
    """What these KPIs need over each window, in order; call it inside a `snapshot`.

    In the units of their time, or carried into those of a generation. As many statements as `read_sums`, however
    many windows. Raises `geo.errors.UnitsUnknownError` where the units of the generation are not recorded.
    """
    asks = asks_of(kpis)
    if units_of is None:
        return [
            View(readings) for readings in read_sums(connection, [Question(each, asks) for each in windows], known_at)
        ]
    parts = [stretches(each, asks) for each in windows]
    questions = [Question(part.windows, part.asks) for of_window in parts for part in of_window]
    answers = iter(read_sums(connection, questions, known_at))
    views = []
    for each, of_window in zip(windows, parts, strict=True):
        found = carried(each, of_window, [next(answers) for _ in of_window], units_of)
        views.append(View(found.readings, found))
    return views
