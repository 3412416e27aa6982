"""The manifest (bản kê): what a seal is of, in one canonical JSON document, which is what is signed.

Canonical is JSON as RFC 8785 writes it: the same content has the same bytes on every machine. A manifest is read
strictly: unknown or missing fields, other bytes than the canonical ones and contradictions are refused, so that what
was signed has one meaning only.
"""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
import rfc8785

from stream.snapshot.content.document import Position, Rules
from stream.snapshot.seal.errors import ManifestError
from stream.snapshot.seal.moments import is_moment

FORMAT: Final = "vn.ioc.manifest/1"
JSON, XLSX, PDF = "snapshot.json", "snapshot.xlsx", "snapshot.pdf"
MEDIA_TYPES: Final[Mapping[str, str]] = {
    JSON: "application/json",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PDF: "application/pdf",
}
"""The renderings that every seal has, in the order of the package, and what each is."""

LARGEST: Final = 256 * 1024
"""Bytes of the largest manifest that is read; one of 100 KPIs has a tenth of it."""

Digest: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
"""SHA-256, in hexadecimal digits."""
Slug: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9-]{1,40}\Z")]
Moment: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+07:00\Z")
]  # fmt: skip
PeriodName: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}[0-9A-Z-]{0,8}\Z")]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Unknown keys are refused."""


class SealedFile(_Part, frozen=True, kw_only=True):
    """A rendering: its digest, its size in bytes, and what it is."""

    sha256: Digest
    bytes: Annotated[int, msgspec.Meta(ge=0, le=2**40)]
    media_type: str


class Restated(_Part, frozen=True, kw_only=True):
    """The version that this one takes the place of, and the digest of its manifest."""

    version: Count
    digest: Digest


class Manifest(_Part, frozen=True, kw_only=True):
    """What is sealed. `number` counts the seals of a kind (kind: id of the schedule) of an area without a gap.

    `previous` is the digest of the manifest with the number before. `cut`, `rules` and `kpis` (digests by id) are those
    of the snapshot: from which place of the log, by which calendars, definitions and program it was made. `sealed_at`
    is the sealer's word. `key` is the id of the key that signed: SHA-256 of its 32 public bytes.
    """

    format: Literal["vn.ioc.manifest/1"] = FORMAT
    area: Slug
    kind: Slug
    period: PeriodName
    version: Count
    number: Count
    previous: Digest | None
    due_at: Moment
    as_of: Moment
    known_at: Moment
    sealed_at: Moment
    is_partial: bool
    late: tuple[str, ...]
    restates: Restated | None
    cut: tuple[Position, ...]
    rules: Rules
    kpis: dict[str, Digest]
    key: Digest
    files: dict[str, SealedFile]


def manifest_bytes(manifest: Manifest) -> bytes:
    """The canonical JSON of the manifest: what is signed, and whose SHA-256 is the digest of the seal."""
    return rfc8785.dumps(msgspec.to_builtins(manifest))


def read_manifest(body: bytes) -> Manifest:
    """The manifest of these bytes. Raises `ManifestError`."""
    if len(body) > LARGEST:
        raise ManifestError(f"has {len(body):,} bytes, more than any manifest")
    try:
        manifest = msgspec.json.decode(body, type=Manifest, strict=True)
        again = manifest_bytes(manifest)
    except (msgspec.DecodeError, rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise ManifestError(str(error)) from error
    if again != body:
        raise ManifestError("is not written as canonical JSON (RFC 8785)")
    if (manifest.number == 1) != (manifest.previous is None):
        raise ManifestError("the first of its kind follows none, and every other one follows the one before")
    if (manifest.version == 1) != (manifest.restates is None):
        raise ManifestError("the first version restates none, and every other one restates one before")
    if manifest.restates is not None and manifest.restates.version >= manifest.version:
        raise ManifestError("restates a version that is not before it")
    if set(manifest.files) != set(MEDIA_TYPES):
        raise ManifestError(f"lists other files than {', '.join(MEDIA_TYPES)}")
    for moment in (manifest.due_at, manifest.as_of, manifest.known_at, manifest.sealed_at):
        if not is_moment(moment):
            raise ManifestError(f"names {moment}, which is no moment")
    return manifest


def digest_of(body: bytes) -> str:
    """SHA-256 in hexadecimal digits, as every digest here is."""
    return hashlib.sha256(body).hexdigest()


def package_name(manifest: Manifest) -> str:
    """The name of the package's file: `<area>-<kind>-<period>-v<version>.zip`."""
    return f"{manifest.area}-{manifest.kind}-{manifest.period}-v{manifest.version}.zip"
