"""Samples of the queries about what a snapshot says: how far the log was known, and what lay in quarantine then."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from tests.timescale.sample import JANUARY, LATE, Sample

_CUT = {"parts": [0, 1, 2], "positions": [20, 30, 40]}
_ASIDE = (
    "update quarantine set replayed_as = '2:39' where part = 0;"
    " update quarantine set replayed_as = '2:41' where part = 1;"
    " insert into quarantine (part, pos, appended_at, key, reason, place, body)"
    " values (1, 62, '2026-02-01Z', 'k', 'unknown status ''x'' of 7', null, '')"
)
_BEHIND = (
    "insert into ingest.entry (part, pos, key, body, appended_at) values (1, 62, 'k', 'x', '2026-03-05 01:00:00.25Z');"
    " update ingest.head set next_pos = 63"
)

CONTENT: Mapping[str, Sample] = {
    "stream/snapshot/store/content_cut": Sample({"known_at": JANUARY}),
    "stream/snapshot/store/content_heads": Sample(),
    "stream/snapshot/store/content_heard_sources": Sample(
        {"day": date(2026, 3, 1)},
        before="insert into source_day values ('a', '2026-03-01', 1, 0, 0, array_fill(0::bigint, array[8])),"
        " ('b', '2026-03-02', 1, 0, 0, array_fill(0::bigint, array[8]))",
    ),
    "stream/snapshot/store/content_lock_official": Sample(
        after="select mode from pg_locks where relation = 'ingest.official_file'::regclass"
    ),
    "stream/snapshot/store/content_quarantine": Sample({**_CUT, "known_at": LATE}, before=_ASIDE),
    "stream/snapshot/store/content_reached": Sample(before="update part_offset set reached_at = '2026-03-05 01:00Z'"),
    "stream/snapshot/store/content_settled": Sample(
        {"parts": [0, 1, 2], "ends": [62, 63, 20], "looked_at": LATE}, before=_BEHIND
    ),
    "stream/snapshot/store/content_stragglers": Sample({**_CUT, "known_at": datetime(2026, 3, 2, tzinfo=UTC)}),
    "stream/store/rebuild_keep_replays": Sample(
        before="insert into quarantine (part, pos, appended_at, key, reason, body)"
        " values (0, 61, '2026-03-01Z', 'k', 'r', '');"
        " update stream.quarantine set replayed_as = '1:3'",
        after="select part, pos, replayed_as from quarantine",
        schema="stream_rebuild",
    ),
}
