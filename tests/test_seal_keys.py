"""Keys are Ed25519 as openssl has them; who trusts an old one can follow to the new one, and no further."""

import base64
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.snapshot.seal.errors import KeyFileError
from stream.snapshot.seal.keyring import Keyring, read_keyring
from stream.snapshot.seal.keys import PublicKey, SigningKey
from stream.snapshot.seal.published import (
    Endorsement,
    ListedKey,
    PublishedKeys,
    endorse,
    endorsed,
    published_bytes,
    published_files,
    read_published,
)

FIRST, SECOND, THIRD, STRANGER = (SigningKey.generate() for _ in range(4))
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def listed(key: SigningKey, endorsement: Endorsement | None = None, *, revoked_at: str | None = None) -> ListedKey:
    return ListedKey(
        id=key.id, pem=key.public.pem, made_at="2026-10-01T08:00:00+07:00", retired_at=None, revoked_at=revoked_at,
        reason=None, endorsement=endorsement,
    )  # fmt: skip


def book(*keys: ListedKey) -> PublishedKeys:
    return PublishedKeys(keys=keys)


LINE = book(
    listed(THIRD, endorse(SECOND, THIRD.public, AT, "định kỳ")),
    listed(SECOND, endorse(FIRST, SECOND.public, AT, "định kỳ")),
    listed(FIRST),
)
"""Three keys, the newest first: the order of a list decides nothing."""


def test_a_signature_holds_for_these_bytes_and_this_key_only() -> None:
    signature = FIRST.sign(b"manifest")
    assert len(signature) == 64
    assert FIRST.public.verifies(b"manifest", signature)
    assert not FIRST.public.verifies(b"manifes", signature)
    assert not SECOND.public.verifies(b"manifest", signature)


def test_a_key_is_the_same_from_its_file_and_never_shows_its_private_part() -> None:
    again = SigningKey.from_pem(FIRST.pem)
    assert again.id == FIRST.id == PublicKey.from_pem(FIRST.public.pem).id
    assert again.sign(b"m") == FIRST.sign(b"m")
    assert FIRST.pem.splitlines()[1] not in repr(FIRST) + str(vars(FIRST))


def test_a_file_that_is_no_such_key_is_refused() -> None:
    other = generate_private_key(SECP256R1())
    private = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for body in (b"", b"-----BEGIN PUBLIC KEY-----\n", public, private, FIRST.pem.encode()):
        with pytest.raises(KeyFileError):
            PublicKey.from_pem(body)
    for body in (b"", public, private, FIRST.public.pem.encode()):
        with pytest.raises(KeyFileError):
            SigningKey.from_pem(body)


def test_whoever_trusts_the_oldest_key_follows_to_the_newest() -> None:
    ring = Keyring.of([FIRST.public], LINE)
    assert {key: each.trust for key, each in ring.trusted.items()} == {
        FIRST.id: "given", SECOND.id: "endorsed", THIRD.id: "endorsed",
    }  # fmt: skip
    assert not ring.refused


def test_whoever_trusts_a_newer_key_does_not_go_back_to_older_ones() -> None:
    ring = Keyring.of([SECOND.public], LINE)
    assert set(ring.trusted) == {SECOND.id, THIRD.id}
    assert ring.refused == {FIRST.id: "not_endorsed"}


def test_a_list_alone_is_trusted_but_for_endorsements_that_are_wrong() -> None:
    assert set(Keyring.of([], LINE).trusted) == {FIRST.id, SECOND.id, THIRD.id}
    wrong = book(listed(FIRST), listed(SECOND, endorse(STRANGER, SECOND.public, AT, "")))
    assert Keyring.of([], wrong).refused == {SECOND.id: "not_endorsed"}


def forged(**changes: object) -> Endorsement:
    """An endorsement of a stranger's key, made by the stranger, that claims to be the first key's."""
    true = endorse(STRANGER, STRANGER.public, AT, "")
    said = msgspec.json.decode(true.statement)
    statement = msgspec.json.encode(said | {"endorsed_by": FIRST.id} | changes, order="sorted")
    return Endorsement(
        by=FIRST.id,
        statement=statement.decode(),
        signature=base64.b64encode(STRANGER.sign(statement)).decode(),
    )


@pytest.mark.parametrize(
    "endorsement",
    [
        forged(),
        forged(key=SECOND.id),
        endorse(FIRST, SECOND.public, AT, "of another key"),
        msgspec.structs.replace(endorse(FIRST, STRANGER.public, AT, ""), signature="no base64"),
        msgspec.structs.replace(endorse(FIRST, STRANGER.public, AT, ""), signature=""),
        msgspec.structs.replace(endorse(FIRST, STRANGER.public, AT, ""), statement="{}"),
        msgspec.structs.replace(
            endorse(FIRST, STRANGER.public, AT, ""), statement=endorse(FIRST, STRANGER.public, AT, "x").statement
        ),
    ],
)
def test_a_key_whose_endorsement_is_not_the_old_keys_word_is_not_trusted(endorsement: Endorsement) -> None:
    ring = Keyring.of([FIRST.public], book(listed(FIRST), listed(STRANGER, endorsement)))
    assert set(ring.trusted) == {FIRST.id}
    assert ring.refused == {STRANGER.id: "wrong_endorsement"}


def test_a_line_that_nobody_trusted_begins_is_not_trusted() -> None:
    line = book(listed(STRANGER), listed(SECOND, endorse(STRANGER, SECOND.public, AT, "")))
    assert set(Keyring.of([FIRST.public], line).refused) == {STRANGER.id, SECOND.id}


def test_keys_that_endorse_each_other_are_trusted_by_nobody() -> None:
    circle = book(
        listed(SECOND, endorse(THIRD, SECOND.public, AT, "")), listed(THIRD, endorse(SECOND, THIRD.public, AT, ""))
    )
    assert not Keyring.of([], circle).trusted


def test_a_revoked_key_endorses_nothing_from_then_on() -> None:
    def ring(revoked_at: str) -> Keyring:
        endorsement = endorse(FIRST, SECOND.public, AT, "")
        return Keyring.of([FIRST.public], book(listed(FIRST, revoked_at=revoked_at), listed(SECOND, endorsement)))

    assert ring("2026-11-20T10:00:00+07:00").refused == {SECOND.id: "endorser_revoked"}
    assert SECOND.id in ring("2026-11-20T10:00:01+07:00").trusted


def test_the_published_list_reads_back_and_is_refused_where_a_key_is_not_the_one_named() -> None:
    body = published_bytes(LINE)
    assert read_published(body) == LINE
    wrong = book(msgspec.structs.replace(listed(FIRST), pem=SECOND.public.pem))
    never = book(listed(FIRST, revoked_at="2026-02-31T00:00:00+07:00"))
    for other in (
        published_bytes(wrong),
        published_bytes(never),
        published_bytes(book(listed(FIRST), listed(FIRST))),
        b"{}",
        b"",
        b"[" * 9999,
    ):
        with pytest.raises(KeyFileError):
            read_published(other)


@settings(max_examples=100)
@given(st.data())
def test_a_list_with_other_bytes_is_refused_or_read_and_nothing_worse(data: st.DataObject) -> None:
    body = bytearray(published_bytes(LINE))
    for _ in range(data.draw(st.integers(1, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        book = read_published(bytes(body))
    except KeyFileError:
        return
    assert set(Keyring.of([FIRST.public], book).trusted) <= {FIRST.id, SECOND.id, THIRD.id}


@pytest.mark.parametrize(
    "raw",
    ["01" + "00" * 31, "01" + "00" * 30 + "80", "00" * 32, "ec" + "ff" * 30 + "7f", "ee" + "ff" * 31,
     "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"],
)  # fmt: skip
def test_a_key_for_which_anybody_can_sign_is_none(raw: str) -> None:
    forged = Ed25519PublicKey.from_public_bytes(bytes.fromhex(raw))
    pem = forged.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(KeyFileError, match="anybody can sign"):
        read_keyring([pem])


def test_key_files_are_told_apart_and_one_list_is_enough() -> None:
    ring = read_keyring([FIRST.public.pem.encode(), published_bytes(LINE)])
    assert len(ring.trusted) == 3
    with pytest.raises(KeyFileError, match="one list"):
        read_keyring([published_bytes(LINE), published_bytes(LINE)])
    with pytest.raises(KeyFileError, match="private"):
        read_keyring([FIRST.pem.encode()])


def test_what_is_published_says_all_of_it_with_openssl_alone(tmp_path: Path) -> None:
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("openssl is not installed here")
    for name, body in published_files(LINE).items():
        (tmp_path / name).write_bytes(body)
    old, new = FIRST.id[:16], SECOND.id[:16]
    verify = [openssl, "pkeyutl", "-verify", "-pubin", "-rawin", "-inkey", f"{old}.pem"]
    about = ["-in", f"{new}.endorsed.json", "-sigfile", f"{new}.endorsed.sig"]
    assert subprocess.run([*verify, *about], cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert SECOND.id in (tmp_path / f"{new}.endorsed.json").read_text()


def test_what_the_old_key_said_can_be_read() -> None:
    said = endorsed(endorse(FIRST, SECOND.public, AT, "định kỳ"), FIRST.public, SECOND.public)
    assert said is not None
    assert (said.key, said.endorsed_by, said.made_at, said.reason) == (
        SECOND.id, FIRST.id, "2026-11-20T10:00:00+07:00", "định kỳ",
    )  # fmt: skip
