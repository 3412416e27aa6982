"""The sums of the ledger that a form is made of: roll-ups, less what was not known yet."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from psycopg import Connection
from psycopg.rows import tuple_row

from stream.core.moment import date_of, datetime_of
from stream.report.asked import Asked
from stream.report.columns import MEASURES, ONLINE, STEPS, Sum, Time
from stream.report.ii06a import Kind
from stream.report.queries import query
from stream.store.columns import columns
from stream.store.pieces import pieces, rest_of_day

Sums: TypeAlias = Mapping[Kind, Mapping[Sum, int]]


def rows(connection: Connection[Any], name: str, parameters: Mapping[str, object]) -> list[Any]:
    """The rows of a statement of the reports, as tuples."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(query(name), parameters).fetchall()


def read_sums(connection: Connection[Any], asked: Asked, units: Sequence[int]) -> Sums:
    """The sums of these units, as known at the moment asked for."""
    found: defaultdict[Kind, Counter[Sum]] = defaultdict(Counter)
    for level, field, measure, time, online, n in rows(connection, "sums", _pieces(asked) | {"units": units}):
        found[Kind(level, field)][Sum(measure, time, online)] += n
    if asked.known_at is not None:
        for level, field, measure, time, online, n in rows(connection, "unknown", _unknown(asked, units)):
            found[Kind(level, field)][Sum(measure, time, online)] -= n
    return found


def _pieces(asked: Asked) -> dict[str, object]:
    """Levels since ever up to the period's begin, and every measure within it."""
    measured: list[tuple[Sequence[int], Time, int | None, int]] = [
        (STEPS, "before", None, int(asked.start.timestamp())),
        (MEASURES, "within", asked.since, asked.until),
    ]
    found = [
        (piece.grain, int(measure), time, piece.sign, date_of(piece.start), date_of(piece.stop))
        for measures, time, since, until in measured
        for measure in measures
        for piece in pieces(since, until, by_year=time == "before")
    ]
    rest = rest_of_day(asked.since, asked.until) or (asked.until, asked.until)
    return columns("", ("grains", "measures", "times", "signs", "starts", "stops"), found) | {
        "rest_measures": [int(measure) for measure in MEASURES],
        "rest_start": datetime_of(rest[0]),
        "rest_stop": datetime_of(rest[1]),
        "online": ONLINE,
    }


def _unknown(asked: Asked, units: Sequence[int]) -> dict[str, object]:
    return {
        "measures": [int(measure) for measure in MEASURES],
        "units": units,
        "start": asked.start,
        "stop": asked.stop,
        "known_at": asked.known_at,
        "online": ONLINE,
    }
