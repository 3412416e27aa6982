"""Reading the board: eight statements at most for all figures, four small ones for their freshness, one snapshot."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from stream.kpi.catalogue import Catalogue
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.live.board import Board
from stream.live.comparing import compared_with
from stream.live.composing import Composed, compose, told_as_known
from stream.live.past import Asked, Past, read_with_past
from stream.live.signs import Signs, read_cut, read_signs
from stream.sources.calendar import read_calendar
from stream.store.asking import Question
from stream.store.reading import read_sums, snapshot

PAST_AGE: Final = timedelta(minutes=1)
"""For how long what is over need not be read again; late events restate it, after this time at the latest."""


def read_board(
    connection: Connection[Any],
    catalogue: Catalogue,
    now: datetime,
    units: Iterable[str],
    *,
    known_at: datetime | None = None,
    earlier: Board | None = None,
) -> Board:
    """The board as of `now`, an aware moment, with the figures of these units (five-digit codes) one by one.

    With `known_at` it is what a wall showed then: nothing counts that became known later. Figures that can't be told so
    have no value and say why. With a `now` that is over it is that moment as known now. How the sources stood then was
    not kept: see `Board`.

    The connection finds the tables of the stream by its search path and is not inside a transaction. Given an
    `earlier` board of the same catalogue, trends and the values to compare with are taken over from it for PAST_AGE,
    which halves the work; every other figure is always read.
    """
    kpis = tuple(catalogue)
    with snapshot(connection):
        cut = read_cut(connection)  # first: `stream.rebuild.replace` locks its table before all else
        calendar = read_calendar(connection, known_at)
        signs = Signs() if known_at is not None else read_signs(connection, calendar, cut, now)
        asked = Asked(told_as_known(kpis, known_at), now, known_at, compared_with(now, calendar))
        if earlier is not None and _still_holds(earlier, asked):
            past = _past_of(earlier)
            [present] = read_sums(connection, [Question(Windows.at(now), asks_of(kpis))])
        else:
            present, past = read_with_past(connection, asked)
    return compose(Composed(kpis, asked, present, past, signs), tuple(units))


def _still_holds(earlier: Board, asked: Asked) -> bool:
    if asked.known_at is not None or earlier.is_past:
        return False
    same_day = Windows.at(earlier.past_read_at).day == Windows.at(asked.now).day
    same_kpis = _ids(earlier) == [kpi.id for kpi in asked.kpis]
    return same_day and same_kpis and timedelta(0) <= asked.now - earlier.past_read_at < PAST_AGE


def _past_of(board: Board) -> Past:
    return Past(
        board.past_read_at,
        board.before_day,
        {tile.figure.kpi: tile.before for tile in board.tiles},
        {tile.figure.kpi: tile.trend for tile in board.tiles},
        {tile.figure.kpi: tile.restated or 0 for tile in board.tiles},
    )


def _ids(board: Board) -> Sequence[str]:
    return [tile.figure.kpi for tile in board.tiles]
