"""Samples of the queries about displays: one waits, one waited too long, one is approved, one is revoked."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.timescale.sample import Sample

_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
_DISPLAYS = (
    "insert into display (id, thumbprint, public_key, user_agent, state, code, code_until, enrolled_at, approved_at,"
    " approved_by, revoked_at, revoked_by, name, scenes, seconds, language, theme) overriding system value values"
    " (1, 'one', '{\"x\": \"1\"}', 'tv', 'pending', 'K7MP-3XQR', '2026-03-01 08:05Z', '2026-03-01 07:55Z', null, null,"
    " null, null, null, null, null, null, null),"
    " (2, 'two', '{\"x\": \"2\"}', 'tv', 'pending', '4444-4444', '2026-03-01 07:59Z', '2026-03-01 07:49Z', null, null,"
    " null, null, null, null, null, null, null),"
    " (3, 'three', '{\"x\": \"3\"}', 'tv', 'approved', null, null, '2026-02-01 08:00Z', '2026-02-01 08:01Z', 'x',"
    " null, null, 'Hall', '{overview,map}', 30, 'vi', 'dark'),"
    " (4, 'four', '{\"x\": \"4\"}', 'tv', 'revoked', null, null, '2026-02-01 08:00Z', '2026-02-01 08:01Z', 'operator',"
    " '2026-02-03 08:00Z', 'operator', 'Door', '{overview}', 30, 'en', 'light');"
)
_ROWS = "select * from display"


def _sample(after: str = "", /, **parameters: object) -> Sample:
    return Sample(parameters, before=_DISPLAYS, after=after, schema="dashboard")


DISPLAYS: Mapping[str, Sample] = {
    "dashboard/displays/find_display": _sample(thumbprint="one"),
    "dashboard/displays/find_key": _sample(id=3),
    "dashboard/displays/forget_pending": _sample("select id from display", at=_AT, keep=1),
    "dashboard/displays/read_approved": _sample(),
    "dashboard/displays/read_displays": _sample(at=_AT),
    "dashboard/displays/write_approval": _sample(
        _ROWS, at=_AT, by="operator", code="K7MP-3XQR", name="Room", scenes=["map"], seconds=20, language="vi",
        theme="dark",
    ),
    "dashboard/displays/write_change": _sample(
        _ROWS, id=3, name="Hall 2", scenes=["health"], seconds=None, language=None, theme="light"
    ),
    "dashboard/displays/write_enrolment": _sample(
        "select thumbprint, code, code_until from display", thumbprint="two", public_key='{"x": "2"}', user_agent="tv",
        code="CCCC-3333", code_until=_AT, at=_AT,
    ),
    "dashboard/displays/write_report": _sample(
        _ROWS, id=3, at=_AT, build="b", scene="map", heap_bytes=1, nodes=2, uptime_seconds=3, reopens=4, refetches=5,
        reloads=6, stalls=7, restarts=8,
    ),
    "dashboard/displays/write_revocation": _sample(_ROWS, id=1, by="operator", at=_AT),
    "dashboard/displays/write_seen": _sample(_ROWS, id=3, at=_AT),
}  # fmt: skip
