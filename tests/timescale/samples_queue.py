"""Samples of the queries that fill and follow the queue."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.timescale.sample import JANUARY, Sample

_HANDLED = (
    "insert into cases (id, code, unit, field, channel, status, is_open, last_at, timeline, kind) values"
    " (1501, 'handling/H52.17-4', 3979, 0, 0, 1, false, '2026-01-05 01:00Z', 'acts', 8);"
    " insert into event (part, pos, appended_at, case_id, eid, at, body) values"
    " (1, 100, '2026-01-05 01:00Z', 1501, 1501, '2026-01-05 01:00Z', 'act')"
)
_WARNED = (
    "insert into warning (case_id, chance, facts, learnt_at, scored_at) values"
    " (0, 0.25, '{}', '2026-03-01 00:00Z', '2026-03-02 01:00Z'),"
    " (1, 0.5, '{}', '2026-03-01 00:00Z', '2026-03-02 02:00Z')"
)

QUEUE: Mapping[str, Sample] = {
    "stream/queue/open": Sample({"now": JANUARY}),
    "stream/queue/touched": Sample(
        {"parts": [0, 1], "since": [10, 50], "until": [20, 101], "most": 9, "now": datetime(2026, 3, 1, tzinfo=UTC)},
        _HANDLED,
    ),
    "stream/queue/scored_at": Sample({}, _WARNED),
}
