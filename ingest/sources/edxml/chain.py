"""The certificates that the centre trusts, and what a certificate says of whom it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from ingest.contracts.documents import Signature
from ingest.errors import IngestError
from ingest.sources.edxml.conventions import conventions

Kind: TypeAlias = Literal["organ", "person"]


class UnreadableChainError(IngestError):
    """A certificate chain that can't be read."""

    retriable = False


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates of authorities that signatures are checked against."""

    authorities: tuple[x509.Certificate, ...]

    @classmethod
    def from_pem(cls, pem: bytes) -> "Trust":
        """All certificates of a PEM file. Raises `UnreadableChainError` for anything but one or more of them."""
        try:
            return cls(tuple(x509.load_pem_x509_certificates(pem)))
        except ValueError as error:
            raise UnreadableChainError(f"not a certificate chain in PEM: {error}") from None


class Certificate(NamedTuple):
    """What is kept of a certificate; never whose it is."""

    fingerprint: str
    kind: Kind
    valid_from: datetime
    valid_until: datetime


class Signed(NamedTuple):
    """What became of the signatures of a message, and the certificates of the valid ones."""

    state: Signature
    certificates: tuple[Certificate, ...] = ()


UNSIGNED: Final = Signed("none")


def certificate(found: x509.Certificate) -> Certificate:
    """The fingerprint (SHA-256), the kind and the term of a certificate."""
    return Certificate(
        fingerprint=found.fingerprint(SHA256()).hex(),
        kind=_kind(found.subject),
        valid_from=found.not_valid_before_utc,
        valid_until=found.not_valid_after_utc,
    )


def _kind(subject: x509.Name) -> Kind:
    known = conventions()
    if any(attribute.oid.dotted_string in known.person_attributes for attribute in subject):
        return "person"
    numbers = (str(each.value).casefold() for each in subject.get_attributes_for_oid(NameOID.USER_ID))
    return "person" if any(number.startswith(known.person_ids) for number in numbers) else "organ"
