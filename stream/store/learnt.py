"""Reading what became known of days that are over: day by day and case by case."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection

from stream.core.moment import Day, Moment, datetime_of, day_number
from stream.kpi.terms import Term
from stream.store.columns import columns
from stream.store.queries import query


class LearntOfDay(NamedTuple):
    """What one case changed of a sum on a local day: of a level, by how many steps it is higher from then on."""

    term: Term
    day: Day
    case: tuple[int, int]
    n: int


def read_learnt(
    connection: Connection[Any],
    terms: Sequence[Term],
    units: Collection[int],
    known: tuple[datetime, datetime | None],
    last: Moment,
) -> list[LearntOfDay]:
    """What became known of what happened before `last`, after one moment and up to another (None: up to now).

    In all of these units together; one statement.
    """
    rows = [
        (number, int(measure), sign, *term.keep) for number, term in enumerate(terms) for measure, sign in term.parts
    ]
    if not rows:
        return []
    names = ("keys", "measures", "signs", "channels", "fields", "levels", "traits")
    given = columns("", names, rows) | {
        "known_from": known[0],
        "known_to": known[1] or "infinity",
        "wanted": sorted({row[1] for row in rows}),
        "units": list(units),
        "last": datetime_of(last),
    }
    found = connection.execute(query("read_learnt"), given).fetchall()
    return [LearntOfDay(terms[key], day_number(day), (part, case), n) for key, day, part, case, n in found]
