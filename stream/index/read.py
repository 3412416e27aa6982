"""Reading the index: the area and every unit in one go, from the same sums as all other figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import Connection

from stream.index.bands import load_bands
from stream.index.layout import load_layout
from stream.index.score import Index, score_of
from stream.kpi.catalogue import load_catalogue
from stream.kpi.evaluate import evaluate
from stream.kpi.figure import Figure
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.store.asking import Question
from stream.store.reading import read_sums


def read_index(
    connection: Connection[Any], windows: Windows, units: Sequence[str] | None = None, known_at: datetime | None = None
) -> Index:
    """The index over a window, as known at a moment; call it inside a `snapshot`.

    `units` are five-digit codes; None means every unit that was ever heard of. The number of statements does not
    depend on how many there are.
    """
    layout, catalogue, bands = load_layout(), load_catalogue(), load_bands()
    kpis = layout.kpis(catalogue)
    [readings] = read_sums(connection, [Question(windows, asks_of(kpis))], known_at)
    wanted = [f"{code:05d}" for code in sorted(readings.heard)] if units is None else list(units)
    figures: dict[str | None, dict[str, Figure]] = {unit: {} for unit in (None, *wanted)}
    for figure in evaluate(kpis, readings, figures):
        figures[figure.unit][figure.kpi] = figure
    area, *others = (score_of(layout, catalogue, bands, of_unit) for of_unit in figures.values())
    return Index(windows, known_at, area, others)
