"""Reading day by day, for trends: of all units together or of each."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import Connection

from stream.core.ledger import Measure
from stream.core.moment import Day, date_of, datetime_of, day_number, start_of
from stream.kpi.terms import EVERYTHING, Keep, Term
from stream.store.columns import columns
from stream.store.queries import query
from stream.store.slices import is_by_channel

Group = Collection[int]
"""Units that are counted together, by their numbers."""


class Gained(NamedTuple):
    """What each level was when the first day began, and what each term gained day by day, in one group of units."""

    before: Mapping[Term, int]
    by_day: Mapping[Term, Mapping[Day, int]]

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing but zeros."""
        return not any(self.before.values()) and not any(any(by_day.values()) for by_day in self.by_day.values())


def read_days(
    connection: Connection[Any], terms: Sequence[Term], groups: Sequence[Group], days: range
) -> Sequence[Mapping[Term, Mapping[Day, int]]]:
    """Day by day what each term gained in each group of units, over a range of local days; one statement."""
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
        **columns("", ("places", "units"), [(place, unit) for place, group in enumerate(groups) for unit in group]),
        "details": sorted({row[1] for row in detail}),
        "start": date_of(days.start),
        "stop": date_of(days.stop),
    }
    gained: list[dict[Term, dict[Day, int]]] = [{term: {} for term in terms} for _ in groups]
    for place, number, day, n in connection.execute(query("read_days"), parameters).fetchall():
        gained[place][terms[number]][day_number(day)] = n
    return gained


def read_unknown_days(
    connection: Connection[Any], terms: Sequence[Term], groups: Sequence[Group], days: range, known_at: datetime
) -> Sequence[Gained]:
    """What of the days, and of the levels before them, became known only after `known_at`; one statement."""
    rows = [
        (number, int(measure), sign, *term.keep, term.is_level)
        for number, term in enumerate(terms)
        for measure, sign in term.parts
    ]  # fmt: skip
    names = ("keys", "measures", "signs", "channels", "fields", "levels", "traits", "stands")
    parameters = {
        **columns("", names, rows),
        **columns("", ("places", "units"), [(place, unit) for place, group in enumerate(groups) for unit in group]),
        "cuts": [datetime_of(start_of(day)) for day in days],
        "last": datetime_of(start_of(days.stop)),
        "known_at": known_at,
        "wanted": sorted({row[1] for row in rows}),
        "filtered": any(term.keep != EVERYTHING for term in terms),
    }
    found: list[tuple[dict[Term, int], dict[Term, dict[Day, int]]]] = [
        ({term: 0 for term in terms if term.is_level}, {term: {} for term in terms}) for _ in groups
    ]
    for place, number, bucket, n in connection.execute(query("read_unknown_days"), parameters).fetchall():
        before, by_day = found[place]
        if bucket == 0:
            before[terms[number]] = n
        else:
            by_day[terms[number]][days.start + bucket - 1] = n
    return [Gained(before, by_day) for before, by_day in found]
