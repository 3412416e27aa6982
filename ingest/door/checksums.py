"""Whether a webhook comes from who it says: BigBlueButton's checksum over address, body and secret. Pure.

The hook (bbb-webhooks) posts to the address it was registered with, to which it adds `checksum`: the digest of that
address, the body as it is on the wire, and the secret that both sides know. Up to BigBlueButton 2.6 it took, instead
of the body, the JSON object that the form was made of; that one is checked when the first does not fit, after nothing
but the form was decoded.
"""

import hmac
import re
from collections.abc import Iterator
from hashlib import new
from typing import Final

import msgspec

from ingest.refusal import RefusedError
from ingest.sources.bigbluebutton_wire import form_fields

_ALGORITHMS: Final = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
"""By the length of the digest in hex: which one a server uses is its own setting (A, bbb-web `checksumAlgorithm`)."""

_NOBODY: Final = "\0no such source"
_NUMBER: Final = re.compile(rb"[0-9]{1,16}")


def fits(checksum: str, callback: str, body: bytes, secret: str | None) -> bool:
    """Whether a checksum is that of the post; without a secret never, after the same work."""
    algorithm = _ALGORITHMS.get(len(checksum), "sha1")
    found = [_same(_digest(algorithm, callback, text, secret or _NOBODY), checksum) for text in _signed(body)]
    return any(found) and bool(secret)


def same_secret(given: str, secret: str | None) -> bool:
    """Whether the secret itself was sent, in a time that tells nothing about it."""
    return _same(secret or _NOBODY, given) and bool(secret)


def without_checksum(url: str) -> str:
    """The address that a post was asked for, as its hook was registered: everything but `checksum` is left as it is."""
    address, question, asked = url.partition("?")
    left = "&".join(part for part in asked.split("&") if not part.startswith("checksum="))
    return address + question + left if left else address


def _signed(body: bytes) -> Iterator[bytes]:
    yield body
    if body[:1] not in (b"{", b"["):
        try:
            yield _as_object(form_fields(body))
        except (RefusedError, UnicodeDecodeError):
            return


def _as_object(fields: dict[str, bytes]) -> bytes:
    """What JavaScript's `JSON.stringify` made of the fields; the timestamp was a number there."""
    pairs = (
        msgspec.json.encode(name)
        + b":"
        + (value if name == "timestamp" and _NUMBER.fullmatch(value) else msgspec.json.encode(value.decode()))
        for name, value in fields.items()
    )
    return b"{" + b",".join(pairs) + b"}"


def _digest(algorithm: str, callback: str, text: bytes, secret: str) -> str:
    told = callback.encode("utf-8", "surrogateescape") + text + secret.encode()
    return new(algorithm, told, usedforsecurity=False).hexdigest()


def _same(ours: str, given: str) -> bool:
    return hmac.compare_digest(ours.encode(), given.encode("utf-8", "surrogateescape"))
