"""Reading the ledger: figures of any windows, as of any moment, as known at any moment."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection

from stream.core.moment import Day, date_of, datetime_of, day_number, start_of
from stream.kpi.quality import NotAsKnownError
from stream.kpi.readings import Readings
from stream.kpi.subjects import BEGIN, LINES
from stream.store.asking import Heard, Question, Read, plan_of
from stream.store.columns import columns
from stream.store.gauges import measured_since, read_gauges
from stream.store.heard import read_heard
from stream.store.queries import query
from stream.store.register import NO_COUNTS, read_counts
from stream.store.slices import Key, Slice, Table, parts_of, sliced
from stream.store.unknown import read_unknown

__all__ = ["Question", "read_sums", "snapshot"]


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

    With `known_at`, postings and registers that became known later do not count, and units that were heard of later are
    not known. However many questions, it takes one statement, one more where a term keeps only some rows, two for
    `known_at`, three at most where procedures are counted, and two where samples of lines are. Of the history only
    months are read, of the ledger only what lies in the rest of a day, or became known since. Raises `NotAsKnownError`
    for sums of samples with `known_at`.
    """
    plans = [plan_of(question) for question in questions]
    parts = [part for plan in plans for part in plan.parts()]
    stretches = list(dict.fromkeys(each for part in parts for each in part.gauges.values()))
    if stretches and known_at is not None:
        raise NotAsKnownError("samples of lines are kept without when they became known: ask without --known-at")
    keys = list(dict.fromkeys(key for part in parts for key in part.sums.values()))
    sums, heard = _read_keys(connection, keys)
    if known_at is not None:
        for number, unit, n in read_unknown(connection, keys, list(heard.units), known_at):
            sums[keys[number]][unit] -= n
    uses = list(dict.fromkeys(use for part in parts for use in part.uses.values()))
    is_counted = any(part.uses or part.counts for part in parts)
    counts = read_counts(connection, uses, list(heard.units), known_at) if is_counted else NO_COUNTS
    gauges = read_gauges(connection, stretches)
    if known_at is not None:
        heard = read_heard(connection, start_of(max(plan.windows.day for plan in plans) + 1), known_at)
    if stretches:
        heard = heard.also(LINES, measured_since(connection))
    return [plan.answer(Read(sums, counts, gauges), heard) for plan in plans]


def _read_keys(connection: Connection[Any], keys: Sequence[Key]) -> tuple[Mapping[Key, Counter[int]], Heard]:
    """The sum of each key by unit, and the first day that is known of each unit."""
    parts = sliced([list(parts_of(key)) for key in keys])
    slices = {each for part in parts for _, each in part}
    sums, heard = _read_plain(connection, [each for each in slices if not each.rows.is_filtered])
    sums |= _read_detail(connection, [each for each in slices if each.rows.is_filtered], list(heard.units))
    found: dict[Key, Counter[int]] = {key: Counter() for key in keys}
    for key, part in zip(keys, parts, strict=True):
        for sign, each in part:
            for unit, n in sums.get(each, {}).items():
                found[key][unit] += sign * n
    return found, heard


_BySlice = dict[Slice, dict[int, int]]


def _read_plain(connection: Connection[Any], slices: Sequence[Slice]) -> tuple[_BySlice, Heard]:
    arrays: dict[str, object] = {"subjects": [int(measure) for measure in BEGIN]}
    for table in ("month", "day", "ledger"):
        rows = [
            (number, each.rows.measure, *_bounds(table, each))
            for number, each in enumerate(slices)
            if each.rows.table == table
        ]
        arrays |= columns(f"{table}_", ("slices", "measures", "starts", "stops"), rows)
    sums: _BySlice = {}
    units: dict[int, Day] = {}
    by_subject: dict[int, dict[int, Day]] = {}
    for number, unit, n, day in connection.execute(query("read_sums"), arrays).fetchall():
        if number is None:
            since = by_subject.setdefault(n, {})[unit] = day_number(day)
            units[unit] = min(since, units.get(unit, since))
        elif n is not None:
            sums.setdefault(slices[number], {})[unit] = n
    return sums, Heard(units, by_subject)


class _Base(NamedTuple):
    """Rows that slices share which differ in nothing but what they keep of them."""

    table: Table
    measure: int
    start: int
    stop: int


def _read_detail(connection: Connection[Any], slices: Sequence[Slice], units: Sequence[int]) -> _BySlice:
    if not slices:
        return {}
    bases = {base: number for number, base in enumerate(dict.fromkeys(map(_base, slices)))}
    with_field = {_base(each) for each in slices if each.rows.keep.field is not None}
    arrays = columns(
        "",
        ("slices", "bases", "channels", "fields", "levels", "traits"),
        [(number, bases[_base(each)], *each.rows.keep) for number, each in enumerate(slices)],
    )
    for table in ("year", "month", "day", "channel", "ledger"):
        rows = [
            (number, base.measure, base in with_field, *_bounds(table, base))
            for base, number in bases.items()
            if base.table == table
        ]
        arrays |= columns(f"{table}_", ("bases", "measures", "fields", "starts", "stops"), rows)
    sums: _BySlice = {}
    rows_found: Iterable[tuple[int, int, int]] = connection.execute(
        query("read_detail"), arrays | {"units": list(units)}
    )
    for number, unit, n in rows_found:
        sums.setdefault(slices[number], {})[unit] = n
    return sums


def _base(each: Slice) -> _Base:
    return _Base(each.rows.table, each.rows.measure, each.start, each.stop)


def _bounds(table: str, of: Slice | _Base) -> tuple[object, object]:
    moment = datetime_of if table == "ledger" else date_of
    return moment(of.start), moment(of.stop)
