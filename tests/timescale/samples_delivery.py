"""Samples of the queries about deliveries: of three daily snapshots one arrived, one waits, one was given up."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.timescale.sample import Sample

_AT = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
_SENT = (
    "insert into slot (kind, period, version, due_at, made_at, origin, state, next_at)"
    " select 'daily', '2026-03-0' || 2 + n, 1, at, at, 'schedule', 'sealed', at"
    " from (select n, timestamptz '2026-03-02 09:30Z' + n * interval '1 day' as at from generate_series(1, 3) n) s;"
    " insert into sealed (kind, period, version, number, digest, previous, key_id, due_at, as_of, known_at, sealed_at,"
    " is_partial, late, manifest, signature)"
    " select kind, period, 1, n, 'd' || n, case when n > 1 then 'd' || n - 1 end, 'k', due_at, due_at, due_at, due_at,"
    " false, '{}', '', '' from (select *, right(period, 1)::integer - 2 as n from slot) s;"
    " insert into delivery (receiver, kind, period, version, digest, state, made_at, next_at, attempts, done_at, error)"
    " values ('tinh', 'daily', '2026-03-03', 1, 'd1', 'given_up', '2026-03-03Z', '2026-03-03Z', 9, '2026-03-04Z', 'a'),"
    " ('tinh', 'daily', '2026-03-04', 1, 'd2', 'waiting', '2026-03-04Z', '2026-03-06 09:00Z', 2, null, '500'),"
    " ('tinh', 'daily', '2026-03-05', 1, 'd3', 'waiting', '2026-03-05Z', '2026-03-06 12:00Z', 0, null, null),"
    " ('so', 'daily', '2026-03-03', 1, 'd1', 'delivered', '2026-03-03Z', '2026-03-03Z', 1, '2026-03-03Z', null);"
)
_ROWS = (
    "select receiver, period, state, is_taken, attempts, next_at, done_at, error, receipt, receipt_signature"
    " from delivery"
)
_ONE = {"receiver": "tinh", "kind": "daily", "period": "2026-03-04", "version": 1}
_ALL = {"receiver": None, "kind": None, "period": None, "version": None}


def _sample(parameters: Mapping[str, object], after: str = "") -> Sample:
    return Sample(parameters, before=_SENT, after=after, schema="snapshot")


DELIVERY: Mapping[str, Sample] = {
    "stream/snapshot/store/delivery_again": _sample({**_ALL, "at": _AT}, _ROWS),
    "stream/snapshot/store/delivery_delivered": _sample(
        {**_ONE, "receipt": b"{}", "signature": "c2ln", "at": _AT}, _ROWS
    ),
    "stream/snapshot/store/delivery_failed": _sample(
        {
            **_ONE, "attempts": 2, "error": "503", "at": _AT, "next_at": datetime(2026, 3, 6, 11, tzinfo=UTC),
            "is_final": False, "least_tries": 2, "given_up_before": datetime(2026, 3, 5, tzinfo=UTC),
        },
        _ROWS,
    ),
    "stream/snapshot/store/delivery_hurry": _sample({**_ALL, "at": _AT}, _ROWS),
    "stream/snapshot/store/delivery_list": _sample({**_ALL, "since": datetime(2026, 3, 1, tzinfo=UTC)}),
    "stream/snapshot/store/delivery_standing": _sample({}),
    "stream/snapshot/store/delivery_take": _sample(
        {
            **_ALL, "receiver": "tinh", "at": _AT, "leased_until": datetime(2026, 3, 6, 10, 15, tzinfo=UTC),
            "beyond": datetime(2026, 3, 6, 11, tzinfo=UTC),
        },
        _ROWS,
    ),
    "stream/snapshot/store/delivery_write": _sample(
        {
            "receivers": ["tinh", "bo"], "kind": "daily", "period": "2026-03-04", "version": 1, "digest": "d2",
            "at": _AT,
        },
        _ROWS,
    ),
}  # fmt: skip
