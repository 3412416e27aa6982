"""Samples of the queries about the conferences of a day."""

from collections.abc import Mapping
from datetime import UTC, datetime

from stream.quality.parameters import load_parameters
from tests.timescale.sample import MARCH, Sample

_DAY = {"since": datetime(2026, 3, 4, 17, tzinfo=UTC), "until": datetime(2026, 3, 5, 17, tzinfo=UTC)}
_CASES = (
    "insert into cases (id, code, unit, field, channel, status, received_at, is_open, last_at, timeline, kind) values"
    " (901, 'endpoint/line-2', 3982, 0, 0, 2, '2026-03-05 01:00Z', true, '2026-03-05 01:00Z', 'states', 7),"
    " (902, 'endpoint/line-9', 3982, 0, 0, 1, '2026-02-01 01:00Z', true, '2026-02-01 01:00Z', 'states', 7),"
    " (903, 'meeting/a', 3982, 0, 0, 2, '2026-03-05 01:00Z', true, '2026-03-05 01:00Z', 'on', 6),"
    " (904, 'meeting/b', 3982, 0, 0, 3, '2026-03-03 01:00Z', false, '2026-03-03 01:00Z', 'over', 6);"
    " insert into ledger (case_id, at, known_at, pos, part, measure, unit, field, channel, n) values"
    " (903, '2026-03-05 01:00Z', '2026-03-05 01:00Z', 1, 0, 70, 3982, 0, 0, 1),"
    " (903, '2026-03-05 01:01Z', '2026-03-05 01:01Z', 2, 0, 80, 3982, 0, 0, 1),"
    " (904, '2026-03-03 01:00Z', '2026-03-03 01:00Z', 3, 0, 80, 3982, 0, 0, 1)"
)

MEETINGS: Mapping[str, Sample] = {
    "stream/meetings/lines": Sample(
        load_parameters().levels.stored
        | {
            "since": _DAY["since"],
            "hour": datetime(2026, 3, 5, 1, tzinfo=UTC),
            "at": datetime(2026, 3, 5, 2, tzinfo=UTC),
        }
    ),
    "stream/meetings/meetings": Sample(_DAY | {"begun": datetime(2026, 3, 3, 17, tzinfo=UTC)}, _CASES),
    "stream/meetings/next": Sample({"until": _DAY["since"], "most": 5}, _CASES),
    "stream/meetings/sites": Sample({"at": MARCH, "known_at": None}, _CASES),
}
