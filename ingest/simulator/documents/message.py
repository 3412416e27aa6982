"""The bodies that a document system sends: edXML of QCVN 102:2016 (handbook 4.1), as several vendors write it.

Subject, signer and staff stand in them as they do in real ones, so that privacy is put to the test; they are invented.
"""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from ingest.contracts.documents import Act
from ingest.simulator.documents.organs import Organ
from ingest.simulator.documents.paper import Mark, Paper
from ingest.simulator.people import officer, person

_ACTS: Final[dict[Act, int]] = {"new": 0, "recall": 1, "update": 2, "replace": 3}
_WORDS: Final = {
    1: "Đã đến", 2: "Từ chối tiếp nhận", 3: "Đã tiếp nhận", 4: "Phân công", 5: "Đang xử lý", 6: "Hoàn thành",
    13: "Lấy lại", 15: "Đồng ý", 16: "Từ chối",
}  # fmt: skip


class Vendor(NamedTuple):
    """How a vendor's software writes: its namespace, its prefix, and its dates."""

    namespace: str
    prefix: str
    day: str
    moment: str


VENDORS: Final = (
    Vendor("http://www.mic.gov.vn/TBT/QCVN_102_2016", "", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S+07:00"),
    Vendor("http://www.mic.gov.vn/TBT/QCVN_102_2016", "edXML", "%Y/%m/%d", "%Y/%m/%d %H:%M:%S"),
    Vendor("http://www.e-doc.vn/Schema/", "edoc", "%d/%m/%Y", "%d/%m/%Y %H:%M:%S"),
)


class _Writing:
    """Elements in a vendor's manner."""

    def __init__(self, vendor: Vendor) -> None:
        self._vendor = vendor
        self._prefix = f"{vendor.prefix}:" if vendor.prefix else ""

    def element(self, name: str, *inside: str) -> str:
        tag = self._prefix + name
        return f"<{tag}>{''.join(inside)}</{tag}>"

    def text(self, name: str, value: object) -> str:
        return self.element(name, escape(str(value)))

    def day(self, name: str, value: date) -> str:
        return self.text(name, value.strftime(self._vendor.day))

    def moment(self, name: str, value: datetime) -> str:
        return self.text(name, value.strftime(self._vendor.moment))

    def whole(self, *inside: str) -> bytes:
        tag = self._prefix + "edXML"
        colon = f":{self._vendor.prefix}" if self._vendor.prefix else ""
        space = f'xmlns{colon}="{self._vendor.namespace}"'
        return f'<?xml version="1.0" encoding="UTF-8"?><{tag} {space}>{"".join(inside)}</{tag}>'.encode()


def vendor_of(organ: Organ) -> Vendor:
    """Whose software an organ uses: the province's is one, the district's another."""
    return VENDORS[sum(organ.code.encode()) % len(VENDORS)]


def letter(paper: Paper, act: Act, at: datetime) -> bytes:
    """A document as it is sent, recalled, updated or replaced."""
    write = _Writing(vendor_of(paper.sender))
    header = write.element("MessageHeader", *_header(write, paper))
    traces = write.element(
        "TraceHeaderList",
        write.element("TraceHeader", write.text("OrganId", paper.sender.code), write.moment("Timestamp", at)),
        write.element(
            "TraceHeader", write.text("OrganId", "H52.TRUC"), write.moment("Timestamp", at + timedelta(seconds=2))
        ),
        write.element(
            "Bussiness",
            write.text("BussinessDocType", _ACTS[act]),
            write.text("BussinessDocReason", _reason(act)),
            write.text("DocumentId", _identity(paper)),
            write.text("Paper", 0),
        ),
    )
    body = write.element("edXMLBody", write.element("edXMLManifest", *_references(write, paper)))
    envelope = write.element("edXMLEnvelope", write.element("edXMLHeader", header, traces), body)
    return write.whole(envelope, write.element("AttachmentEncoded", *_attachments(write, paper)))


def status(paper: Paper, organ: Organ, step: Mark) -> bytes:
    """What an organ answers to the sender of a document."""
    write = _Writing(vendor_of(organ))
    told = write.element(
        "Status",
        write.element(
            "ResponseFor",
            write.text("OrganId", paper.sender.code),
            write.text("Code", paper.code),
            write.day("PromulgationDate", paper.promulgated_on),
            write.text("DocumentId", _identity(paper)),
        ),
        _organ(write, "From", organ),
        write.text("StatusCode", f"{step.status:02d}"),
        write.text("Description", _WORDS[step.status]),
        write.moment("Timestamp", step.at),
        write.element(
            "StaffInfo",
            write.text("Department", "Văn thư"),
            write.text("Staff", officer(paper.salt)),
            write.text("Mobile", person(paper.salt).phone),
        ),
    )
    return write.whole(write.element("edXMLEnvelope", write.element("edXMLHeader", told)))


def _header(write: _Writing, paper: Paper) -> Sequence[str]:
    receivers = [receipt.organ for receipt in paper.receipts] + list(paper.outside)
    signer = person(paper.salt)
    due = (write.day("DueDate", paper.due_on),) if paper.due_on is not None else ()
    secrecy = (write.text("SecurityLevel", "Mật"),) if paper.secret else ()
    return (
        _organ(write, "From", paper.sender),
        *(_organ(write, "To", organ) for organ in receivers),
        write.element(
            "Code", write.text("CodeNumber", paper.number), write.text("CodeNotation", paper.notation)
        ),
        write.element(
            "PromulgationInfo",
            write.text("Place", "Mộc Châu"),
            write.day("PromulgationDate", paper.promulgated_on),
        ),
        write.element("DocumentType", write.text("Type", 2), write.text("TypeName", paper.kind)),
        write.text("Subject", f"V/v giải quyết kiến nghị của ông (bà) {signer.name}"),
        write.text("Content", f"{paper.kind} về việc của {signer.name}, điện thoại {signer.phone}"),
        write.element(
            "SignerInfo",
            write.text("Competence", "TM."),
            write.text("Position", "Chủ tịch"),
            write.text("FullName", officer(paper.salt // 3)),
        ),
        *due,
        write.element("OtherInfo", write.text("Priority", paper.priority), *secrecy),
        write.text("SteeringType", int(paper.due_on is not None)),
        write.text("DocumentId", _identity(paper)),
    )  # fmt: skip


def _organ(write: _Writing, name: str, organ: Organ) -> str:
    return write.element(name, write.text("OrganId", organ.code), write.text("OrganName", organ.name))


def _references(write: _Writing, paper: Paper) -> list[str]:
    return [
        write.element(
            "Reference",
            write.text("ContentId", f"cid:{paper.salt:012x}-{number}"),
            write.text("ContentType", "application/pdf"),
        )
        for number in range(paper.attachments)
    ]


def _attachments(write: _Writing, paper: Paper) -> list[str]:
    content = b64encode(f"%PDF-1.7 {person(paper.salt).name} {paper.code}".encode() * 8).decode()
    return [
        write.element(
            "Attachment",
            write.text("AttachmentName", f"van-ban-{number}.pdf"),
            write.text("ContentTransferEncoded", "base64"),
            write.text("Content", content),
        )
        for number in range(paper.attachments)
    ]


def _identity(paper: Paper) -> str:
    return f"{paper.sender.code},{paper.promulgated_on.isoformat()},{paper.code}"


def _reason(act: Act) -> str:
    return {"new": "Văn bản mới", "recall": "Thu hồi", "update": "Cập nhật", "replace": "Thay thế"}[act]
