"""The key of a display: ECDSA on P-256 with SHA-256, as WebCrypto makes it; the private half stays on the device."""

import base64
import hashlib
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    EllipticCurvePublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from dashboard.displays.errors import BadKeyError

_BYTES = 32


class PublicKey(msgspec.Struct, frozen=True):
    """A public key as a JSON Web Key (RFC 7517); what else a browser writes into one is left out."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str
    y: str

    def thumbprint(self) -> str:
        """Which key it is (RFC 7638): SHA-256 of its members in their order."""
        return _text(hashlib.sha256(msgspec.json.encode({"crv": self.crv, "kty": self.kty, "x": self.x, "y": self.y})))

    def check(self) -> None:
        """Raise `BadKeyError` where it is no point of the curve, or is written in more than one way."""
        for coordinate in (self.x, self.y):
            if _written(_number(coordinate)) != coordinate:
                raise BadKeyError
        self._opened()

    def signed(self, message: bytes, signature: str) -> bool:
        """Whether `signature` (r and s, 32 bytes each, base64url) is this key's for `message`."""
        try:
            raw = _bytes(signature)
            if len(raw) != 2 * _BYTES:
                return False
            r, s = int.from_bytes(raw[:_BYTES], "big"), int.from_bytes(raw[_BYTES:], "big")
            self._opened().verify(encode_dss_signature(r, s), message, ECDSA(SHA256()))
        except (InvalidSignature, BadKeyError, ValueError):
            return False
        return True

    def _opened(self) -> EllipticCurvePublicKey:
        try:
            return EllipticCurvePublicNumbers(_number(self.x), _number(self.y), SECP256R1()).public_key()
        except ValueError:
            raise BadKeyError from None


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _number(text: str) -> int:
    try:
        raw = _bytes(text)
    except ValueError:
        raise BadKeyError from None
    if len(raw) != _BYTES:
        raise BadKeyError
    return int.from_bytes(raw, "big")


def _written(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(_BYTES, "big")).decode().rstrip("=")


def _text(digest: "hashlib._Hash") -> str:
    return base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")
