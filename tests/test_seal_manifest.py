"""A manifest says in canonical JSON what is sealed, and is read strictly."""

import json

import msgspec
import pytest
import rfc8785

from stream.snapshot.seal.errors import ManifestError
from stream.snapshot.seal.making import Place
from stream.snapshot.seal.manifest import LARGEST, digest_of, manifest_bytes, package_name, read_manifest
from tests.building.seals import KEY, sealed
from tests.building.snapshots import a_restated_snapshot, a_snapshot

AFTER = Place(5, digest_of(b"the manifest before"))


def body_with(**changes: object) -> bytes:
    """A manifest's canonical bytes with other values in it: a change None removes nothing, `...` removes the field."""
    made, _ = sealed()
    told = msgspec.to_builtins(made.manifest) | changes
    return rfc8785.dumps({name: value for name, value in told.items() if value is not ...})


def test_it_says_what_the_snapshot_says_and_what_the_files_are() -> None:
    snapshot = a_snapshot()
    made, package = sealed(snapshot)
    manifest = made.manifest
    assert (manifest.area, manifest.kind, manifest.period) == ("moc-chau", "statutory-month", "2026-11")
    assert (manifest.version, manifest.number, manifest.previous, manifest.restates) == (1, 1, None, None)
    assert (manifest.due_at, manifest.sealed_at) == ("2026-11-16T08:00:00+07:00", "2026-11-16T08:00:20+07:00")
    assert (manifest.known_at, manifest.as_of) == (snapshot.known_at, snapshot.as_of)
    assert (manifest.is_partial, manifest.late) == (True, ("sources_late",))
    assert (manifest.cut, manifest.rules) == (snapshot.cut, snapshot.rules)
    assert manifest.kpis["overdue_now"] == next(each.digest for each in snapshot.kpis if each.id == "overdue_now")
    assert manifest.key == KEY.id
    for name, file in manifest.files.items():
        assert (file.sha256, file.bytes) == (digest_of(package.files[name]), len(package.files[name]))


def test_a_restatement_names_the_version_before_by_its_digest() -> None:
    snapshot = a_restated_snapshot()
    made, _ = sealed(snapshot, place=AFTER)
    assert snapshot.restates is not None
    assert made.manifest.restates is not None
    assert (made.manifest.restates.version, made.manifest.restates.digest) == (1, snapshot.restates.digest)


def test_its_bytes_are_canonical_and_read_back_as_they_were() -> None:
    made, _ = sealed()
    assert made.body == rfc8785.dumps(json.loads(made.body))
    assert manifest_bytes(read_manifest(made.body)) == made.body
    assert made.digest == digest_of(made.body)


def test_its_package_is_called_by_area_kind_period_and_version() -> None:
    made, _ = sealed()
    assert package_name(made.manifest) == "moc-chau-statutory-month-2026-11-v1.zip"


@pytest.mark.parametrize(
    "changes",
    [
        {"more": 1},
        {"number": ...},
        {"number": "1"},
        {"number": 0},
        {"number": 2},
        {"previous": "a" * 64},
        {"version": 2},
        {"restates": {"version": 1, "digest": "a" * 64}},
        {"version": 2, "restates": {"version": 2, "digest": "a" * 64}},
        {"area": "../moc-chau"},
        {"kind": "a" * 41},
        {"period": "2026-11/.."},
        {"period": "2026-11\n"},
        {"due_at": "2026-11-16T08:00:00Z"},
        {"sealed_at": "2026-02-31T08:00:00+07:00"},
        {"known_at": "2026-11-16T25:00:00.000+07:00"},
        {"key": "A" * 64},
        {"files": {}},
        {"files": {"snapshot.json": {"sha256": "a" * 64, "bytes": 1, "media_type": "application/json"}}},
        {"format": "vn.ioc.manifest/2"},
        {"is_partial": 1},
        {"kpis": {"overdue_now": "no digest"}},
    ],
    ids=str,
)
def test_what_is_no_manifest_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ManifestError):
        read_manifest(body_with(**changes))


def test_the_same_content_in_other_bytes_is_refused() -> None:
    made, _ = sealed()
    told = json.loads(made.body)
    for other in (
        json.dumps(told).encode(),
        json.dumps(dict(reversed(told.items())), separators=(",", ":")).encode(),
        made.body + b"\n",
        made.body.replace(b'{"area"', b'{"area":"other","area"', 1),
        made.body.replace(b'"number":1,', b'"number":1.0,', 1),
    ):
        assert other != made.body
        with pytest.raises(ManifestError):
            read_manifest(other)


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"null", b"[" * 100_000, b"\xff\xfe", b'"\\ud800"', b" " * (LARGEST + 1)], ids=lambda b: b[:9]
)
def test_bytes_that_are_none_are_refused_and_never_more_than_that(body: bytes) -> None:
    with pytest.raises(ManifestError):
        read_manifest(body)
