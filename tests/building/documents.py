"""Events about documents and certificates, as a document system would have sent them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, Final

import msgspec

from ingest.contracts.documents import (
    CERTIFICATE_RECORDED,
    DOCUMENT_PROGRESSED,
    DOCUMENT_RECORDED,
    CertificateRecorded,
    Direction,
    DocumentProgressed,
    DocumentRecorded,
    DocumentStatus,
)
from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.registry import case_of, dataschema
from ingest.contracts.rules import Level
from ingest.log.protocol import Entry
from tests.building.moments import local

SOURCE: Final = "documents.moc-chau"


@dataclass(frozen=True)
class ADocument:
    """`incoming("12/UBND-VP").sent("2026-01-05 09:00", due_at=…).told(DocumentStatus.RECEIVED, "…").events`."""

    names: dict[str, Any]
    events: tuple[Entry, ...] = field(default=())

    def sent(self, at: str, due: str | None = None, **said: Any) -> "ADocument":
        """The document itself: new, or by `act` recalled, updated, replaced."""
        due_at = None if due is None else local(due)
        return self._with(DOCUMENT_RECORDED, DocumentRecorded(**self.names, at=local(at), due_at=due_at, **said))

    def told(self, status: DocumentStatus, at: str) -> "ADocument":
        """A status message."""
        return self._with(DOCUMENT_PROGRESSED, DocumentProgressed(**self.names, status=status, at=local(at)))

    def naming(self, **names: Any) -> "ADocument":
        """From here on told of by other names, as another unit."""
        return replace(self, names={**self.names, **names})

    @property
    def case(self) -> str:
        """Its case."""
        return case_of(DocumentProgressed(**self.names, status=DocumentStatus.ARRIVED, at=local("2026-01-05 08:00")))

    def _with(self, event_type: str, data: DocumentRecorded | DocumentProgressed) -> "ADocument":
        return replace(self, events=(*self.events, _entry(event_type, case_of(data), data.at, data)))


def incoming(code: str = "12/UBND-VP", unit: str = "03980", level: Level = Level.COMMUNE) -> ADocument:
    """A document on its way to an organ."""
    return _document("incoming", code, unit, level)


def outgoing(code: str = "34/UBND-VP", unit: str = "03980", level: Level = Level.COMMUNE) -> ADocument:
    """A document that an organ issues."""
    return _document("outgoing", code, unit, level)


def a_certificate(
    name: str = "ab12", kind: str = "organ", valid: tuple[str, str] = ("2026-01-01 00:00", "2027-01-01 00:00"),
    revoked: str | None = None, at: str = "2026-01-01 08:00", unit: str = "03980",
) -> Entry:  # fmt: skip
    """A certificate as the list of certificates has it."""
    data = CertificateRecorded(
        certificate=name, unit=unit, level=Level.COMMUNE, kind=kind,  # type: ignore[arg-type] # tests say it as text
        valid_from=local(valid[0]), valid_until=local(valid[1]), revoked_at=None if revoked is None else local(revoked),
    )  # fmt: skip
    return _entry(CERTIFICATE_RECORDED, case_of(data), local(at), data)


def _document(direction: Direction, code: str, unit: str, level: Level) -> ADocument:
    organ = f"H52.17.{unit}"
    sender = organ if direction == "outgoing" else "H52.17"
    names = {"direction": direction, "organ": organ, "unit": unit, "level": level, "sender": sender, "code": code}
    return ADocument({**names, "promulgated_on": date(2026, 1, 5)})


def _entry(event_type: str, subject: str, at: datetime, data: Any) -> Entry:
    identity = blake2b(msgspec.json.encode(data), digest_size=16).hexdigest()
    envelope = Envelope(
        id=identity, source=SOURCE, type=event_type, subject=subject, time=at, dataschema=dataschema(event_type),
        data=wrap(data),
    )  # fmt: skip
    return Entry(subject, encode_envelope(envelope))
