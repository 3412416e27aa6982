"""Samples of the queries behind reports, cases and stories."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from tests.timescale.sample import JANUARY, LATE, MARCH, RULES, UNITS, Sample

_REPORT = {"measures": [1, 4, 10, 11, 12], "units": UNITS, "start": JANUARY, "stop": MARCH, "online": 2}
_MOVED = (
    "insert into ledger (case_id, at, known_at, pos, part, measure, unit, field, channel, n)"
    " select id, timestamptz '2026-02-10', timestamptz '2026-02-10', 1, 0, step.measure, step.unit, 1, 1, 1"
    " from cases c, (values (6, 3980), (7, 3979)) as step (measure, unit)"
    " where c.unit = 3979 and c.received_at > '2026-01-01'"
)

REPORTS: Mapping[str, Sample] = {
    "stream/story/adoptions": Sample({"known_at": "infinity"}, RULES),
    "stream/story/case": Sample({"code": "H52.17-1"}),
    "stream/story/events": Sample({"part": 0, "positions": [0, 1, 2, 99]}),
    "stream/story/found_cases": Sample({"measure": 4, "as_of": LATE, "known_at": "infinity", "units": None}),
    "stream/story/known_cases": Sample(
        {"rise": 10, "fall": 11, "as_of": JANUARY, "known_at": MARCH, "units": UNITS[:2]}
    ),
    "stream/story/known_positions": Sample({"parts": [0, 1, 2], "positions": [0, 2, 59], "known_at": JANUARY}),
    "stream/story/neighbours": Sample({"code": "H52.17-2x", "most": 3}),
    "stream/story/open_cases": Sample({"as_of": JANUARY, "units": UNITS[:2]}),
    "stream/story/postings": Sample(
        {"moments": [datetime(2025, 10, 1, 1, 2, tzinfo=UTC), JANUARY], "part": 0, "case": 0}
    ),
    "stream/report/cases": Sample(
        {
            "measures": [1, 10, 11],
            "starts": [datetime(2025, 9, 1, tzinfo=UTC), JANUARY, JANUARY],
            "stops": [JANUARY, MARCH, MARCH],
            "onlines": [True, None, None],
            "weights": [1, 1, -1],
            "units": UNITS,
            "known_at": "infinity",
            "level": 0,
            "field": None,
            "online": 2,
        }
    ),
    "stream/report/changes": Sample(
        {name: value for name, value in _REPORT.items() if name != "start"} | {"known_from": JANUARY, "known_to": LATE}
    ),
    "stream/report/codes": Sample({"ids": [0, 1, 2]}),
    "stream/report/fields": Sample(),
    "stream/report/moves": Sample(
        {
            "moved_in": 6,
            "moved_out": 7,
            "received": 1,
            "units": [3979],
            "start": JANUARY,
            "stop": MARCH,
            "known_at": "infinity",
            "online": 2,
        },
        before=_MOVED,
    ),
    "stream/report/rules": Sample({"known_at": LATE}, RULES),
    "stream/report/standing": Sample(
        {
            "measures": [10, 11],
            "weights": [1, -1],
            "moment": JANUARY,
            "units": UNITS,
            "known_at": datetime(2026, 1, 10, tzinfo=UTC),
            "level": None,
            "field": 1,
        }
    ),
    "stream/report/sums": Sample(
        {
            "grains": ["year", "month", "day", "day"],
            "measures": [10, 1, 1, 11],
            "times": ["before", "within", "within", "within"],
            "signs": [1, 1, 1, -1],
            "starts": [date(2024, 1, 1), date(2025, 10, 1), date(2026, 1, 1), date(2026, 1, 1)],
            "stops": [date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 20), date(2026, 1, 20)],
            "units": UNITS,
            "rest_measures": [1, 11],
            "rest_start": JANUARY,
            "rest_stop": MARCH,
            "online": 2,
        }
    ),
    "stream/report/units": Sample(),
    "stream/report/unknown": Sample(_REPORT | {"known_at": datetime(2026, 1, 10, tzinfo=UTC)}),
}
