"""Reading the board: eight statements at most for all figures, four small ones for their freshness, one snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from psycopg import Connection

from stream.core.moment import start_of
from stream.kpi.catalogue import Catalogue
from stream.kpi.definition import Kpi
from stream.kpi.evaluate import StateOf, evaluate, figure_of
from stream.kpi.expression import Value
from stream.kpi.figure import Figure
from stream.kpi.readings import Ask, Readings, asks_of
from stream.kpi.terms import Term
from stream.kpi.trend import day_sums, trend_of
from stream.kpi.window import Windows
from stream.live.board import Board, Tile
from stream.live.signs import read_cut, read_latest, signs_of
from stream.sources.inheriting import inherited
from stream.sources.standing import read_standings
from stream.store.asking import Question
from stream.store.days import read_days
from stream.store.reading import read_sums, snapshot

TREND_DAYS: Final = 30
WEEK: Final = timedelta(days=7)
PAST_AGE: Final = timedelta(minutes=1)
"""For how long what is over need not be read again; late events restate it, after this time at the latest."""


class _Past(NamedTuple):
    """What is over of each KPI of the area: last week's value and the trend."""

    read_at: datetime
    before: Mapping[str, Value]
    trend: Mapping[str, Sequence[Value]]


def read_board(
    connection: Connection[Any],
    catalogue: Catalogue,
    now: datetime,
    units: Iterable[str],
    *,
    earlier: Board | None = None,
) -> Board:
    """The board as of `now`, an aware moment, with the figures of these units (five-digit codes) one by one.

    The connection finds the tables of the stream by its search path and is not inside a transaction. Given an
    `earlier` board of the same catalogue, trends and last week's values are taken over from it for PAST_AGE,
    which halves the work; every other figure is always read.
    """
    kpis = tuple(catalogue)
    with snapshot(connection):
        cut = read_cut(connection)
        sources = read_standings(connection, now)
        latest = read_latest(connection)
        if earlier is not None and _still_holds(earlier, kpis, now):
            past = _past_of(earlier)
            [present] = read_sums(connection, [Question(Windows.at(now), asks_of(kpis))])
        else:
            present, past = _read_with_past(connection, kpis, now)
    shown = tuple(units)
    states = inherited(sources, now, halted=len(cut.halted))
    return Board(
        now=now,
        past_read_at=past.read_at,
        state=states.of_all,
        tiles=tuple(_tile(kpi, present, past, states.state_of) for kpi in kpis),
        by_unit=_by_unit(evaluate(kpis, present, shown, state=states.state_of), shown),
        elsewhere=tuple(sorted({f"{unit:05d}" for unit in present.heard} - set(shown))),
        latest=latest,
        sources=signs_of(sources),
        cut=cut,
    )


def _still_holds(earlier: Board, kpis: Sequence[Kpi], now: datetime) -> bool:
    same_day = Windows.at(earlier.past_read_at).day == Windows.at(now).day
    same_kpis = [tile.figure.kpi for tile in earlier.tiles] == [kpi.id for kpi in kpis]
    return same_day and same_kpis and timedelta(0) <= now - earlier.past_read_at < PAST_AGE


def _past_of(board: Board) -> _Past:
    return _Past(
        board.past_read_at,
        {tile.figure.kpi: tile.before for tile in board.tiles},
        {tile.figure.kpi: tile.trend for tile in board.tiles},
    )


def _read_with_past(connection: Connection[Any], kpis: Sequence[Kpi], now: datetime) -> tuple[Readings, _Past]:
    windows, asks = Windows.at(now), asks_of(kpis)
    terms = tuple(dict.fromkeys(ask.term for ask in asks if isinstance(ask.term, Term)))
    moving = tuple(dict.fromkeys(term._replace(at=None) for term in terms))
    levels = [Ask(term, None) for term in moving if term.is_level]
    days = range(windows.day - TREND_DAYS, windows.day)
    present, week_ago, at_first = read_sums(
        connection,
        [
            Question(windows, asks),
            Question(Windows.at(now - WEEK), asks),
            Question(Windows(start_of(days.start)), levels),
        ],
    )
    gained = read_days(connection, moving, list(present.heard), days)
    known = {term: present.known_since(term) for term in terms}
    sums = day_sums(terms, _stood(at_first, levels), gained, days, known)
    before = {kpi.id: figure_of(kpi, week_ago, None).value for kpi in kpis}
    return present, _Past(now, before, {kpi.id: trend_of(kpi, sums) for kpi in kpis})


def _stood(at_first: Readings, levels: Sequence[Ask]) -> Mapping[Term, int]:
    """Each level of the area as it stood then."""
    return {ask.term: int(sum(at_first.found.sums[ask].values())) for ask in levels if isinstance(ask.term, Term)}


def _tile(kpi: Kpi, present: Readings, past: _Past, state: StateOf) -> Tile:
    figure = figure_of(kpi, present, None, state)
    return Tile(figure, kpi.standing(figure.value), past.before[kpi.id], tuple(past.trend[kpi.id]))


def _by_unit(figures: Iterable[Figure], units: Sequence[str]) -> Mapping[str, Mapping[str, Figure]]:
    found: dict[str, dict[str, Figure]] = {unit: {} for unit in units}
    for figure in figures:
        if figure.unit is not None:
            found[figure.unit][figure.kpi] = figure
    return found
