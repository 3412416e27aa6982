"""Samples of the queries about the handling of cases."""

from collections.abc import Mapping

from tests.timescale.sample import Sample

_HANDLED = (
    "insert into cases (id, code, unit, field, channel, status, is_open, last_at, timeline, kind) values"
    " ((3::bigint << 44) + 7, 'handling/H52.17-1', 3979, 0, 0, 2, false,"
    " '2026-03-05 01:00Z', 'acts', 8);"
    "insert into event (part, pos, appended_at, case_id, eid, at, body) values"
    " (3, 7, '2026-03-05 01:00:01Z', (3::bigint << 44) + 7, 7, '2026-03-05 01:00Z', 'an act');"
)

HANDLING: Mapping[str, Sample] = {
    "stream/handling/subject": Sample({"code": "H52.17-1"}, _HANDLED),
    "stream/handling/handlings": Sample({"codes": ["handling/H52.17-1"]}, _HANDLED),
    "stream/handling/acts": Sample({"code": "handling/H52.17-1", "positions": [7]}, _HANDLED),
    "stream/handling/tied": Sample({"codes": ["H52.17-1", "handling/H52.17-1"]}, _HANDLED),
}
