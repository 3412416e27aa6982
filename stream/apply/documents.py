"""From a fact about a document or a certificate to the compact record in its timeline. Pure."""

from typing import Final

from ingest.contracts.documents import CertificateRecorded, DocumentProgressed, DocumentRecorded
from stream.apply.reading import Fact, Poison, moment_at
from stream.apply.records import Numbers
from stream.core.certificate import CertificateRecord
from stream.core.document_record import DocumentRecord, DocumentTold, Step

_ACTS: Final = {"new": Step.SENT, "recall": Step.RECALL, "update": Step.UPDATE, "replace": Step.REPLACE}
_SIGNATURES: Final = {
    "none": DocumentTold(0),
    "invalid": DocumentTold(0),
    "present": DocumentTold.SIGNATURE,
    "valid": DocumentTold.SIGNATURE | DocumentTold.SIGNED,
}
KINDS: Final = {"organ": 1, "person": 2}


def record_of_document(fact: Fact, numbers: Numbers, pos: int) -> DocumentRecord:
    """The record of the event at position `pos`. Raises `Poison` for a moment out of range."""
    del numbers
    data = fact.data
    if not isinstance(data, DocumentRecorded | DocumentProgressed):
        raise TypeError(f"not of a document: {type(data).__name__}")
    said, due, told = data.status if isinstance(data, DocumentProgressed) else _ACTS[data.act], None, 0
    if isinstance(data, DocumentRecorded):
        due = None if data.due_at is None else moment_at(data.due_at, "data.due_at")
        told = _told(data)
    return DocumentRecord(
        fact.eid, moment_at(data.at, "data.at"), int(said), int(data.unit), int(data.level),
        outgoing=data.direction == "outgoing", due=due, told=told, pos=pos,
    )  # fmt: skip


def _told(data: DocumentRecorded) -> int:
    """Bits of `DocumentTold`."""
    told = _SIGNATURES[data.signature]
    if not data.secret:
        told |= DocumentTold.OPEN
    if data.electronic:
        told |= DocumentTold.ELECTRONIC
    return int(told)


def record_of_certificate(fact: Fact, numbers: Numbers, pos: int) -> CertificateRecord:
    """The same of a certificate. Raises `Poison` also for one that ends before it begins."""
    del numbers
    data = fact.data
    if not isinstance(data, CertificateRecorded):
        raise TypeError(f"not of a certificate: {type(data).__name__}")
    valid_from, valid_until = (
        moment_at(data.valid_from, "data.valid_from"),
        moment_at(data.valid_until, "data.valid_until"),
    )
    if valid_until < valid_from:
        raise Poison("ends before it begins", "data.valid_until")
    return CertificateRecord(
        fact.eid, fact.at, int(data.unit), int(data.level), KINDS[data.kind], valid_from, valid_until,
        None if data.revoked_at is None else moment_at(data.revoked_at, "data.revoked_at"), pos,
    )  # fmt: skip
