"""Making a seal, pure: the manifest of a snapshot and its renderings, signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.document import Snapshot
from stream.snapshot.content.moments import second
from stream.snapshot.seal.errors import SealError
from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.seal.manifest import (
    JSON,
    MEDIA_TYPES,
    Manifest,
    SealedFile,
    digest_of,
    manifest_bytes,
    read_manifest,
)
from stream.snapshot.seal.telling import told_of


@dataclass(frozen=True)
class Sealed:
    """A seal: the manifest, its bytes as they were signed, the signature, and the digest that names the seal."""

    manifest: Manifest
    body: bytes
    signature: bytes
    digest: str


@dataclass(frozen=True)
class Place:
    """A place in the chain of a kind: its number from 1 on, and the digest of the manifest before (null for 1)."""

    number: int
    previous: str | None


FIRST = Place(1, None)


def sealable(snapshot: Snapshot, files: Mapping[str, bytes]) -> None:
    """Raise `SealError` for what must not be sealed: a draft, or renderings that can't be those of the snapshot."""
    if snapshot.draft:
        raise SealError("a dry run is not sealed")
    if set(files) != set(MEDIA_TYPES):
        raise SealError(f"a seal is of {', '.join(MEDIA_TYPES)}, not of {', '.join(sorted(files)) or 'nothing'}")
    if files[JSON] != canonical(snapshot):
        raise SealError(f"{JSON} is not the canonical JSON of the snapshot that is to be sealed")
    if empty := [name for name, body in files.items() if not body]:
        raise SealError(f"{', '.join(empty)}: there is nothing in it")


def signed(
    snapshot: Snapshot, files: Mapping[str, bytes], key: SigningKey, place: Place, sealed_at: datetime
) -> Sealed:
    """The seal of a snapshot with these renderings, at a place of its chain. Raises `SealError`."""
    sealable(snapshot, files)
    manifest = Manifest(
        **told_of(snapshot),
        number=place.number,
        previous=place.previous,
        sealed_at=second(sealed_at),
        key=key.id,
        files={name: _sealed_file(name, files[name]) for name in MEDIA_TYPES},
    )
    body = manifest_bytes(manifest)
    read_manifest(body)  # nothing is signed that nobody could read
    return Sealed(manifest, body, key.sign(body), digest_of(body))


def _sealed_file(name: str, body: bytes) -> SealedFile:
    return SealedFile(sha256=digest_of(body), bytes=len(body), media_type=MEDIA_TYPES[name])
