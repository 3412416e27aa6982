"""The messages of a body, and what each is about: a document that is sent, or the status of one that was."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

from ingest.contracts.documents import Act, DocumentStatus
from ingest.refusal import Reason, RefusedError, shown
from ingest.sources.codes import code
from ingest.sources.edxml.conventions import conventions
from ingest.sources.edxml.header import Header, read_header, receivers
from ingest.sources.edxml.issued import Issued, issued, named, organ
from ingest.sources.edxml.moments import moment
from ingest.sources.edxml.traces import PLACE as TRACES
from ingest.sources.edxml.traces import Trace, read_traces
from ingest.sources.edxml.tree import Element, children, local, one, text, value, within

MOST_DOCUMENTS: Final = 50
"""That one message replaces, or tells the status of."""

_WHOLE: Final = ("edxml", "edxmlenvelope", "envelope")
_ACTS: Final[tuple[Act, ...]] = ("new", "recall", "update", "replace")
_MANY: Final = Reason(f"over {MOST_DOCUMENTS} documents", f"quá {MOST_DOCUMENTS} văn bản")
_MISSING: Final = Reason("missing", "thiếu trường bắt buộc")


class Letter(NamedTuple):
    """A document that was sent, recalled, updated or replaced.

    `about` are the documents that a recall, an update or a replacement is about; empty where it is the document itself.
    """

    header: Header
    act: Act
    about: tuple[Issued, ...]
    traces: tuple[Trace, ...]
    attachments: int
    on_paper: bool


class StatusTold(NamedTuple):
    """What became of documents, as `teller` says."""

    answered: tuple[Issued, ...]
    teller: str
    receivers: tuple[str, ...]
    status: DocumentStatus
    at: datetime


Message: TypeAlias = Letter | StatusTold


def scopes(root: Element) -> list[Element]:
    """The messages of a body: its root, or each of several that a root without a meaning of its own holds."""
    several = list(children(root, *_WHOLE))
    return several if len(several) > 1 else [root]


def read_message(scope: Element) -> Message:
    """Raises `RefusedError` by the name of the first element that can't be taken."""
    codes = list(within(scope, "statuscode"))
    if len(codes) > 1:
        raise RefusedError("StatusCode", Reason("given twice", "có hai lần"))
    if codes and (holder := codes[0].getparent()) is not None:
        return _status(holder, codes[0])
    return _letter(scope, header_of(scope))


def header_of(scope: Element) -> Element:
    """The one `MessageHeader` of a message. Raises `RefusedError` for none, and for two: one could hide the other."""
    headers = list(within(scope, "messageheader"))
    if len(headers) != 1:
        raise RefusedError("MessageHeader", Reason("given twice", "có hai lần") if headers else _MISSING)
    return headers[0]


def _letter(scope: Element, element: Element) -> Letter:
    header = read_header(element)
    beside = element.getparent()
    around = scope if beside is None else beside
    business = _business(around)
    act = _act(value(business, "Bussiness.BussinessDocType", "bussinessdoctype", "businessdoctype"))
    paper = value(business, "Bussiness.Paper", "paper")
    return Letter(
        header=header,
        act=act,
        about=() if act == "new" or business is None else tuple(_about(business, header.issued)),
        traces=read_traces(around),
        attachments=_attachments(scope),
        on_paper=paper is not None and paper.casefold() in conventions().on_paper,
    )


def _business(around: Element) -> Element | None:
    """`Bussiness`, which vendors put inside `TraceHeaderList` or beside it, and some spell right."""
    inside = one(one(around, TRACES, "traceheaderlist"), "Bussiness", "bussiness", "business")
    return inside if inside is not None else one(around, "Bussiness", "bussiness", "business")


def _act(written: str | None) -> Act:
    if written is None:
        return "new"
    if written.isascii() and written.isdigit() and len(written) < 3 and int(written) < len(_ACTS):
        return _ACTS[int(written)]
    said = shown(written)
    raise RefusedError("Bussiness.BussinessDocType", Reason(f"unknown code {said}", f"mã không xác định {said}"))


def _about(business: Element, own: Issued) -> Iterator[Issued]:
    """The documents of the same sender that are named as recalled, updated or replaced, without the own one."""
    listed = one(business, "Bussiness.ReplacementInfoList", "replacementinfolist")
    infos = list(children(listed if listed is not None else business, "replacementinfo"))
    if len(infos) > MOST_DOCUMENTS:
        raise RefusedError("Bussiness.ReplacementInfoList", _MANY)
    written = [value(business, "Bussiness.DocumentId", "documentid")]
    written += [value(info, "ReplacementInfo.DocumentId", "documentid") for info in infos]
    found = dict.fromkeys(identity for one in written if (identity := named(one)) is not None)
    return (identity for identity in found if identity != own and identity.sender == own.sender)


def _attachments(scope: Element) -> int:
    """How many files come with a message: those that are in it, else those that its manifest names."""
    inside = sum(1 for _ in scope.iter("{*}Attachment", "{*}attachment"))
    return inside or sum(1 for each in scope.iter("{*}Reference") if _is_manifest(each.getparent()))


def _is_manifest(element: Element | None) -> bool:
    return element is not None and local(element) in {"edxmlmanifest", "manifest"}


def _status(holder: Element, element: Element) -> StatusTold:
    number = code(DocumentStatus, text(element, "StatusCode"), "StatusCode")
    if number is None:
        raise RefusedError("StatusCode", _MISSING)
    answered = list(children(holder, "responsefor"))
    if not answered:
        raise RefusedError("ResponseFor", _MISSING)
    if len(answered) > MOST_DOCUMENTS:
        raise RefusedError("ResponseFor", _MANY)
    written = value(holder, "Timestamp", "timestamp")
    if written is None:
        raise RefusedError("Timestamp", _MISSING)
    return StatusTold(
        answered=tuple(dict.fromkeys(_answered(each) for each in answered)),
        teller=organ(one(holder, "From", "from"), "From"),
        receivers=receivers(holder, "Status"),
        status=number,
        at=moment(written, "Timestamp"),
    )


def _answered(element: Element) -> Issued:
    if value(element, "ResponseFor.OrganId", "organid") is None:
        identity = named(value(element, "ResponseFor.DocumentId", "documentid"))
        if identity is not None:
            return identity
    return issued(element, organ(element, "ResponseFor"), element, "ResponseFor")
