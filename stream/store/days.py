"""Reading the whole area day by day, for trends."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection

from stream.core.moment import Day, date_of, day_number
from stream.kpi.terms import EVERYTHING, Term
from stream.store.columns import columns
from stream.store.queries import query


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
    detail = [row for row in rows if row[3:] != EVERYTHING]
    parameters = {
        **columns("", ("keys", "measures", "signs"), plain),
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
