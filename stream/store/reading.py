"""Reading the ledger: sums by unit for any windows, as of any moment, as known at any moment."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection
from psycopg.rows import tuple_row

from stream.core.moment import Day, date_of, datetime_of, day_number, start_of
from stream.kpi.expression import Term
from stream.kpi.readings import Ask, Readings
from stream.kpi.window import Windows
from stream.store.columns import columns
from stream.store.pieces import EVER
from stream.store.queries import query
from stream.store.slices import Key, Slice, parts_of, sliced


class Question(NamedTuple):
    """What is asked for, and over which windows."""

    windows: Windows
    asks: Sequence[Ask]


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
    a channel or a field, and one more for `known_at`. Of the history only months are read, of the ledger only
    what lies in the rest of a day, or became known since.
    """
    keys = list(dict.fromkeys(key_of(question.windows, ask) for question in questions for ask in question.asks))
    parts = sliced([list(parts_of(key)) for key in keys])
    sums, heard = _read_slices(connection, {each for part in parts for _, each in part})
    found: dict[Key, Counter[int]] = {key: Counter() for key in keys}
    for key, part in zip(keys, parts, strict=True):
        for sign, each in part:
            for unit, n in sums[each].items():
                found[key][unit] += sign * n
    if known_at is not None:
        for number, unit, n in _read_unknown(connection, keys, known_at):
            found[keys[number]][unit] -= n
    return [Readings(windows, heard, {ask: found[key_of(windows, ask)] for ask in asks}) for windows, asks in questions]


def key_of(windows: Windows, ask: Ask) -> Key:
    """What has to be summed for an ask."""
    return Key(ask.term, None if ask.window is None else windows.start(ask.window), windows.until)


def read_days(
    connection: Connection[Any], terms: Sequence[Term], units: Sequence[int], days: range
) -> Mapping[Term, Mapping[Day, int]]:
    """Day by day what each term gained in all of these units, over a range of local days."""
    rows = [
        (number, int(measure), sign, term.channel, term.field)
        for number, term in enumerate(terms)
        for measure, sign in term.parts
    ]
    parameters = columns("", ("keys", "measures", "signs", "channels", "fields"), rows)
    span = {"units": list(units), "start": date_of(days.start), "stop": date_of(days.stop)}
    gained: dict[Term, dict[Day, int]] = {term: {} for term in terms}
    for number, day, n in _rows(connection, "read_days", parameters | span):
        gained[terms[number]][day_number(day)] = n
    return gained


def _read_slices(
    connection: Connection[Any], slices: set[Slice]
) -> tuple[Mapping[Slice, Mapping[int, int]], Mapping[int, Day]]:
    """The sum of each slice by unit, and the first day that is known of each unit."""
    plain = [each for each in slices if not each.rows.is_filtered]
    detail = [each for each in slices if each.rows.is_filtered]
    sums: dict[Slice, dict[int, int]] = {each: {} for each in slices}
    heard: dict[int, Day] = {}
    for number, unit, n, day in _rows(connection, "read_sums", _arrays(plain)):
        if number is None:
            heard[unit] = day_number(day)
        elif n is not None:
            sums[plain[number]][unit] = n
    if detail:
        for number, unit, n in _rows(connection, "read_detail", _arrays(detail) | {"units": list(heard)}):
            if n is not None:
                sums[detail[number]][unit] = n
    return sums, heard


def _arrays(slices: Sequence[Slice]) -> dict[str, object]:
    """The parameters of the statements `read_sums` and `read_detail`."""
    names = ("slices", "measures", "channels", "fields", "starts", "stops")
    arrays: dict[str, object] = {}
    for table in ("month", "day", "ledger"):
        moment = datetime_of if table == "ledger" else date_of
        rows = [
            (number, rows.measure, rows.channel, rows.field, moment(start), moment(stop))
            for number, (rows, start, stop) in enumerate(slices)
            if rows.table == table
        ]
        arrays |= columns(f"{table}_", names, rows)
    return arrays


def _read_unknown(
    connection: Connection[Any], keys: Sequence[Key], known_at: datetime
) -> Sequence[tuple[int, int, int]]:
    """What became known after `known_at`, by number of the key and unit."""
    spans = [(start_of(EVER if key.since is None else key.since), key.until) for key in keys]
    cuts = sorted({moment for span in spans for moment in span})
    rows = [
        (number, int(measure), sign, key.term.channel, key.term.field, bisect_left(cuts, start) + 1,
         bisect_left(cuts, stop))
        for number, (key, (start, stop)) in enumerate(zip(keys, spans, strict=True))
        for measure, sign in key.term.parts
        if start < stop
    ]  # fmt: skip
    if not rows:
        return []
    names = ("keys", "measures", "signs", "channels", "fields", "firsts", "lasts")
    limits = {
        "cuts": [datetime_of(cut) for cut in cuts],
        "last": datetime_of(cuts[-1]),
        "known_at": known_at,
        "wanted": sorted({row[1] for row in rows}),
        "filtered": any(key.term.is_filtered for key in keys),
    }
    return _rows(connection, "read_unknown", columns("", names, rows) | limits)


def _rows(connection: Connection[Any], name: str, parameters: Mapping[str, object]) -> list[Any]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(query(name), parameters).fetchall()
