"""From what was read to the board: every figure with its state."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from stream.kpi.definition import Kpi
from stream.kpi.evaluate import evaluate, figure_of
from stream.kpi.figure import Figure, State, worst
from stream.kpi.readings import Readings
from stream.live.board import Board, Tile
from stream.live.past import Asked, Past
from stream.live.signs import Signs
from stream.live.trends import TREND_DAYS


class Composed(NamedTuple):
    """All that a board is made of; `kpis` are those of the catalogue, whether or not they could be asked for."""

    kpis: Sequence[Kpi]
    asked: Asked
    present: Readings
    past: Past
    signs: Signs


def told_as_known(kpis: Sequence[Kpi], known_at: datetime | None) -> Sequence[Kpi]:
    """Those that can be told as known at a moment (None: now): figures of samples can't (`NotAsKnownError`)."""
    return kpis if known_at is None else [kpi for kpi in kpis if kpi.is_as_known]


def compose(of: Composed, units: Sequence[str]) -> Board:
    """The board, with the figures of these units one by one."""
    signs, past = of.signs, of.past
    tiles = tuple(_tile(of, kpi) for kpi in of.kpis)
    of_all = None if signs.states is None else signs.states.of_all
    return Board(
        now=of.asked.now,
        past_read_at=past.read_at,
        state=None if of_all is None else worst([of_all, *(tile.figure.state or of_all for tile in tiles)]),
        tiles=tiles,
        by_unit=_by_unit(of, units),
        elsewhere=tuple(sorted({f"{unit:05d}" for unit in of.present.heard} - set(units))),
        latest=signs.latest,
        sources=signs.sources,
        cut=signs.cut,
        before_day=past.before_day,
        known_at=of.asked.known_at,
        is_past=signs.states is None,
    )


def _tile(of: Composed, kpi: Kpi) -> Tile:
    past = of.past
    if kpi.id not in past.trend:
        return Tile(_unknown(kpi, None), "none", None, (None,) * TREND_DAYS, None, "not_as_known")
    restated = None if of.signs.states is None else past.restated.get(kpi.id, 0)
    figure = figure_of(kpi, of.present, None, _state_of(of, kpi, restated))
    return Tile(figure, kpi.standing(figure.value), past.before[kpi.id], past.trend[kpi.id], restated)


def _state_of(of: Composed, kpi: Kpi, restated: int | None) -> State | None:
    states = of.signs.states
    if states is None:
        return None
    return worst([states.state_of(kpi, None), "restated" if restated else "live"])


def _by_unit(of: Composed, units: Sequence[str]) -> Mapping[str, Mapping[str, Figure]]:
    states = of.signs.states
    told = evaluate(of.asked.kpis, of.present, units, state=None if states is None else states.state_of)
    found: dict[str, dict[str, Figure]] = {unit: {} for unit in units}
    for figure in told:
        if figure.unit is not None:
            found[figure.unit][figure.kpi] = figure
    if len(of.kpis) == len(of.asked.kpis):
        return found
    return {
        unit: {kpi.id: figures.get(kpi.id) or _unknown(kpi, unit) for kpi in of.kpis}
        for unit, figures in found.items()
    }  # fmt: skip


def _unknown(kpi: Kpi, unit: str | None) -> Figure:
    return Figure(kpi.id, unit, None, None, None, {}, None)
