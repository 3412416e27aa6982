"""A package is checked with the public key alone: what was changed is found, and is told in words of both languages."""

import string
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.document import Snapshot
from stream.snapshot.seal.checking import check, check_package, check_packed
from stream.snapshot.seal.errors import SealError
from stream.snapshot.seal.findings import Findings
from stream.snapshot.seal.keyring import Keyring
from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.seal.making import FIRST, Place, signed
from stream.snapshot.seal.manifest import digest_of, manifest_bytes, read_manifest
from stream.snapshot.seal.package import MANIFEST, SIGNATURE, Package
from stream.snapshot.seal.published import Endorsement, ListedKey, PublishedKeys, endorse
from stream.snapshot.seal.wording import words
from tests.building.seals import KEY, OTHER_KEY, SEALED_AT, TRUSTING, files_of, packed, sealed
from tests.building.snapshots import a_snapshot, a_witness

_, GOOD = sealed()
BODY = packed(GOOD)


def codes(found: Findings) -> list[str]:
    return [each.code for each in found.errors]


def with_files(**files: bytes) -> Package:
    """The good package with other bytes in `json`, `xlsx` or `pdf`."""
    return package_with(files={**GOOD.files, **{f"snapshot.{end}": body for end, body in files.items()}})


def package_with(**changes: object) -> Package:
    return Package(**{"manifest": GOOD.manifest, "signature": GOOD.signature, "files": GOOD.files, **changes})  # type: ignore[arg-type]  # names and types are those of Package


def test_what_was_sealed_is_proven() -> None:
    checked = check_packed(BODY, TRUSTING)
    assert checked.findings.is_proven
    assert [each.code for each in checked.findings] == ["signature.good", "file.good", "form.good"]
    assert checked.snapshot == a_snapshot()
    assert checked.digest == digest_of(GOOD.manifest)


@settings(max_examples=120)
@given(st.data())
def test_no_byte_of_any_file_can_be_changed_even_where_the_archive_is_packed_anew(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([MANIFEST, SIGNATURE, *GOOD.files]))
    parts = {MANIFEST: GOOD.manifest, SIGNATURE: GOOD.signature, **GOOD.files}
    body = bytearray(parts[name])
    body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    parts[name] = bytes(body)
    package = Package(parts.pop(MANIFEST), parts.pop(SIGNATURE), parts)
    assert not check_packed(packed(package), TRUSTING).findings.is_proven


@settings(max_examples=120)
@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_no_byte_of_the_archive_can_be_changed(at: int, change: int) -> None:
    body = bytearray(BODY)
    body[at] ^= change
    assert not check_packed(bytes(body), TRUSTING).findings.is_proven


def test_the_file_that_was_changed_is_named() -> None:
    found = check(with_files(pdf=GOOD.files["snapshot.pdf"] + b" "), TRUSTING)
    assert [(each.code, each.where) for each in found.errors] == [
        ("file.size", "snapshot.pdf"), ("file.digest", "snapshot.pdf"),
    ]  # fmt: skip


def forged(change: Callable[[Snapshot], Snapshot], key: SigningKey | None = None) -> Package:
    """The package after somebody changed the snapshot and made all digests right again, signed by `key` if any."""
    snapshot = change(a_snapshot())
    files = files_of(snapshot)
    made = signed(snapshot, files, key or OTHER_KEY, FIRST, SEALED_AT)
    manifest = manifest_bytes(msgspec.structs.replace(made.manifest, key=KEY.id))
    return Package(manifest, GOOD.signature if key is None else key.sign(manifest), files)


def nicer(snapshot: Snapshot) -> Snapshot:
    """Nobody is overdue any more."""
    figures = tuple(
        msgspec.structs.replace(each, value=0) if each.kpi == "overdue_now" else each for each in snapshot.figures
    )
    return msgspec.structs.replace(snapshot, figures=figures)


@pytest.mark.parametrize("key", [None, OTHER_KEY], ids=["old signature", "signed by another key"])
def test_a_changed_figure_is_found_though_every_digest_was_made_right(key: SigningKey | None) -> None:
    assert codes(check(forged(nicer, key), TRUSTING)) == ["signature.wrong"]


def test_another_key_than_the_one_trusted_is_told() -> None:
    _, package = sealed(key=OTHER_KEY)
    assert codes(check(package, TRUSTING)) == ["key.unknown"]
    assert codes(check(package, Keyring.of([]))) == ["key.unknown"]


def ring(
    *, revoked_at: str | None = None, retired_at: str | None = None, endorsement: Endorsement | None = None
) -> Keyring:
    listed = ListedKey(
        id=KEY.id, pem=KEY.public.pem, made_at="2026-01-01T00:00:00+07:00", retired_at=retired_at,
        revoked_at=revoked_at, reason="mất máy", endorsement=endorsement,
    )  # fmt: skip
    roots = [] if endorsement is None else [OTHER_KEY.public]
    return Keyring.of(roots, PublishedKeys(keys=(listed,)))


def test_a_key_that_a_trusted_one_endorsed_is_trusted_and_one_endorsed_wrongly_is_not() -> None:
    endorsed = check(GOOD, ring(endorsement=endorse(OTHER_KEY, KEY.public, SEALED_AT, "")))
    assert endorsed.is_proven
    assert "khóa trước xác nhận" in endorsed.all[0].text.vi
    wrong = msgspec.structs.replace(endorse(KEY, KEY.public, SEALED_AT, ""), by=OTHER_KEY.id)
    assert codes(check(GOOD, ring(endorsement=wrong))) == ["key.not_trusted"]


def test_what_was_sealed_before_the_key_was_revoked_holds_as_told_and_what_after_does_not() -> None:
    before = check(GOOD, ring(revoked_at="2026-11-16T08:00:21+07:00"))
    assert before.is_proven
    warning = before.all[1]
    assert (warning.severity, warning.code) == ("warning", "key.revoked_since")
    assert "mất máy" in warning.text.vi
    assert "sealer's word only" in warning.text.en
    assert codes(check(GOOD, ring(revoked_at="2026-11-16T08:00:20+07:00"))) == ["key.revoked_before"]


def test_a_key_that_was_out_of_use_seals_nothing() -> None:
    assert check(GOOD, ring(retired_at="2026-11-16T08:00:20+07:00")).is_proven
    assert codes(check(GOOD, ring(retired_at="2026-11-16T08:00:19+07:00"))) == ["key.retired_before"]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "index-month"},
        {"area": "son-la"},
        {"version": 2, "restates": {"version": 1, "digest": "a" * 64}},
        {"period": "2026-10"},
        {"due_at": "2026-11-17T08:00:00+07:00"},
        {"as_of": "2026-11-13T23:59:59+07:00"},
        {"known_at": "2026-11-16T08:00:00.001+07:00"},
        {"is_partial": False},
        {"late": []},
        {"cut": []},
        {"kpis": {}},
        {"rules": {"code": "2", "meaning": "2", "calendars": [], "registers": []}},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_manifest_that_says_something_else_than_the_json_is_found(changes: dict[str, object]) -> None:
    body = rfc8785.dumps(msgspec.to_builtins(read_manifest(GOOD.manifest)) | changes)
    found = check(Package(body, KEY.sign(body), GOOD.files), TRUSTING)
    assert set(codes(found)) == {"json.differs"}
    assert next(iter(changes)) in {each.facts["field"] for each in found.errors}


def resealed(json: bytes) -> Package:
    """A package whose sealer signed another JSON: the key is right, the content is not."""
    made = read_manifest(GOOD.manifest)
    file = msgspec.structs.replace(made.files["snapshot.json"], sha256=digest_of(json), bytes=len(json))
    body = manifest_bytes(msgspec.structs.replace(made, files=made.files | {"snapshot.json": file}))
    return Package(body, KEY.sign(body), {**GOOD.files, "snapshot.json": json})


def test_json_that_is_not_canonical_or_no_snapshot_is_found() -> None:
    json = GOOD.files["snapshot.json"]
    for body in (json + b"\n", json.replace(b'"draft":false', b'"draft": false'), b"{}", b"\xff", b"[" * 10_000):
        assert codes(check(resealed(body), TRUSTING)) == ["json.unreadable"]


def test_a_dry_run_is_no_snapshot() -> None:
    assert codes(check(resealed(canonical(a_snapshot(draft=True))), TRUSTING)) == ["json.draft"]


def test_a_form_that_does_not_add_up_is_found_row_by_row() -> None:
    snapshot = a_snapshot()
    area, *units = snapshot.forms
    row = area.rows[0]
    more = msgspec.structs.replace(row, cells=(row.cells[0] + 1, *row.cells[1:]))
    changed = msgspec.structs.replace(area, rows=(more, *area.rows[1:]))
    found = check(resealed(canonical(a_snapshot(forms=(changed, *units)))), TRUSTING)
    assert {each.facts["rule"] for each in found.errors} == {"3 = 4+5+6", "3 = 7+11", "3 = Σ"}
    assert {each.facts["row"] for each in found.errors} == {"Cấp tỉnh, Đất đai", "Cấp tỉnh", "Tổng số"}
    assert all(each.where == "snapshot.json form/area" for each in found.errors)
    short = msgspec.structs.replace(area, total=area.total[:-1])
    assert not check(resealed(canonical(a_snapshot(forms=(short, *units)))), TRUSTING).is_proven


def test_the_manifest_before_has_to_be_the_one_that_is_named() -> None:
    before, _ = sealed()
    snapshot = a_snapshot(period=msgspec.structs.replace(a_snapshot().period, name="2026-12"))
    _, package = sealed(snapshot, place=Place(2, before.digest))
    assert check(package, TRUSTING, previous=before.body).is_proven
    assert codes(check(package, TRUSTING, previous=before.body + b" ")) == ["chain.link"]


def test_a_seal_dated_before_what_it_is_known_as_of_is_told_but_holds() -> None:
    _, package = sealed(sealed_at=SEALED_AT - timedelta(hours=1))
    found = check(package, TRUSTING)
    assert found.is_proven
    assert "moments.order" in [each.code for each in found]


def test_a_missing_or_an_added_file_is_found() -> None:
    files = {name: body for name, body in GOOD.files.items() if name != "snapshot.pdf"}
    assert codes(check(package_with(files=files), TRUSTING)) == ["file.missing"]
    assert codes(check(package_with(files={**GOOD.files, "snapshot.exe": b""}), TRUSTING)) == ["file.extra"]


def test_a_manifest_that_can_not_be_read_ends_the_check() -> None:
    checked = check_package(package_with(manifest=b"{}"), TRUSTING)
    assert codes(checked.findings) == ["manifest.unreadable"]
    assert checked.manifest is None


def test_every_finding_has_words_in_both_languages_with_the_same_facts() -> None:
    def facts(text: str) -> set[str]:
        return {
            name.removesuffix("_vi").removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name
        }

    for code, said in words().findings.items():
        assert facts(said.vi) == facts(said.en), code


@pytest.mark.parametrize(
    ("snapshot", "files"),
    [
        (a_snapshot(draft=True), files_of(a_snapshot(draft=True))),
        (a_snapshot(), {**files_of(a_snapshot()), "snapshot.json": canonical(a_snapshot(version=3))}),
        (a_snapshot(), {"snapshot.json": canonical(a_snapshot())}),
        (a_snapshot(), {**files_of(a_snapshot()), "snapshot.pdf": b""}),
        (a_snapshot(version=2), files_of(a_snapshot(version=2))),
        (a_snapshot(area="Mộc Châu"), files_of(a_snapshot(area="Mộc Châu"))),
    ],
    ids=["a draft", "another JSON", "a rendering missing", "an empty one", "restates nothing", "no slug"],
)
def test_what_must_not_be_sealed_is_not(snapshot: Snapshot, files: dict[str, bytes]) -> None:
    with pytest.raises(SealError):
        signed(snapshot, files, KEY, FIRST, SEALED_AT)


def test_a_snapshot_that_nobody_waited_for_is_not_late() -> None:
    made, _ = sealed(a_snapshot(witness=a_witness(late=(), missing=())))
    assert (made.manifest.is_partial, made.manifest.late) == (False, ())
