"""What one event says of a document (văn bản) at an organ, as a compact record of its timeline."""

from enum import IntEnum, IntFlag
from typing import Final

import msgspec

from stream.core.moment import Moment


class Step(IntEnum):
    """What a record tells: a status of edXML by its code, or that the document itself was sent (act + 100)."""

    ARRIVED = 1  # đã đến
    REFUSED = 2  # từ chối tiếp nhận
    RECEIVED = 3  # đã tiếp nhận
    ASSIGNED = 4  # phân công
    IN_PROGRESS = 5  # đang xử lý
    DONE = 6  # hoàn thành
    TAKEN_BACK = 13  # lấy lại
    AGREED = 15  # đồng ý thu hồi, cập nhật
    DISAGREED = 16  # từ chối thu hồi, cập nhật
    SENT = 100  # văn bản mới
    RECALL = 101  # thu hồi
    UPDATE = 102  # cập nhật
    REPLACE = 103  # thay thế


HANDLING: Final = frozenset({Step.RECEIVED, Step.ASSIGNED, Step.IN_PROGRESS})
"""Steps that say that work on it goes on."""
DEMANDS: Final = frozenset({Step.RECALL, Step.UPDATE, Step.REPLACE})
"""What an organ answers with 15 or 16."""
ANSWERS: Final = frozenset({Step.AGREED, Step.DISAGREED})
WHOLE: Final = frozenset({Step.SENT, Step.UPDATE, Step.REPLACE})
"""Steps that say what the document is: its due date, its signature."""

_LIFE: Final = (
    Step.SENT, Step.ARRIVED, Step.RECEIVED, Step.ASSIGNED, Step.IN_PROGRESS, Step.UPDATE, Step.REPLACE, Step.RECALL,
    Step.DISAGREED, Step.AGREED, Step.DONE, Step.REFUSED, Step.TAKEN_BACK,
)  # fmt: skip
_RANK: Final = {int(step): rank for rank, step in enumerate(_LIFE)}


class DocumentTold(IntFlag):
    """What a record says of the document itself; bit by bit those of `stream.core.ledger.OfDocument`."""

    OPEN = 1  # not secret
    ELECTRONIC = 2
    SIGNED = 4
    SIGNATURE = 8


class DocumentRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one event said. `step` is of `Step`, `told` are bits of `DocumentTold`, `level` is that of the organ.

    `pos` is its position in the case's partition of the log.
    """

    eid: int
    at: Moment
    step: int
    unit: int
    level: int
    outgoing: bool
    due: Moment | None = None
    told: int = 0
    pos: int = 0


def document_order(record: DocumentRecord) -> tuple[Moment, int, Moment, int]:
    """Where a record stands in the life of its document, whatever the order of arrival.

    Its own time first; at the same second the step that comes later in a life, then the later due date, then the id.
    """
    return record.at, _RANK[record.step], record.due or 0, record.eid


_decoder: Final = msgspec.msgpack.Decoder(list[DocumentRecord])


def unpack_documents(packed: bytes) -> list[DocumentRecord]:
    """The timeline from the case's row."""
    return _decoder.decode(packed)
