"""Samples of the queries about alerts: standing, told, sent, put aside, and the cases that they look for."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from psycopg.types.json import Jsonb

from tests.timescale.sample import JANUARY, LATE, MARCH, Sample

_FACTS = '{"kind": "cases", "about": "overdue", "title": {"vi": "Quá hạn", "en": "Overdue"}}'
_ALERTS = (
    "insert into alert (id, rule, subject, phase, level, began_at, seen_at, worked, opened_at, closed_at, ended_as,"
    " number, cases, facts) overriding system value values"
    " (1, 'overdue_long', '03980', 'open', 'alarm', '2026-01-01Z', '2026-01-01Z', 60, '2026-01-01Z', null, null, 2,"
    f" '{{H52.17-0,H52.17-5}}', '{_FACTS}'),"
    " (2, 'overdue_long', '03979', 'pending', 'alarm', '2026-01-02Z', '2026-01-02Z', 0, null, null, null, 1, '{}',"
    f" '{_FACTS}'),"
    " (3, 'letter_owed', '03979', 'closed', 'warn', '2025-12-01Z', '2025-12-02Z', 9, '2025-12-01Z', '2025-12-02Z',"
    f" 'ended', 1, '{{}}', '{_FACTS}');"
    " insert into alert_happening (id, alert_id, kind, at, is_told, value, number) overriding system value values"
    " (1, 1, 'opened', '2026-01-01Z', true, 2, 2), (2, 3, 'opened', '2025-12-01Z', true, 1, 1),"
    " (3, 3, 'closed', '2025-12-02Z', true, 0, 0);"
    " insert into alert_delivery (happening_id, channel, state, attempts, made_at, next_at, done_at, error) values"
    " (1, 'email', 'waiting', 0, '2026-01-01Z', '2026-01-01Z', null, null),"
    " (1, 'webhook', 'waiting', 2, '2026-01-01Z', '2026-05-01Z', null, 'HTTP 500'),"
    " (2, 'email', 'sent', 1, '2025-12-01Z', '2025-12-01Z', '2025-12-01Z', null),"
    " (3, 'email', 'given_up', 99, '2025-12-02Z', '2025-12-03Z', '2025-12-03Z', '451 later');"
    " insert into alert_silence (id, rule, unit, reason, made_by, made_at, until_at) overriding system value values"
    " (1, 'letter_owed', null, 'Tết', 'lan', '2026-02-15Z', '2026-03-15Z'),"
    " (2, null, '03979', 'bão', 'lan', '2026-02-01Z', '2026-02-02Z');"
    " insert into alert_service (seen_at, told) values ('2026-03-01Z', '{\"rules\": [], \"channels\": []}');"
)
_HANDLED = (
    "insert into cases (id, code, unit, field, channel, status, kind, due_at, is_open, last_at, timeline) values"
    " (9001, 'handling/H52.17-0', 3979, 0, 0, 4, 8, '2026-01-15Z', false, '2026-01-10Z', 'x'),"
    " (9002, 'handling/H52.17-5', 3982, 0, 0, 4, 8, null, false, '2026-01-10Z', 'x');"
)
_PAUSED = "update cases set status = 5 where is_open and id % 2 = 0;"
_ALERT: dict[str, Any] = {
    "rule": "overdue_long", "subject": "04033", "phase": "open", "level": "alarm", "began_at": JANUARY,
    "seen_at": MARCH, "worked": 3600, "opened_at": MARCH, "closed_at": None, "well_since": None, "value": 3.0,
    "worst": 4.0, "cases": ["H52.17-0"], "number": 3, "held": None, "told": True, "silenced": False, "ended_as": None,
    "facts": Jsonb({"kind": "cases"}),
}  # fmt: skip
_CHANGED = {name: value for name, value in _ALERT.items() if name not in {"rule", "subject", "began_at"}}
_KEPT = "select rule, subject, phase, number, cases, facts from alert"
_SENT = "select happening_id, channel, state, attempts, next_at, done_at, error from alert_delivery"

ALERTS: Mapping[str, Sample] = {
    "stream/alerts/read_standing": Sample(before=_ALERTS),
    "stream/alerts/read_open": Sample(before=_ALERTS),
    "stream/alerts/read_closed": Sample({"since": datetime(2025, 12, 1, tzinfo=UTC), "most": 10}, before=_ALERTS),
    "stream/alerts/read_deliveries": Sample({"ids": [1, 3]}, before=_ALERTS),
    "stream/alerts/read_outbox": Sample({"since": datetime(2025, 12, 2, tzinfo=UTC)}, before=_ALERTS),
    "stream/alerts/read_silences": Sample({"at": MARCH}, before=_ALERTS),
    "stream/alerts/read_sign": Sample(before=_ALERTS.replace("'2026-03-01Z'", "'infinity'")),
    "stream/alerts/read_service": Sample(before=_ALERTS.replace("'2026-03-01Z'", "'infinity'")),
    "stream/alerts/write_alert": Sample(_ALERT, after=_KEPT),
    "stream/alerts/write_alert_change": Sample({**_CHANGED, "id": 1}, before=_ALERTS, after=_KEPT),
    "stream/alerts/forget_pending": Sample({"id": 2}, before=_ALERTS, after=_KEPT),
    "stream/alerts/forget_closed": Sample({"before": JANUARY}, before=_ALERTS, after=_KEPT),
    "stream/alerts/write_happening": Sample(
        {"alert_id": 1, "kind": "goes_on", "at": MARCH, "is_told": True, "value": 2.0, "number": 2,
         "channels": ["email", "webhook"]},
        before=_ALERTS + "select setval(pg_get_serial_sequence('alert_happening', 'id'), 90);",
        after=_SENT,
    ),
    "stream/alerts/take_deliveries": Sample(
        {"channel": "email", "at": MARCH, "leased_until": LATE, "most": 5}, before=_ALERTS, after=_SENT
    ),
    "stream/alerts/mark_sent": Sample({"channel": "email", "ids": [1], "at": MARCH}, before=_ALERTS, after=_SENT),
    "stream/alerts/mark_failed": Sample(
        {"channel": "email", "ids": [1], "at": MARCH, "next_at": LATE, "error": "away", "given_up_before": MARCH},
        before=_ALERTS,
        after=_SENT,
    ),
    "stream/alerts/write_silence": Sample(
        {"rule": "overdue_long", "unit": "03980", "reason": "Tết", "made_by": "lan", "made_at": MARCH,
         "until_at": datetime(2026, 3, 9, tzinfo=UTC)},
        after="select rule, unit, reason, made_by, made_at, until_at from alert_silence",
    ),
    "stream/alerts/write_silence_end": Sample(
        {"id": 1, "by": "minh", "at": MARCH}, before=_ALERTS, after="select id, ended_by, ended_at from alert_silence"
    ),
    "stream/alerts/write_service": Sample(
        {"at": LATE, "told": Jsonb({"rules": []})}, before=_ALERTS, after="select seen_at, told from alert_service"
    ),
    "stream/alerts/overdue_cases": Sample({"due_before": MARCH}),
    "stream/alerts/paused_cases": Sample({"since": MARCH}, before=_PAUSED),
    "stream/alerts/late_cases": Sample({"since": MARCH}),
    "stream/alerts/timelines": Sample({"ids": [1, 2]}),
    "stream/alerts/unanswered": Sample({"now": MARCH}, before=_HANDLED),
    "stream/store/rebuild_keep_alerts": Sample(
        before=_ALERTS.replace("insert into alert", "insert into stream.alert"), after=_KEPT, schema="stream_rebuild"
    ),
}  # fmt: skip
