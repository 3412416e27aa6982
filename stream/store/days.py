"""Reading the whole area day by day, for trends."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection

from stream.core.ledger import Measure
from stream.core.moment import Day, date_of, day_number
from stream.kpi.terms import EVERYTHING, Keep, Term
from stream.store.columns import columns
from stream.store.queries import query
from stream.store.slices import is_by_channel


def read_days(
    connection: Connection[Any], terms: Sequence[Term], units: Sequence[int], days: range
) -> Mapping[Term, Mapping[Day, int]]:
    """Day by day what each term gained in all of these units, over a range of local days; one statement."""
    rows = [
        (number, int(measure), sign, *term.keep)
        for number, term in enumerate(terms)
        for measure, sign in term.parts
    ]  # fmt: skip
    plain = [row[:3] for row in rows if row[3:] == EVERYTHING]
    channel = [row[:4] for row in rows if is_by_channel(Measure(row[1]), Keep(*row[3:]))]
    detail = [row for row in rows if row[3:] != EVERYTHING and row[:4] not in channel]
    parameters = {
        **columns("", ("keys", "measures", "signs"), plain),
        **columns("channel_", ("keys", "measures", "signs", "channels"), channel),
        **columns("detail_", ("keys", "measures", "signs", "channels", "fields", "levels", "traits"), detail),
        "details": sorted({row[1] for row in detail}),
        "units": list(units),
        "start": date_of(days.start),
        "stop": date_of(days.stop),
    }
    gained: dict[Term, dict[Day, int]] = {term: {} for term in terms}
    for number, day, n in connection.execute(query("read_days"), parameters).fetchall():
        gained[terms[number]][day_number(day)] = n
    return gained
