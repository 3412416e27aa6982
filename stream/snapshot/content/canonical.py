"""The canonical bytes of a snapshot (RFC 8785): the same object is the same bytes, on every machine and for ever."""

from typing import Final

import msgspec
import rfc8785

from stream.snapshot.content.document import FORMAT, Snapshot, plain
from stream.snapshot.content.errors import NotCanonicalError, SnapshotError

_NEAR: Final = 24
"""Bytes of either side that an error names."""


def canonical(snapshot: Snapshot) -> bytes:
    """The object as canonical JSON, UTF-8. Raises `SnapshotError` for a number that JSON can't say exactly."""
    try:
        return rfc8785.dumps(plain(snapshot))
    except rfc8785.CanonicalizationError as error:
        raise SnapshotError(f"the snapshot has something in it that canonical JSON can't say: {error}") from None


def read(body: bytes) -> Snapshot:
    """The object that these bytes are the canonical form of; raises `NotCanonicalError` for all others."""
    try:
        snapshot = msgspec.json.decode(body, type=Snapshot)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotCanonicalError(f"this is no snapshot of the format {FORMAT}: {error}") from None
    written = canonical(snapshot)
    if written != body:
        raise NotCanonicalError(f"this is no canonical JSON (RFC 8785): {_where(body, written)}")
    return snapshot


def _where(body: bytes, written: bytes) -> str:
    """The first byte in which they differ, and what stands there."""
    pairs = enumerate(zip(body, written, strict=False))
    at = next((place for place, (one, other) in pairs if one != other), min(len(body), len(written)))
    found, wanted = (text[at : at + _NEAR].decode(errors="replace") for text in (body, written))
    return f"byte {at} and on is {found!r}, and would be {wanted!r}"
