"""One document (văn bản) with all that ever happens to it, planned as a whole."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from ingest.contracts.documents import Act, DocumentStatus, Signature
from ingest.simulator.documents.organs import Organ


class Mark(NamedTuple):
    """A step at an organ: a status, and when."""

    status: DocumentStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """The life of a document at an organ of ours that got it; its steps' moments rise strictly."""

    organ: Organ
    steps: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """A recall, an update or a replacement, and the answers of those who had the document."""

    act: Act
    at: datetime
    answers: tuple[tuple[Organ, Mark], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document. `signature` is what a check of it finds; `salt` decides what no figure depends on."""

    sender: Organ
    number: int
    notation: str
    kind: str
    promulgated_on: date
    sent_at: datetime
    receipts: tuple[Receipt, ...]
    outside: tuple[Organ, ...]
    due_on: date | None
    priority: int
    secret: bool
    electronic: bool
    signature: Signature
    attachments: int
    salt: int
    later: tuple[Later, ...] = ()

    @property
    def code(self) -> str:
        """Số và ký hiệu: 123/BC-UBND."""
        return f"{self.number}/{self.notation}"
