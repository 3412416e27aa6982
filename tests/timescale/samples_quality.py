"""Samples of the queries about the quality of lines, and about meetings that are on."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from stream.quality.parameters import load_parameters
from tests.timescale.sample import LATE, MARCH, Sample

_LEVELS = load_parameters().levels.stored
_FEBRUARY = {"since": datetime(2026, 2, 19, 17, tzinfo=UTC), "until": datetime(2026, 2, 20, 17, tzinfo=UTC)}
_MINUTE = {"since": datetime(2026, 2, 20, 1, tzinfo=UTC), "until": datetime(2026, 2, 20, 1, 1, tzinfo=UTC)}
"""The cells of a longer time stand in no order: each says its minute."""
_CONFERENCE = (
    "insert into cases (id, code, unit, field, channel, status, received_at, is_open, last_at, timeline, kind) values"
    " (901, 'endpoint/line-2', 3982, 0, 0, 2, '2026-03-05 01:00Z', true, '2026-03-05 01:00Z', '', 7),"
    " (902, 'endpoint/line-9', 3982, 0, 0, 1, '2026-03-05 01:00Z', true, '2026-03-05 01:00Z', '', 7),"
    " (903, 'meeting/a', 3982, 0, 0, 2, '2026-03-05 01:00Z', true, '2026-03-05 01:00Z', 'on', 6),"
    " (904, 'meeting/b', 3982, 0, 0, 3, '2026-03-05 01:00Z', false, '2026-03-05 01:00Z', 'over', 6)"
)
# Known in a compressed chunk, new in one, known and new in a young one, twice in one batch, and of another unit.
_SAMPLED = (
    "insert into sampled values"
    " (0, 1, 3979, '2026-02-20 01:00:10Z', 0, 1, 1, 1, 400), (1, 1, 3979, '2026-02-20 01:00:11Z', 900, 1, 1, 1, 300),"
    " (2, 1, 3979, '2026-03-05 01:00:10Z', 0, 1, 1, 1, 400), (3, 2, 3980, '2026-03-05 01:00:11Z', 0, 1, 1, 1, 410),"
    " (4, 2, 3980, '2026-03-05 01:00:11Z', 0, 2, 2, 2, 420), (4, 2, 3980, '2026-03-05 02:00:11Z', 0, 2, 2, 2, 420),"
    " (5, 2, 3982, '2026-03-05 01:00:12Z', null, null, null, null, null)"
)

QUALITY: Mapping[str, Sample] = {
    "stream/quality/estimates": Sample(_MINUTE),
    "stream/quality/day": Sample(_MINUTE | _LEVELS | {"codes": ["line-1", "line-3"]}),
    "stream/quality/line": Sample(_FEBRUARY | {"code": "line-1"}),
    "stream/quality/latest": Sample({"until": MARCH}, _CONFERENCE),
    "stream/quality/meetings": Sample(before=_CONFERENCE),
    "stream/store/read_quality": Sample(
        _LEVELS
        | {
            "keys": [0, 1, 2],
            "since": [date(2026, 2, 1), date(2026, 3, 5), date(2026, 2, 20)],
            "days": [date(2026, 3, 5), date(2026, 3, 5), date(2026, 2, 20)],
            "day_starts": [datetime(2026, 3, 4, 17, tzinfo=UTC)] * 2 + [datetime(2026, 2, 19, 17, tzinfo=UTC)],
            "hours": [datetime(2026, 3, 5, 1, tzinfo=UTC)] * 2 + [datetime(2026, 2, 20, 2, tzinfo=UTC)],
            "untils": [datetime(2026, 3, 5, 1, 2, tzinfo=UTC)] * 2 + [datetime(2026, 2, 20, 2, 30, tzinfo=UTC)],
        }
    ),
    "stream/store/read_quality_units": Sample(),
    "stream/store/write_quality_endpoints": Sample(
        {"codes": ["line-1", "line-2", "line-3"], "units": [3982, 3982, 3982], "told": [MARCH, LATE, LATE]},
        after="select code, unit, told_at from quality_endpoint",
    ),
    "stream/store/write_samples": Sample(
        _LEVELS,
        before=_SAMPLED,
        after="select 'sample', to_jsonb(s) from quality_sample as s union all"
        " select 'minute', to_jsonb(m) from quality_minute as m union all"
        " select 'hour', to_jsonb(h) from quality_hour as h union all select 'day', to_jsonb(d) from quality_day as d",
    ),
}
