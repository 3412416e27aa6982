"""Samples of the queries of the archive's pages: one snapshot is sealed and sent, one failed, one is dry."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.timescale.sample import Sample

_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
_OF = {"kind": "daily", "period": "2026-11-20"}
_ROWS = (
    "insert into slot (kind, period, version, due_at, made_at, origin, state, next_at, known_at, late) values"
    " ('daily', '2026-11-20', 1, '2026-11-20 09:30Z', '2026-11-20 09:30Z', 'schedule', 'sealed', '2026-11-20 09:30Z',"
    " '2026-11-20 09:30Z', '{sources_late}');"
    " insert into slot (kind, period, version, due_at, made_at, origin, next_at, error, attempts) values"
    " ('daily', '2026-11-20', 2, '2026-11-20 08:00Z', '2026-11-20 08:00Z', 'by_hand', '2026-11-20 09:50Z', 'x', 2);"
    " insert into sealed (kind, period, version, number, digest, previous, key_id, due_at, as_of, known_at, sealed_at,"
    " is_partial, late, manifest, signature) values ('daily', '2026-11-20', 1, 1, 'd1', null, 'k', '2026-11-20 09:30Z',"
    " '2026-11-20 09:30Z', '2026-11-20 09:30Z', '2026-11-20 09:31Z', true, '{sources_late}', '\\x7b7d', '\\x01');"
    " insert into file values ('daily', '2026-11-20', 1, 'snapshot.json', 'f1', '\\x7b7d');"
    " insert into delivery (receiver, kind, period, version, digest, state, made_at, next_at, attempts, done_at, error,"
    " receipt) values ('folder', 'daily', '2026-11-20', 1, 'd1', 'delivered', '2026-11-20 09:31Z', '2026-11-20 09:31Z',"
    " 1, '2026-11-20 09:32Z', null, '\\x7b7d'), ('province', 'daily', '2026-11-20', 1, 'd1', 'given_up',"
    " '2026-11-20 09:31Z', '2026-11-20 09:31Z', 9, '2026-11-20 09:32Z', 'HTTP 500', null);"
    " insert into scheduler values ('one', '2026-11-20 08:00Z', '2026-11-20 08:59Z', '');"
    " insert into draft (id, kind, period, asked_by, asked_at, json) overriding system value values"
    " (1, 'daily', '2026-11-20', 'lan', '2026-11-20 08:00Z', '\\x7b7d');"
)


def _sample(**parameters: object) -> Sample:
    return Sample(parameters, before=_ROWS, schema="snapshot")


ARCHIVE: Mapping[str, Sample] = {
    "dashboard/archive/read_chain": _sample(kind="daily", most=10),
    "dashboard/archive/read_deliveries": _sample(**_OF),
    "dashboard/archive/read_draft": _sample(id=1, name="snapshot.json"),
    "dashboard/archive/read_drafts": _sample(),
    "dashboard/archive/read_file": _sample(**_OF, version=1, name="snapshot.json"),
    "dashboard/archive/read_files": _sample(**_OF),
    "dashboard/archive/read_kinds": _sample(),
    "dashboard/archive/read_links": _sample(kind="daily"),
    "dashboard/archive/read_manifest": _sample(**_OF, version=1),
    "dashboard/archive/read_newest": _sample(**_OF),
    "dashboard/archive/read_objects": _sample(digests=["f1", "f2"]),
    "dashboard/archive/read_receipt": _sample(**_OF, version=1, receiver="folder"),
    "dashboard/archive/read_schedulers": _sample(since=datetime(2026, 11, 1, tzinfo=UTC)),
    "dashboard/archive/read_slots": _sample(
        kind="daily", year="2026", states=["late", "failed", "undelivered"], most=10, overdue=_AT
    ),
    "dashboard/archive/read_standing": _sample(overdue=_AT),
    "dashboard/archive/read_versions": _sample(**_OF),
}  # fmt: skip
