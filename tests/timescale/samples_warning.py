"""Samples of the queries of early warning."""

from collections.abc import Mapping

from tests.timescale.sample import JANUARY, LATE, MARCH, Sample

_WARNINGS = (
    "insert into {schema}warning (case_id, chance, facts, learnt_at, scored_at) values"
    " (801, 0.5, '{{\"level\": \"all\"}}', '2026-03-01 01:00Z', '2026-03-01 02:00Z'),"
    " (802, 0.01, '{{\"level\": \"field\"}}', '2026-03-01 01:00Z', '2026-03-01 02:00Z')"
)
_MODEL = (
    "insert into {schema}warning_model"
    " (learnt_at, cases, late, since, until, version, calibration_error, enough, facts) values"
    " ('2026-03-01 01:00Z', 900, 40, '2025-09-01 01:00Z', '2026-03-01 01:00Z', '1', 0.01, true, '{{}}'),"
    " ('2026-03-02 01:00Z', 0, 0, null, null, '1', null, false, '{{\"what\": \"ended\"}}')"
)
_CASES = (
    "insert into cases"
    " (id, code, unit, field, channel, status, received_at, ended_at, is_open, last_at, timeline, kind) values"
    " (801, 'H52-801', 3982, 1, 2, 4, '2026-02-20 01:00Z', null, true, '2026-02-21 01:00Z', 'open', 1),"
    " (802, 'H52-802', 3982, 1, 2, 9, '2026-02-01 01:00Z', '2026-02-10 01:00Z', false, '2026-02-10 01:00Z', 'over', 1);"
)
_HERE, _LIVE = {"schema": ""}, {"schema": "stream."}

WARNING: Mapping[str, Sample] = {
    "stream/store/rebuild_keep_warnings": Sample(
        before=_WARNINGS.format(**_LIVE), after="select * from warning", schema="stream_rebuild"
    ),
    "stream/store/rebuild_keep_warning_models": Sample(
        before=_MODEL.format(**_LIVE), after="select * from warning_model", schema="stream_rebuild"
    ),
    "stream/warning/clear_lacking": Sample(before=_MODEL.format(**_HERE), after="select * from warning_model"),
    "stream/warning/clear_warnings": Sample(
        before=_WARNINGS.format(**_HERE), after="select count(*) from warning"
    ),
    "stream/warning/history_cases": Sample({"since": JANUARY}, before=_CASES),
    "stream/warning/history_span": Sample({"now": LATE, "earliest": JANUARY, "most": 1000}, before=_CASES),
    "stream/warning/open_cases": Sample(before=_CASES),
    "stream/warning/read_listed": Sample(
        {"least": 0.25, "limit": 10, "midnight": JANUARY}, before=_CASES + _WARNINGS.format(**_HERE)
    ),
    "stream/warning/read_model": Sample(before=_MODEL.format(**_HERE)),
    "stream/warning/read_warnings": Sample(before=_WARNINGS.format(**_HERE)),
    "stream/warning/write_model": Sample(
        {
            "learnt_at": MARCH, "cases": 900, "late": 40, "since": JANUARY, "until": MARCH, "version": "1",
            "calibration_error": 0.01, "enough": True, "facts": "{}",
        },
        after="select * from warning_model",
    ),
}  # fmt: skip
