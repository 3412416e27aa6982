"""The list of public keys that a centre publishes (`keys.json`), and how an old key names the one that replaces it."""

import base64
import binascii
from datetime import datetime
from typing import Final, Literal

import msgspec
import rfc8785

from stream.kpi.definition import Bilingual
from stream.snapshot.content.moments import second
from stream.snapshot.seal.errors import KeyFileError
from stream.snapshot.seal.keys import SIGNATURE_BYTES, PublicKey, SigningKey
from stream.snapshot.seal.manifest import Digest, Moment
from stream.snapshot.seal.moments import is_moment

FORMAT: Final = "vn.ioc.keys/1"
STATEMENT: Final = "vn.ioc.key-statement/1"
ABOUT: Final = Bilingual(
    "Khóa công khai (Ed25519) của bên niêm phong số liệu chốt kỳ. id là SHA-256 của 32 byte khóa. Khi thay khóa, khóa"
    " cũ ký lời xác nhận khóa mới (endorsement). Hãy đối chiếu id với bên niêm phong qua một kênh khác trước khi tin.",
    "Public keys (Ed25519) of who seals snapshots. An id is the SHA-256 of the key's 32 bytes. When a key is replaced,"
    " the old one signs a statement about the new one (endorsement). Compare the id with the sealer by another way.",
)


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Unknown keys are refused."""


class Statement(_Part, frozen=True, kw_only=True):
    """What the old key signs, as canonical JSON, when another takes its place; `public` is that one, in base64."""

    format: Literal["vn.ioc.key-statement/1"] = STATEMENT
    key: Digest
    public: str
    endorsed_by: Digest
    made_at: Moment
    reason: str


class Endorsement(_Part, frozen=True, kw_only=True):
    """A statement, byte for byte as it was signed, and the signature (base64) of the key `by`."""

    by: Digest
    statement: str
    signature: str


class ListedKey(_Part, frozen=True, kw_only=True):
    """A key as it is published: since when it is used, since when no more and why, and who endorsed it."""

    id: Digest
    algorithm: Literal["Ed25519"] = "Ed25519"
    pem: str
    made_at: Moment
    retired_at: Moment | None
    revoked_at: Moment | None
    reason: str | None
    endorsement: Endorsement | None

    @property
    def key(self) -> PublicKey:
        """The public key itself."""
        return PublicKey.from_pem(self.pem)


class PublishedKeys(_Part, frozen=True, kw_only=True):
    """The file `keys.json`, oldest key first."""

    format: Literal["vn.ioc.keys/1"] = FORMAT
    about: Bilingual = ABOUT
    keys: tuple[ListedKey, ...]


def endorse(old: SigningKey, new: PublicKey, made_at: datetime, reason: str) -> Endorsement:
    """The old key's word for the new one."""
    public = base64.b64encode(new.raw).decode()
    told = Statement(key=new.id, public=public, endorsed_by=old.id, made_at=second(made_at), reason=reason)
    statement = rfc8785.dumps(msgspec.to_builtins(told))
    return Endorsement(
        by=old.id, statement=statement.decode(), signature=base64.b64encode(old.sign(statement)).decode()
    )


def endorsed(endorsement: Endorsement, old: PublicKey, new: PublicKey) -> Statement | None:
    """What the old key said of the new one, or None where it is not its word, or not about that key."""
    try:
        signature = base64.b64decode(endorsement.signature, validate=True)
        said = msgspec.json.decode(endorsement.statement, type=Statement)
    except (binascii.Error, msgspec.DecodeError, UnicodeError):
        return None
    if len(signature) != SIGNATURE_BYTES or not old.verifies(endorsement.statement.encode(), signature):
        return None
    if not is_moment(said.made_at):
        return None
    is_about = said.key == new.id and said.public == base64.b64encode(new.raw).decode()
    return said if is_about and said.endorsed_by == old.id == endorsement.by else None


def published_bytes(keys: PublishedKeys) -> bytes:
    """The file, laid out for people too."""
    return msgspec.json.format(msgspec.json.encode(keys), indent=2) + b"\n"


def published_files(keys: PublishedKeys) -> dict[str, bytes]:
    """What is published, by file name: the list, each key as PEM, and what endorses it, for who has openssl only."""
    files = {"keys.json": published_bytes(keys)}
    for each in keys.keys:
        name = each.id[:16]
        files[f"{name}.pem"] = each.pem.encode()
        if each.endorsement is not None:
            files[f"{name}.endorsed.json"] = each.endorsement.statement.encode()
            files[f"{name}.endorsed.sig"] = base64.b64decode(each.endorsement.signature)
    return files


def read_published(body: bytes) -> PublishedKeys:
    """The list in such a file. Raises `KeyFileError`."""
    try:
        found = msgspec.json.decode(body, type=PublishedKeys, strict=True)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise KeyFileError(f"this is no list of public keys: {error}") from error
    for each in found.keys:
        if each.key.id != each.id:
            raise KeyFileError(f"the list has a key that is not the one with the id {each.id[:16]} beside it")
        if not all(map(is_moment, filter(None, (each.made_at, each.retired_at, each.revoked_at)))):
            raise KeyFileError(f"the list names a moment that does not exist beside the key {each.id[:16]}")
    if len({each.id for each in found.keys}) != len(found.keys):
        raise KeyFileError("the list has a key twice")
    return found
