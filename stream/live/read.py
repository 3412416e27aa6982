"""Reading the board: three statements for all figures, three small ones for how fresh they are, one snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from psycopg import Connection

from stream.core.moment import Day, start_of
from stream.kpi.catalogue import Catalogue
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import evaluate, figure_of
from stream.kpi.figure import Figure, State
from stream.kpi.readings import Ask, Readings, asks_of
from stream.kpi.trend import DaySums, day_sums, trend_of
from stream.kpi.window import Windows
from stream.live.board import Board, Tile
from stream.live.freshness import Freshness, office_freshness
from stream.live.signs import read_cut, read_latest, read_sources
from stream.store.reading import Question, read_days, read_sums, snapshot

TREND_DAYS: Final = 30
WEEK: Final = timedelta(days=7)


class _Sums(NamedTuple):
    """Everything that figures are made of."""

    now: Readings
    week_ago: Readings
    days: Sequence[DaySums]


def read_board(
    connection: Connection[Any],
    catalogue: Catalogue,
    now: datetime,
    units: Iterable[str],
    *,
    freshness: Freshness | None = None,
) -> Board:
    """The board as of `now`, an aware moment, with the figures of these units (five-digit codes) one by one.

    The connection finds the tables of the stream by its search path and is not inside a transaction.
    """
    kpis, fresh = tuple(catalogue), freshness or office_freshness()
    with snapshot(connection):
        cut = read_cut(connection)
        sources = read_sources(connection, fresh, now)
        latest = read_latest(connection)
        sums = _read_sums(connection, kpis, now)
    shown = tuple(units)
    state = fresh.of_area(sources, cut, now)
    return Board(
        now=now,
        state=state,
        tiles=tuple(_tile(kpi, sums, state) for kpi in kpis),
        by_unit=_by_unit(evaluate(kpis, sums.now, shown, state=state), shown),
        elsewhere=tuple(sorted({f"{unit:05d}" for unit in sums.now.heard} - set(shown))),
        latest=latest,
        sources=sources,
        cut=cut,
    )


def _read_sums(connection: Connection[Any], kpis: Sequence[Kpi], now: datetime) -> _Sums:
    windows = Windows.at(now)
    asks = asks_of(kpis)
    terms = tuple(dict.fromkeys(ask.term for ask in asks))
    levels = [Ask(term, None) for term in terms if term.is_level]
    days = range(windows.day - TREND_DAYS, windows.day)
    present, week_ago, before = read_sums(
        connection,
        [
            Question(windows, asks),
            Question(Windows.at(now - WEEK), asks),
            Question(Windows(start_of(days.start)), levels),
        ],
    )
    gained = read_days(connection, terms, days.start, days.stop)
    stood = {ask.term: sum(before.sums[ask].values()) for ask in levels}
    return _Sums(present, week_ago, day_sums(terms, stood, gained, days, _first(present)))


def _first(readings: Readings) -> Day | None:
    return min(readings.heard.values(), default=None)


def _tile(kpi: Kpi, sums: _Sums, state: State) -> Tile:
    figure = figure_of(kpi, sums.now, None, state)
    before = figure_of(kpi, sums.week_ago, None).value
    return Tile(figure, kpi.standing(figure.value), before, trend_of(kpi, sums.days))


def _by_unit(figures: Iterable[Figure], units: Sequence[str]) -> Mapping[str, Mapping[str, Figure]]:
    found: dict[str, dict[str, Figure]] = {unit: {} for unit in units}
    for figure in figures:
        if figure.unit is not None:
            found[figure.unit][figure.kpi] = figure
    return found
