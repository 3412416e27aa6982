"""Samples of the queries about slots: one is sealed, others wait, are held, are not due, or were put far off."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from tests.timescale.sample import Sample

_NOW = datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
_SLOTS = (
    "insert into slot (kind, period, version, due_at, made_at, origin, state, next_at, held_since, known_at, attempts,"
    " late, error) values"
    " ('daily', '2026-03-04', 1, '2026-03-04 09:30Z', '2026-03-04 09:30Z', 'schedule', 'sealed', '2026-03-04 09:30Z',"
    " null, '2026-03-04 09:30Z', 1, '{}', null),"
    " ('daily', '2026-03-05', 1, '2026-03-05 09:30Z', '2026-03-05 09:30Z', 'schedule', 'waiting', '2026-03-06 09:00Z',"
    " null, '2026-03-05 09:30Z', 2, '{failed}', 'X: y'),"
    " ('month', '2026-02', 1, '2026-03-02 01:00Z', '2026-03-02 01:00Z', 'schedule', 'held', '2026-03-06 09:59Z',"
    " '2026-03-02 01:00Z', null, 0, '{sources_late}', null),"
    " ('month', '2026-01', 1, '2026-02-02 01:00Z', '2026-02-02 01:00Z', 'schedule', 'waiting', '2026-09-01 01:00Z',"
    " null, null, 0, '{}', null),"
    " ('daily', '2026-03-06', 1, '2026-03-06 23:30Z', '2026-03-06 09:30Z', 'schedule', 'waiting', '2026-03-06 23:30Z',"
    " null, null, 0, '{}', null);"
    " insert into sealed (kind, period, version, number, digest, previous, key_id, due_at, as_of, known_at, sealed_at,"
    " is_partial, late, manifest, signature) select kind, period, 1, 1, 'd1', null, 'k', due_at, due_at, due_at,"
    " due_at, false, '{}', '', '' from slot where state = 'sealed';"
    " insert into file values ('daily', '2026-03-04', 1, 'snapshot.json', 'f', '{}');"
    " insert into delivery (receiver, kind, period, version, digest, state, made_at, next_at, done_at) values"
    " ('tinh', 'daily', '2026-03-04', 1, 'd1', 'delivered', '2026-03-04Z', '2026-03-04Z', '2026-03-05Z'),"
    " ('so', 'daily', '2026-03-04', 1, 'd1', 'waiting', '2026-03-04Z', '2026-03-04Z', null);"
    " insert into schedule_state values ('daily', '2026-01-01Z', '2026-03-06 09:59Z');"
    " insert into scheduler values ('one:1', '2026-03-01Z', '2026-03-06 09:59:58Z', ''),"
    " ('two:7', '2026-01-01Z', '2026-01-09Z', 'daily 2026-01-09 v1');"
    " insert into draft (id, kind, period, asked_by, asked_at, done_at) overriding system value values"
    " (101, 'daily', '2026-03-01', 'lan', '2026-03-01Z', '2026-03-01Z'), (102, 'daily', '2026-03-06', 'lan',"
    " '2026-03-06Z', null), (103, 'month', '2026-03', 'hoa', '2026-03-06Z', null);"
)
_ROWS = (
    "select kind, period, version, due_at, origin, asked_by, state, next_at, held_since, known_at, attempts, late,"
    " error from slot"
)
_DRAFTS = "select id, kind, period, asked_by, done_at, error, json from draft"
_ONE = {"kind": "daily", "period": "2026-03-05", "version": 1}
_OLD = {"kind": "daily", "period": "2026-03-04", "version": 1}
_KINDS = ["daily", "month"]


def _sample(after: str = "", /, **parameters: object) -> Sample:
    return Sample(parameters, before=_SLOTS, after=after, schema="snapshot")


_QUERIES: Mapping[str, Sample] = {
    "ask_draft": _sample("select kind, period, asked_by from draft", kind="daily", period="p", by="lan", now=_NOW),
    "ask_slot": _sample(
        _ROWS, kind="daily", period="2026-03-04", version=2, due_at=_NOW, now=_NOW, by="lan", late=["by_hand"]
    ),
    "beat": _sample("select * from scheduler", name="one:1", started_at=_NOW, now=_NOW, doing="x"),
    "before": _sample(**_OLD),
    "begin": _sample("select * from schedule_state", kinds=_KINDS, now=_NOW),
    "decided": _sample(
        _ROWS, **_ONE, state="held", next_at=_NOW, held_since=_NOW, known_at=None, late=["sources_late"], tries=1
    ),
    "failed": _sample(_ROWS, **_ONE, error="Y: z", next_at=_NOW),
    "forget_drafts": _sample(_DRAFTS, before=_NOW - timedelta(days=1)),
    "forget_schedulers": _sample("select name from scheduler", before=_NOW - timedelta(days=30)),
    "hurry": _sample(_ROWS, **_ONE, now=_NOW, is_anew=True),
    "list": _sample(kind=None, late=True, late_before=_NOW, most=10),
    "lock": _sample(**_ONE),
    "made": _sample("select * from schedule_state", kinds=_KINDS, now=_NOW),
    "newest": _sample(kind="daily", period="2026-03-04"),
    "sealed": _sample(_ROWS, **_ONE, late=["failed"], now=_NOW),
    "seen": _sample(),
    "slot_now": _sample(**_OLD),
    "states": _sample(kinds=_KINDS),
    "take": _sample(kinds=_KINDS, least=1, most=1, now=_NOW, beyond=_NOW + timedelta(hours=1)),
    "take_draft": _sample(),
    "waiting": _sample(now=_NOW),
    "write_draft": _sample(_DRAFTS, id=102, now=_NOW, error=None, json=b"{}", xlsx=b"x", pdf=b"p"),
    "write_slots": _sample(
        _ROWS, kinds=["daily", "daily"], periods=["2026-03-06", "2026-03-09"], dues=[_NOW, _NOW],
        lates=["", "scheduler_away"], now=_NOW,
    ),
}  # fmt: skip
SNAPSHOT_SCHEDULE: Mapping[str, Sample] = {
    f"stream/snapshot/store/schedule_{name}": sample for name, sample in _QUERIES.items()
}
