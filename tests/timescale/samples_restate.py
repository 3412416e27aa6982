"""Samples of the queries that restate: a version that was sealed, of a period of which more became known since."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.timescale.sample import LATE, MARCH, UNITS, Sample

_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
_SEALED = (
    "insert into snapshot.slot (kind, period, version, due_at, made_at, origin, next_at, state)"
    " select 'month', period, 1, '2026-03-01', '2026-03-01', 'schedule', '2026-03-01', 'sealed'"
    " from unnest('{2026-01,2026-02,2025-12}'::text[]) as period;"
    " insert into snapshot.slot (kind, period, version, due_at, made_at, origin, next_at)"
    " values ('month', '2025-12', 2, '2026-03-01', '2026-03-01', 'late_events', '2026-03-01');"
    " insert into snapshot.sealed (kind, period, version, number, digest, previous, key_id, due_at, as_of, known_at,"
    " sealed_at, is_partial, late, manifest, signature, compared_at)"
    " values ('month', '2026-01', 1, 1, 'aa', null, 'k1', '2026-03-01', '2026-01-31 16:59:59Z', '2026-02-01',"
    " '2026-03-01', false, '{}', '{}', '\\x01', '2026-03-02'),"
    " ('month', '2026-02', 1, 2, 'bb', 'aa', 'k1', '2026-03-01', '2026-02-28 16:59:59Z', '2026-03-01', '2026-03-01',"
    " false, '{}', '{}', '\\x02', null),"
    " ('month', '2025-12', 1, 3, 'cc', 'bb', 'k1', '2026-03-01', '2025-12-31 16:59:59Z', '2026-01-01', '2026-03-01',"
    " false, '{}', '{}', '\\x02', null);"
    " insert into snapshot.file (kind, period, version, name, digest, body)"
    " values ('month', '2026-02', 1, 'snapshot.json', 'dd', '{}'), ('month', '2026-02', 1, 'snapshot.pdf', 'ee', '%%');"
)
_VERSION = {"kind": "month", "period": "2026-02", "version": 1}


def _sample(after: str = "", /, **parameters: object) -> Sample:
    return Sample(parameters, before=_SEALED, after=after)


RESTATE: Mapping[str, Sample] = {
    "stream/snapshot/store/restate_compared": _sample(
        "select period, compared_at from snapshot.sealed", **_VERSION, until=_AT
    ),
    "stream/snapshot/store/restate_heard": Sample(
        {
            "known_from": MARCH, "known_to": datetime(2026, 5, 1, tzinfo=UTC), "until": LATE,
            "measures": [1, 10, 11], "units": UNITS,
        },
    ),
    "stream/snapshot/store/restate_learnt": Sample(
        {
            "numbers": [0, 1, 1, 2],
            "measures": [1, 10, 11, 1],
            "signs": [1, 1, -1, 1],
            "channels": [2, None, None, None],
            "fields": [None, "DD", None, None],
            "levels": [None, 0, None, None],
            "traits": [0, None, None, 0],
            "starts": [datetime(2025, 9, 1, tzinfo=UTC)] * 4,
            "stops": [LATE, LATE, MARCH, LATE],
            "by_procedure": [False, False, False, True],
            "known_from": MARCH,
            "known_to": datetime(2026, 5, 1, tzinfo=UTC),
            "wanted": [1, 10, 11],
            "units": UNITS,
            "last": LATE,
        }
    ),
    "stream/snapshot/store/restate_said": _sample(**_VERSION),
    "stream/snapshot/store/restate_slot": _sample(
        "select period, version, origin, state, due_at, known_at from snapshot.slot",
        **_VERSION | {"version": 2}, now=_AT, known_at=_AT,
    ),
    "stream/snapshot/store/restate_take": _sample(
        kinds=["month", "year"], since=[datetime(2026, 2, 1, tzinfo=UTC)] * 2, newest=[_AT] * 2, before=_AT,
        tried_kinds=["month"], tried_periods=["2026-01"],
    ),
}  # fmt: skip
"""Each query on what stands in the tables."""
