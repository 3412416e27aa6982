"""Keys of seals: Ed25519 (RFC 8032), by the library `cryptography`; files are PEM as openssl reads and writes them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from stream.snapshot.seal.errors import KeyFileError
from stream.snapshot.seal.manifest import digest_of

SIGNATURE_BYTES: Final = 64
_SMALL: Final = frozenset(
    bytes.fromhex(each)
    for each in (
        "00" * 32,
        "01" + "00" * 31,
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        *(f"{first}{'ff' * 30}7f" for first in ("ec", "ed", "ee")),
    )
)
"""The points of small order, in all their spellings but for the sign: of such a "key" anybody makes signatures."""


@dataclass(frozen=True)
class PublicKey:
    """The part of a key that everybody may have: 32 bytes."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != 32:
            raise KeyFileError(f"a public key has 32 bytes, not {len(self.raw)}")
        if self.raw[:31] + bytes([self.raw[31] & 0x7F]) in _SMALL:
            raise KeyFileError("this is a public key for which anybody can sign: it is nobody's")

    @classmethod
    def from_pem(cls, text: str | bytes) -> "PublicKey":
        """The key of a PEM file ("BEGIN PUBLIC KEY"). Raises `KeyFileError`."""
        body = text.encode() if isinstance(text, str) else text
        if b"PRIVATE KEY" in body:
            raise KeyFileError("this is a private key, which nobody but the sealer may have: give its public part")
        try:
            found = load_pem_public_key(body)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyFileError("this is no public key in a PEM file") from error
        if not isinstance(found, Ed25519PublicKey):
            raise KeyFileError("this is a public key, but none of Ed25519")
        return cls(found.public_bytes_raw())

    @cached_property
    def id(self) -> str:
        """The fingerprint that names the key: SHA-256 of its bytes, in hexadecimal digits."""
        return digest_of(self.raw)

    @property
    def pem(self) -> str:
        """The key as a PEM file."""
        return self._key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def verifies(self, body: bytes, signature: bytes) -> bool:
        """Whether the signature over these bytes was made with the private part of this key."""
        try:
            self._key.verify(signature, body)
        except InvalidSignature:
            return False
        return True

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.raw)


class SigningKey:
    """A key with its private part, which is never shown."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = PublicKey(private.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> "SigningKey":
        """A new key."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, text: str | bytes) -> "SigningKey":
        """The key of an unencrypted PEM file ("BEGIN PRIVATE KEY"). Raises `KeyFileError`."""
        try:
            found = load_pem_private_key(text.encode() if isinstance(text, str) else text, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyFileError("this is no unencrypted private key in a PEM file") from error
        if not isinstance(found, Ed25519PrivateKey):
            raise KeyFileError("this is a private key, but none of Ed25519")
        return cls(found)

    @property
    def id(self) -> str:
        """The fingerprint of its public part."""
        return self.public.id

    @property
    def pem(self) -> str:
        """The private key as a PEM file: to be kept secret."""
        return self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def sign(self, body: bytes) -> bytes:
        """The signature over these bytes: 64 bytes, the same whenever it is made."""
        return self._private.sign(body)

    def __repr__(self) -> str:
        return f"SigningKey({self.id[:16]})"
