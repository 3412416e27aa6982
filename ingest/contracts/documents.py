"""Official documents (văn bản) as a document system tells of them, and the certificates that sign them.

One document has a life at every organ that has it: outgoing (văn bản đi) at its sender, incoming (văn bản đến) at each
receiver. What it says, who signed it and what is attached to it are not kept (domain handbook 4.1).
"""

from datetime import date
from enum import IntEnum
from typing import Annotated, Literal, TypeAlias

import msgspec

from ingest.contracts.envelope import Aware, Name, UnitCode
from ingest.contracts.onestop import Label
from ingest.contracts.rules import Level

DOCUMENT_RECORDED = "vn.ioc.document.recorded"
DOCUMENT_PROGRESSED = "vn.ioc.document.progressed"
CERTIFICATE_RECORDED = "vn.ioc.document.certificate.recorded"

Direction: TypeAlias = Literal["incoming", "outgoing"]
Act: TypeAlias = Literal["new", "recall", "update", "replace"]
"""`BussinessDocType` 0 to 3 of edXML: mới, thu hồi, cập nhật, thay thế."""
Signature: TypeAlias = Literal["none", "present", "valid", "invalid"]
"""present: there is one that was not checked, for want of a certificate chain to check it with."""


class DocumentStatus(IntEnum):
    """`StatusCode` of an edXML status message (handbook 4.1)."""

    ARRIVED = 1  # đã đến
    REFUSED = 2  # từ chối tiếp nhận
    RECEIVED = 3  # đã tiếp nhận
    ASSIGNED = 4  # phân công
    IN_PROGRESS = 5  # đang xử lý
    DONE = 6  # hoàn thành
    TAKEN_BACK = 13  # lấy lại
    AGREED = 15  # đồng ý thu hồi, cập nhật
    DISAGREED = 16  # từ chối thu hồi, cập nhật


class DocumentRecorded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document left its sender or reached a receiver, or was recalled, updated or replaced there.

    `organ` is the agency code whose life of the document this is, `sender` that of who issued it: the same where it is
    outgoing. The case, and the event's subject, is `document_case` of both with code and date.
    """

    direction: Direction
    organ: Name
    unit: UnitCode
    level: Level
    """The level of the organ: what its registration says."""
    sender: Name
    code: Name  # CodeNumber/CodeNotation: 123/UBND-VP
    promulgated_on: date
    at: Aware
    """When it was sent (outgoing) or arrived (incoming); of a recall, an update or a replacement, when that was."""
    act: Act = "new"
    kind: Label | None = None  # DocumentType/TypeName: Công văn, Quyết định
    priority: Annotated[int, msgspec.Meta(ge=0, le=9)] = 0  # OtherInfo/Priority: 0 ordinary
    secret: bool = False
    due_at: Aware | None = None
    electronic: bool = True
    signature: Signature = "none"
    certificate: Name | None = None
    """Whose signature it bears: the SHA-256 of the certificate, as `CertificateRecorded` names it."""
    attachments: Annotated[int, msgspec.Meta(ge=0)] = 0  # how many; never what


class DocumentProgressed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A status message: a step in the life of a document at an organ."""

    direction: Direction
    organ: Name
    unit: UnitCode
    level: Level
    sender: Name
    code: Name
    promulgated_on: date
    status: DocumentStatus
    at: Aware


class CertificateRecorded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A certificate (chứng thư số) that signs documents of a unit: its whole state.

    Its case, and the event's subject, is `certificate/` + certificate.
    """

    certificate: Name
    unit: UnitCode
    level: Level
    kind: Literal["organ", "person"]  # chứng thư số của cơ quan, của cá nhân
    valid_from: Aware
    valid_until: Aware
    revoked_at: Aware | None = None


def document_case(data: DocumentRecorded | DocumentProgressed) -> str:
    """The case of a document at an organ: an organ, a day and a code name a document for ever."""
    issued = f"{data.sender}/{data.promulgated_on.isoformat()}/{data.code}"
    return f"document/{data.direction}/{data.organ}/{issued}"
