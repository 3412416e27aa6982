"""Small ledgers put straight into the tables, with the roll-ups that belong to them, and the naive way to sum them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from psycopg import Connection

from stream.core.ledger import SINCE_EVER, STEPS, Measure, OfEnd, OfReceipt
from stream.core.moment import Moment, datetime_of, start_of
from stream.kpi.terms import Term
from stream.store.slices import Key

FIELDS = ("G09-LV01", "G09-LV02")
_TABLES = {
    "rollup_day": ("measure, unit, {day}, field, level, channel, traits", "true"),
    "rollup_month": ("measure, unit, {month}, field, level, channel, traits", "true"),
    "rollup_year": (
        "measure, unit, {year}, field, level, channel",
        f"measure = any(array{sorted(map(int, SINCE_EVER))})",
    ),
    "rollup_procedure_month": ("unit, procedure, {month}, channel, traits", "procedure <> 0"),
    "rollup_channel_day": ("measure, unit, {day}, channel", f"measure <> all(array{sorted(map(int, STEPS))})"),
    "rollup_unit_day": ("measure, unit, {day}", "true"),
    "rollup_unit_month": ("measure, unit, {month}", "true"),
}
_DAY = "(at at time zone 'Asia/Ho_Chi_Minh')::date"
_YEAR = f"date_trunc('year', {_DAY})::date"
_MONTH = f"date_trunc('month', {_DAY})::date"


class Posted(NamedTuple):
    """A row of the ledger; `field` is a place in FIELDS."""

    measure: Measure
    unit: int
    at: Moment
    known: Moment = 0
    n: int = 1
    field: int = 0
    channel: int = 1
    level: int = 0
    traits: int = 0
    procedure: int = 0
    case: int | None = None
    """Its place among the postings, where none is given."""


def fill(connection: Connection[Any], posted: Iterable[Posted]) -> None:
    """Make the ledger and its roll-ups hold exactly this."""
    with connection.transaction():
        connection.execute("set local synchronous_commit to off")
        for table in ("ledger", "field", *_TABLES):
            connection.execute(f"delete from {table}".encode())
        for number, code in enumerate(FIELDS, 1):
            connection.execute("insert into field (id, code) overriding system value values (%s, %s)", [number, code])
        with connection.cursor().copy(
            "copy ledger (case_id, at, known_at, pos, part, measure, unit, field, channel, n, level, traits, procedure)"
            " from stdin"
        ) as copy:
            for position, row in enumerate(posted):
                at, known = datetime_of(row.at), datetime_of(row.known)
                case = position if row.case is None else row.case
                sums = int(row.measure), row.unit, row.field + 1, row.channel, row.n, row.level, row.traits
                copy.write_row([case, at, known, position, 0, *sums, row.procedure])
        for table, (keys, condition) in _TABLES.items():
            key = keys.format(day=_DAY, month=_MONTH, year=_YEAR)
            names = keys.format(day="day", month="day", year="day")
            connection.execute(
                f"insert into {table} ({names}, n) select {key}, sum(n) from ledger where {condition}"
                f" group by {key}".encode()
            )


def naive_sums(posted: Sequence[Posted], key: Key, known: Moment | None) -> dict[int, int]:
    """The sums by unit that the key asks for, one posting after the other; sums of zero are left out."""
    sums: Counter[int] = Counter()
    for row in posted:
        if known is not None and row.known > known:
            continue
        if row.at >= key.until or (key.since is not None and row.at < start_of(key.since)):
            continue
        sums[row.unit] += row.n * _sign(key.term, row)
    return {unit: n for unit, n in sums.items() if n}


def _sign(term: Term, row: Posted) -> int:
    sign = dict(term.parts).get(row.measure, 0)
    wanted = (term.channel, row.channel), (term.field, FIELDS[row.field]), (term.level, row.level)
    if sign == 0 or any(kept not in {None, had} for kept, had in wanted):
        return 0
    return sign if term.trait is None or _bears(term.trait, row) else 0


def _bears(trait: str, row: Posted) -> bool:
    kind = OfReceipt if row.measure is Measure.RECEIVED else OfEnd
    return all(kind[name.upper()] in kind(row.traits) for name in trait.split("+"))
