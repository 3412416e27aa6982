"""Samples of the queries about seals: two of a kind, the second restates the first; two keys, one retired."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.timescale.sample import Sample

_AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
_SEALS = (
    "insert into snapshot.slot (kind, period, version, due_at, made_at, origin, next_at, state)"
    " select 'daily', '2026-11-20', version, '2026-11-20 09:30Z', '2026-11-20 09:30Z', 'schedule', '2026-11-20 09:30Z',"
    " 'sealed' from generate_series(1, 3) as version;"
    " insert into snapshot.sealed (kind, period, version, number, digest, previous, key_id, due_at, as_of, known_at,"
    " sealed_at, is_partial, late, manifest, signature)"
    " values ('daily', '2026-11-20', 1, 1, 'aa', null, 'k1', '2026-11-20 09:30Z', '2026-11-20 09:30Z',"
    " '2026-11-20 09:30Z', '2026-11-20 09:31Z', false, '{}', '{}', '\\x01'),"
    " ('daily', '2026-11-20', 2, 2, 'bb', 'aa', 'k1', '2026-11-20 09:30Z', '2026-11-20 09:30Z', '2026-11-21 09:30Z',"
    " '2026-11-21 09:31Z', true, '{sources_late}', '{}', '\\x02');"
    " insert into snapshot.file (kind, period, version, name, digest, body)"
    " values ('daily', '2026-11-20', 1, 'snapshot.json', 'cc', '{}'),"
    " ('daily', '2026-11-20', 1, 'snapshot.pdf', 'dd', '\\x25');"
    " insert into snapshot.key (id, public, made_at, retired_at, reason)"
    " values ('k1', '\\x01', '2026-10-01', '2026-11-01', 'r'), ('k2', '\\x02', '2026-11-01', null, null);"
)
_VERSION = {"kind": "daily", "period": "2026-11-20", "version": 1}
_KEYS = "select id, made_at, retired_at, revoked_at, reason, endorsed_by from snapshot.key"


def _sample(after: str = "", /, **parameters: object) -> Sample:
    return Sample(parameters, before=_SEALS, after=after, schema="snapshot")


SEALS: Mapping[str, Sample] = {
    "stream/snapshot/store/seal_key_in_use": _sample(id="k2"),
    "stream/snapshot/store/seal_key_lock": _sample(space=7),
    "stream/snapshot/store/seal_key_read": _sample(),
    "stream/snapshot/store/seal_key_retire": _sample(_KEYS, id="k2", at=_AT, reason=None),
    "stream/snapshot/store/seal_key_revoke": _sample(_KEYS, id="k1", at=_AT, reason="stolen"),
    "stream/snapshot/store/seal_key_take": _sample(id="k2"),
    "stream/snapshot/store/seal_key_write": _sample(
        _KEYS, id="k3", public=b"\x03", made_at=_AT, statement=b"{}", endorsement=b"\x04", by="k2"
    ),
    "stream/snapshot/store/seal_last": _sample(kind="daily"),
    "stream/snapshot/store/seal_lock": _sample(space=7, kind="daily"),
    "stream/snapshot/store/seal_read": _sample(**_VERSION),
    "stream/snapshot/store/seal_read_files": _sample(**_VERSION),
    "stream/snapshot/store/seal_read_number": _sample(kind="daily", number=2),
    "stream/snapshot/store/seal_restated": _sample(**_VERSION),
    "stream/snapshot/store/seal_write": _sample(
        "select kind, period, version, number, digest, previous, late from snapshot.sealed",
        **_VERSION | {"version": 3}, number=3, digest="ee", previous="bb", key="k2", due_at=_AT, as_of=_AT,
        known_at=_AT, sealed_at=_AT, is_partial=False, late=["by_hand"], manifest=b"{}", signature=b"\x03",
    ),
    "stream/snapshot/store/seal_write_file": _sample(
        "select name, digest, body from snapshot.file",
        **_VERSION, names=["snapshot.xlsx"], digests=["ff"], bodies=[b"PK"],
    ),
}  # fmt: skip
"""Each query on what stands in the tables."""
