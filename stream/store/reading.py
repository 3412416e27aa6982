"""Reading the ledger: sums by unit for any windows, as of any moment, as known at any moment."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from psycopg import Connection
from psycopg.rows import tuple_row

from stream.core.moment import Day, Moment, date_of, datetime_of, day_number, start_of
from stream.kpi.expression import Term
from stream.kpi.readings import Ask, Readings
from stream.kpi.window import Windows
from stream.store.columns import columns
from stream.store.pieces import EVER, pieces, rest_of_day
from stream.store.queries import query

_Sums: TypeAlias = dict[int, dict[int, int]]
"""By key, then by unit."""


class Question(NamedTuple):
    """What is asked for, and over which windows."""

    windows: Windows
    asks: Sequence[Ask]


class Key(NamedTuple):
    """One sum to be read, from the start of a local day (None: since ever); its number is the key in the statements."""

    term: Term
    since: Day | None
    until: Moment


@contextmanager
def snapshot(connection: Connection[Any]) -> Iterator[Connection[Any]]:
    """One state of the database for every statement in the block; nothing can be written in it.

    The connection must not be inside a transaction.
    """
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        yield connection


def read_sums(
    connection: Connection[Any], questions: Sequence[Question], known_at: datetime | None = None
) -> list[Readings]:
    """The answers to the questions, in order; call it inside a `snapshot`.

    With `known_at`, postings that became known later do not count. One statement, one more where a term keeps
    a channel or a field, and one more for `known_at`; none reads rows in proportion to the history but those of
    months, and of the ledger what lies in the rest of a day, or became known since.
    """
    keys = list(dict.fromkeys(key_of(question.windows, ask) for question in questions for ask in question.asks))
    sums: _Sums = defaultdict(lambda: defaultdict(int))
    heard = _read_plain(connection, keys, sums)
    if any(key.term.is_filtered for key in keys):
        _add(sums, _read_detail(connection, keys), 1)
    if known_at is not None:
        _add(sums, _read_unknown(connection, keys, known_at), -1)
    number = {key: position for position, key in enumerate(keys)}
    return [
        Readings(windows, heard, {ask: sums[number[key_of(windows, ask)]] for ask in asks})
        for windows, asks in questions
    ]


def key_of(windows: Windows, ask: Ask) -> Key:
    """What has to be summed for an ask."""
    return Key(ask.term, None if ask.window is None else windows.start(ask.window), windows.until)


def read_days(
    connection: Connection[Any], terms: Sequence[Term], first: Day, stop: Day
) -> Mapping[Term, Mapping[Day, int]]:
    """Day by day what each term gained, in the whole area, from one local day up to but not including another."""
    rows = [
        (number, int(measure), sign, term.channel, term.field)
        for number, term in enumerate(terms)
        for measure, sign in term.parts
    ]
    parameters = columns("", ("keys", "measures", "signs", "channels", "fields"), rows)
    gained: dict[Term, dict[Day, int]] = {term: {} for term in terms}
    for number, day, n in _rows(
        connection, "read_days", {**parameters, "start": date_of(first), "stop": date_of(stop)}
    ):
        gained[terms[number]][day_number(day)] = n
    return gained


def _add(sums: _Sums, rows: Sequence[tuple[int, int, int]], sign: int) -> None:
    for key, unit, n in rows:
        sums[key][unit] += sign * n


def _read_plain(connection: Connection[Any], keys: Sequence[Key], sums: _Sums) -> Mapping[int, Day]:
    """Add the sums of the keys without filters; answers the first day that is known of each unit."""
    plain = [(number, key) for number, key in enumerate(keys) if not key.term.is_filtered]
    heard: dict[int, Day] = {}
    for number, unit, n, day in _rows(connection, "read_sums", _parameters(plain)):
        if number is None:
            heard[unit] = day_number(day)
        else:
            sums[number][unit] += n
    return heard


def _read_detail(connection: Connection[Any], keys: Sequence[Key]) -> Sequence[tuple[int, int, int]]:
    filtered = [(number, key) for number, key in enumerate(keys) if key.term.is_filtered]
    return _rows(connection, "read_detail", _parameters(filtered))


def _read_unknown(
    connection: Connection[Any], keys: Sequence[Key], known_at: datetime
) -> Sequence[tuple[int, int, int]]:
    """What became known after `known_at`, by key and unit."""
    spans = [(start_of(EVER if key.since is None else key.since), key.until) for key in keys]
    cuts = sorted({moment for span in spans for moment in span})
    rows = [
        (
            number,
            int(measure),
            sign,
            key.term.channel,
            key.term.field,
            bisect_left(cuts, start) + 1,
            bisect_left(cuts, stop),
        )
        for number, (key, (start, stop)) in enumerate(zip(keys, spans, strict=True))
        for measure, sign in key.term.parts
        if start < stop
    ]
    if not rows:
        return []
    names = ("keys", "measures", "signs", "channels", "fields", "firsts", "lasts")
    return _rows(
        connection,
        "read_unknown",
        columns("", names, rows)
        | {
            "cuts": [datetime_of(cut) for cut in cuts],
            "last": datetime_of(cuts[-1]),
            "known_at": known_at,
            "wanted": sorted({row[1] for row in rows}),
            "filtered": any(key.term.is_filtered for key in keys),
        },
    )


def _parameters(keys: Sequence[tuple[int, Key]]) -> dict[str, object]:
    """The arrays of the statements `read_sums` and `read_detail`: roll-ups by month and by day, rests of days."""
    parts = [(number, key, int(measure), sign) for number, key in keys for measure, sign in key.term.parts]
    grains: dict[str, list[tuple[object, ...]]] = {"month": [], "day": []}
    rests: list[tuple[object, ...]] = []
    for number, key, measure, sign in parts:
        head = (number, measure, key.term.channel, key.term.field)
        for piece in pieces(key.since, key.until):
            grains[piece.grain].append((*head, sign * piece.sign, date_of(piece.start), date_of(piece.stop)))
        rest = rest_of_day(key.since, key.until)
        if rest is not None:
            rests.append((*head, -sign, datetime_of(rest[0]), datetime_of(rest[1])))
    names = ("keys", "measures", "channels", "fields", "signs", "starts", "stops")
    return {
        **columns("month_", names, grains["month"]),
        **columns("day_", names, grains["day"]),
        **columns("rest_", names, rests),
    }


def _rows(connection: Connection[Any], name: str, parameters: Mapping[str, object]) -> list[Any]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(query(name), parameters).fetchall()
