"""What was not known yet: what a sum has too much when it is asked for as known at an earlier moment."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from psycopg import Connection

from stream.core.moment import datetime_of, start_of
from stream.kpi.terms import EVERYTHING
from stream.store.columns import columns
from stream.store.pieces import EVER
from stream.store.queries import query
from stream.store.slices import Key

_IN_TIME: Final = timedelta(days=1)
"""What becomes known later than this after it happened is late, as the index `ledger_late` has it."""


def read_unknown(
    connection: Connection[Any], keys: Sequence[Key], units: Sequence[int], known_at: datetime
) -> Sequence[tuple[int, int, int]]:
    """What became known after `known_at`, by number of the key and unit. `units` are all that were heard of.

    One statement. Where every window ends by about `known_at` only late postings are looked at; else everything
    that became known since.
    """
    spans = [(start_of(EVER if key.since is None else key.since), key.until) for key in keys]
    cuts = sorted({moment for span in spans for moment in span})
    rows = [
        (number, int(measure), sign, *key.term.keep, bisect_left(cuts, start) + 1, bisect_left(cuts, stop))
        for number, (key, (start, stop)) in enumerate(zip(keys, spans, strict=True))
        for measure, sign in key.term.parts
        if start < stop
    ]
    if not rows:
        return []
    names = ("keys", "measures", "signs", "channels", "fields", "levels", "traits", "firsts", "lasts")
    last = datetime_of(max(until for _, until in spans))
    limits: dict[str, object] = {
        "cuts": [datetime_of(cut) for cut in cuts],
        "last": last,
        "known_at": known_at,
        "wanted": sorted({row[1] for row in rows}),
        "filtered": any(key.term.keep != EVERYTHING for key in keys),
    }
    name = "read_unknown"
    if last <= known_at + _IN_TIME:
        name, limits = "read_unknown_late", limits | {"units": list(units)}
    return connection.execute(query(name), columns("", names, rows) | limits).fetchall()
