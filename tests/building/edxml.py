"""Messages of document systems as edXML, as vendors of three shapes write them, signed or not.

- `STANDARD`: root `edXML`, envelope with header and body, files beside it; days `2026/06/05` (QCVN 102:2016)
- `SOAP`: an older one, in a SOAP envelope, with `Secret`, days `05/06/2026`, `Business` spelled right
- `FLAT`: no envelope, another namespace, ISO moments with a zone, `DocumentId` a number of the system
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from ingest.registration import Source

COMMUNE = "H52.17.18"
OTHER_COMMUNE = "H52.17.20"
DISTRICT = "000.00.17.H52"
ABROAD = "000.00.19.H01"

DOCUMENTS = Source(
    "documents",
    "edxml",
    {COMMUNE: "03980", OTHER_COMMUNE: "03985", DISTRICT: "00123"},
    levels={DISTRICT: 2},
    streams=("documents",),
)


def local(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    """A moment of June 2026, as a vendor's clock shows it."""
    return datetime.fromisoformat(f"2026-06-{day:02}T{hour:02}:{minute:02}:{second:02}")


SENT = local(5, 9, 10, 11)
TOLD = local(5, 10, 0)


@dataclass(frozen=True)
class Vendor:
    """How a vendor writes: namespace, prefix, shape, days and moments."""

    name: str
    namespace: str
    prefix: str
    day: Callable[[date], str]
    moment: Callable[[datetime], str]
    business: str = "Bussiness"


STANDARD = Vendor(
    "standard",
    "http://www.mic.gov.vn/TBT/QCVN_102_2016",
    "edXML:",
    lambda day: day.strftime("%Y/%m/%d"),
    lambda at: at.strftime("%Y/%m/%d %H:%M:%S"),
)
SOAP = Vendor(
    "soap",
    "http://www.e-doc.vn/Schema/",
    "e:",
    lambda day: day.strftime("%d/%m/%Y"),
    lambda at: at.strftime("%d/%m/%Y %H:%M:%S"),
    business="Business",
)
FLAT = Vendor(
    "flat",
    "http://lienthong.go.vn/eDoc",
    "",
    lambda day: day.isoformat(),
    lambda at: at.isoformat() + "+07:00",
)
VENDORS = (STANDARD, SOAP, FLAT)


@dataclass(frozen=True)
class Message:
    """A document that is sent from one organ to others, at moments of local time."""

    vendor: Vendor = STANDARD
    sender: str = DISTRICT
    receivers: tuple[str, ...] = (COMMUNE,)
    number: str | None = "123"
    notation: str | None = "UBND-VP"
    day: date | str | None = date(2026, 6, 5)
    traces: tuple[tuple[str, datetime], ...] = ((DISTRICT, SENT),)
    act: int | str | None = 0
    kind: str | None = "Công văn"
    due: str | None = None
    other: str = "<P:Priority>0</P:Priority>"
    identity: str | None = None
    business: str = ""
    files: tuple[str, ...] = ()
    paper: str = "0"
    people: str = "Nguyễn Văn Sơn"
    subject: str = "V/v báo cáo tình hình thực hiện nhiệm vụ"
    signature: str = ""
    header_attributes: str = ""

    def but(self, **changes: Any) -> "Message":
        """The same with changes."""
        return replace(self, **changes)

    def body(self) -> bytes:
        """The bytes as they are sent."""
        return _prefixed(self.vendor, _SHAPES[self.vendor.name](self)).encode()


@dataclass(frozen=True)
class Status:
    """A status message of an organ about a document."""

    vendor: Vendor = STANDARD
    teller: str = COMMUNE
    sender: str = DISTRICT
    code: str = "<P:Code><P:CodeNumber>123</P:CodeNumber><P:CodeNotation>UBND-VP</P:CodeNotation></P:Code>"
    day: date | None = date(2026, 6, 5)
    identity: str | None = None
    status: str = "03"
    at: datetime | None = TOLD
    receivers: Sequence[str] = field(default_factory=tuple)

    def but(self, **changes: Any) -> "Status":
        """The same with changes."""
        return replace(self, **changes)

    def body(self) -> bytes:
        """The bytes as they are sent."""
        vendor = self.vendor
        told = (
            "<P:Status><P:ResponseFor>"
            + _element("OrganId", self.sender)
            + self.code
            + (_element("PromulgationDate", vendor.day(self.day)) if self.day else "")
            + _element("DocumentId", self.identity)
            + "</P:ResponseFor>"
            + _organ("From", self.teller)
            + "".join(_organ("To", receiver) for receiver in self.receivers)
            + _element("StatusCode", self.status)
            + _element("Description", "Đã tiếp nhận, giao chị Hà xử lý")
            + (_element("Timestamp", vendor.moment(self.at)) if self.at else "")
            + "<P:StaffInfo><P:Department>Văn phòng</P:Department><P:Staff>Lò Thị Hà</P:Staff>"
            "<P:Email>ha@example.vn</P:Email><P:Mobile>0912345678</P:Mobile></P:StaffInfo></P:Status>"
        )
        whole = {
            "standard": f"<P:edXMLEnvelope xmlns:edXML='{vendor.namespace}'><P:edXMLHeader>{told}</P:edXMLHeader>"
            "</P:edXMLEnvelope>",
            "soap": _soap(vendor, told, "<S:Body/>"),
            "flat": f"<eDoc xmlns='{vendor.namespace}'>{told}</eDoc>",
        }[vendor.name]
        return _prefixed(vendor, whole).encode()


def several(*messages: Message | Status) -> bytes:
    """One body of several messages."""
    return b"<Messages>" + b"".join(message.body() for message in messages) + b"</Messages>"


def _standard(message: Message) -> str:
    references = "".join(
        f"<P:Reference><P:AttachmentName>{escape(message.people)}.pdf</P:AttachmentName>"
        f"<P:ContentId>cid:{number}</P:ContentId></P:Reference>"
        for number in range(len(message.files))
    )
    files = f"<AttachmentEncoded>{_files(message)}</AttachmentEncoded>" if message.files else ""
    namespace = message.vendor.namespace
    return (
        f'<edXML xmlns="{namespace}"><P:edXMLEnvelope xmlns:edXML="{namespace}"><P:edXMLHeader>'
        + _header(message)
        + _traces(message, inside=_business(message))
        + message.signature
        + "</P:edXMLHeader><P:edXMLBody><P:edXMLManifest version='1.0'>"
        + references
        + f"</P:edXMLManifest></P:edXMLBody></P:edXMLEnvelope>{files}</edXML>"
    )


def _soap_shape(message: Message) -> str:
    header = _header(message) + _traces(message, inside="") + _business(message) + message.signature
    return _soap(message.vendor, header, f"<S:Body><P:Manifest>{_files(message)}</P:Manifest></S:Body>")


def _flat(message: Message) -> str:
    files = _files(message)
    inside = _header(message) + _traces(message, inside="") + _business(message) + message.signature + files
    return f'<eDoc xmlns="{message.vendor.namespace}">{inside}</eDoc>'


_SHAPES = {"standard": _standard, "soap": _soap_shape, "flat": _flat}


def _soap(vendor: Vendor, header: str, body: str) -> str:
    return (
        f'<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/" xmlns:e="{vendor.namespace}">'
        f"<S:Header>{header}</S:Header>{body}</S:Envelope>"
    )


def _header(message: Message) -> str:
    day = message.day
    written = message.vendor.day(day) if isinstance(day, date) else day
    number, notation = _element("CodeNumber", message.number), _element("CodeNotation", message.notation)
    return (
        f"<P:MessageHeader{message.header_attributes}>"
        + _organ("From", message.sender)
        + "".join(_organ("To", receiver) for receiver in message.receivers)
        + (f"<P:Code>{number}{notation}</P:Code>" if number or notation else "")
        + f"<P:PromulgationInfo><P:Place>Mộc Châu</P:Place>{_element('PromulgationDate', written)}</P:PromulgationInfo>"
        + f"<P:DocumentType><P:Type>18</P:Type>{_element('TypeName', message.kind)}</P:DocumentType>"
        + _element("Subject", message.subject)
        + _element("Content", message.subject)
        + "<P:SignerInfo><P:Competence>KT. CHỦ TỊCH</P:Competence><P:Position>Phó Chủ tịch</P:Position>"
        + _element("FullName", message.people)
        + "</P:SignerInfo>"
        + _element("DueDate", message.due)
        + f"<P:ToPlaces><P:Place>{escape(message.people)}</P:Place></P:ToPlaces>"
        + f"<P:OtherInfo>{message.other}</P:OtherInfo><P:SteeringType>0</P:SteeringType>"
        + _element("DocumentId", message.identity)
        + "</P:MessageHeader>"
    )


def _traces(message: Message, inside: str) -> str:
    stops = "".join(
        f"<P:TraceHeader>{_element('OrganId', organ)}{_element('Timestamp', message.vendor.moment(at))}</P:TraceHeader>"
        for organ, at in message.traces
    )
    return f"<P:TraceHeaderList>{stops}{inside}</P:TraceHeaderList>"


def _business(message: Message) -> str:
    name = message.vendor.business
    kind = _element("BussinessDocType" if name == "Bussiness" else "BusinessDocType", message.act)
    staff = f"<P:StaffInfo><P:Department>Văn phòng</P:Department>{_element('Staff', message.people)}</P:StaffInfo>"
    return f"<P:{name}>{kind}{staff}{_element('Paper', message.paper)}{message.business}</P:{name}>"


def _files(message: Message) -> str:
    return "".join(
        f"<Attachment><ContentType>application/pdf</ContentType><ContentId>{number}</ContentId>"
        f"<AttachmentName>{escape(message.people)}.pdf</AttachmentName>"
        f"<ContentTransferEncoded>{content}</ContentTransferEncoded></Attachment>"
        for number, content in enumerate(message.files)
    )


def _organ(name: str, code: str) -> str:
    return f"<P:{name}>{_element('OrganId', code)}<P:OrganName>Ủy ban nhân dân</P:OrganName></P:{name}>"


def _element(name: str, text: object) -> str:
    return "" if text is None else f"<P:{name}>{escape(str(text))}</P:{name}>"


def _prefixed(vendor: Vendor, written: str) -> str:
    return written.replace("<P:", f"<{vendor.prefix}").replace("</P:", f"</{vendor.prefix}")
