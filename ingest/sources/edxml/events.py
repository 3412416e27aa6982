"""What goes into the log of a message: one event for each registered organ that has the document it is about."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple, TypeAlias

import msgspec

from ingest.contracts.documents import (
    CERTIFICATE_RECORDED,
    DOCUMENT_PROGRESSED,
    DOCUMENT_RECORDED,
    Act,
    CertificateRecorded,
    Direction,
    DocumentProgressed,
    DocumentRecorded,
)
from ingest.contracts.envelope import Envelope, wrap
from ingest.contracts.registry import case_of, dataschema
from ingest.refusal import Reason, RefusedError
from ingest.registration import Source
from ingest.sources.edxml.chain import Certificate, Signed
from ingest.sources.edxml.issued import Issued
from ingest.sources.edxml.messages import Letter, StatusTold
from ingest.sources.edxml.traces import arrived_at, sent_at
from ingest.sources.translation import identity

_NOBODY: Final = Reason(
    "neither sender nor receiver is registered for this source",
    "cả nơi gửi và nơi nhận đều chưa được đăng ký cho nguồn này",
)
_WHEN: Final = Reason(
    "missing: a recall, an update or a replacement needs a moment of its own",
    "thiếu: thu hồi, cập nhật, thay thế cần có thời điểm riêng",
)

_Data: TypeAlias = DocumentRecorded | DocumentProgressed | CertificateRecorded


class _Life(NamedTuple):
    """A document at an organ."""

    direction: Direction
    organ: str


def letter_events(letter: Letter, signed: Signed, source: Source) -> list[Envelope]:
    """A document at its sender and at each receiver, and the certificates that signed it.

    Raises `RefusedError` where no organ is registered, or a moment is missing.
    """
    sender = letter.header.issued.sender
    lives = _lives(sender, letter.header.receivers, source)
    if not lives:
        raise RefusedError("From.OrganId", _NOBODY)
    found = []
    for life in lives:
        at = _moment(letter, life)
        for document, act in _told(letter):
            bare = _bare(document, act, life, at, source)
            data = bare if act == "recall" else _whole(bare, letter, signed)
            found.append(_envelope(source, DOCUMENT_RECORDED, data))
    if sender in source.agencies:
        found += [_envelope(source, CERTIFICATE_RECORDED, _known(each, sender, source)) for each in signed.certificates]
    return found


def status_events(told: StatusTold, source: Source) -> list[Envelope]:
    """A status at who tells it, and at the sender of the document. Raises `RefusedError` where none is registered.

    A status that the sender tells itself (13, lấy lại) is one at the receivers that it names.
    """
    found = []
    for document in told.answered:
        receivers = told.receivers if told.teller == document.sender else (told.teller,)
        for life in _lives(document.sender, receivers, source):
            data = DocumentProgressed(
                direction=life.direction,
                organ=life.organ,
                unit=source.agencies[life.organ],
                level=source.level_of(life.organ),
                sender=document.sender,
                code=document.code,
                promulgated_on=document.day,
                status=told.status,
                at=told.at,
            )
            # The same status from two receivers is two events of one outgoing document.
            found.append(_envelope(source, DOCUMENT_PROGRESSED, data, told.teller))
    if not found:
        raise RefusedError("From.OrganId", _NOBODY)
    return found


def _lives(sender: str, receivers: tuple[str, ...], source: Source) -> list[_Life]:
    """Outgoing at the sender, incoming at each receiver: as far as they are registered."""
    all_of_them = [_Life("outgoing", sender), *(_Life("incoming", receiver) for receiver in receivers)]
    return [life for life in all_of_them if life.organ in source.agencies]


def _told(letter: Letter) -> Iterator[tuple[Issued, Act]]:
    """Which documents a letter is about, and what happens to each: one that is replaced no longer holds."""
    own = letter.header.issued
    if letter.act in {"new", "replace"}:
        yield own, letter.act
        yield from ((other, "recall") for other in letter.about)
    else:
        yield from ((document, letter.act) for document in letter.about or (own,))


def _moment(letter: Letter, life: _Life) -> datetime:
    """When a document left or arrived: as its traces say, else when it was promulgated; no other time is there."""
    outgoing = life.direction == "outgoing"
    at = sent_at(letter.traces, life.organ) if outgoing else arrived_at(letter.traces, life.organ)
    if at is None and letter.act != "new":
        raise RefusedError("TraceHeaderList.TraceHeader.Timestamp", _WHEN)
    return at or letter.header.promulgated.begin()


def _bare(document: Issued, act: Act, life: _Life, at: datetime, source: Source) -> DocumentRecorded:
    return DocumentRecorded(
        direction=life.direction,
        organ=life.organ,
        unit=source.agencies[life.organ],
        level=source.level_of(life.organ),
        sender=document.sender,
        code=document.code,
        promulgated_on=document.day,
        at=at,
        act=act,
    )


def _whole(bare: DocumentRecorded, letter: Letter, signed: Signed) -> DocumentRecorded:
    """With what the document says of itself; a message without a file that announces a paper is no e-document."""
    header = letter.header
    return msgspec.structs.replace(
        bare,
        kind=header.kind,
        priority=header.priority,
        secret=header.secret,
        due_at=header.due_at,
        electronic=letter.attachments > 0 or not letter.on_paper,
        signature=signed.state,
        certificate=signed.certificates[0].fingerprint if signed.certificates else None,
        attachments=letter.attachments,
    )


def _known(certificate: Certificate, organ: str, source: Source) -> CertificateRecorded:
    return CertificateRecorded(
        certificate=certificate.fingerprint,
        unit=source.agencies[organ],
        level=source.level_of(organ),
        kind=certificate.kind,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
    )


def _envelope(source: Source, event_type: str, data: _Data, teller: str = "") -> Envelope:
    """Its id is a digest of what was kept: the same message delivered again is the same event."""
    raw = wrap(data)
    return Envelope(
        id=identity(bytes(raw) + teller.encode()),
        source=source.id,
        type=event_type,
        subject=case_of(data),
        # A certificate is the same whenever it is met.
        time=data.valid_from if isinstance(data, CertificateRecorded) else data.at,
        dataschema=dataschema(event_type),
        data=raw,
    )
