"""Rows in PostgreSQL's binary COPY format, one `struct.pack` each: the fastest way in that was measured."""

from struct import Struct
from typing import Final, TypeAlias

from stream.apply.cases import Case
from stream.core.ledger import Entry
from stream.core.moment import Day, Moment
from stream.core.state import CaseState
from stream.core.timeline import pack

HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER: Final = b"\xff\xff"

PostedKey: TypeAlias = tuple[int, int, Day, int, int, int, int, int]
"""Measure, unit, local day, field, channel, level, traits, procedure."""

_PG_EPOCH: Final = 946_684_800  # 2000-01-01, from which PostgreSQL counts
_PG_EPOCH_DAY: Final = 10_957
_NULL: Final = b"\xff\xff\xff\xff"

_EVENT: Final = Struct(">h ih iq iq iq iq iq i")
_EVENT_WITHOUT_CASE: Final = Struct(">h ih iq iq 4s iq iq i")
_LEDGER: Final = Struct(">h iq iq iq iq ih ih ii ii ih ih ih ih ii")
_POSTED: Final = Struct(">h ih ii ii ii ih ih ih ii iq")
_INT8: Final = Struct(">iq")
_INT4: Final = Struct(">ii")
_INT2: Final = Struct(">ih")


def event_row(
    part: int, pos: int, known: int, case: int | None, fact: tuple[int, Moment], body: bytes
) -> tuple[bytes, bytes]:
    """A row of `event`, its body apart; `known` in milliseconds since 1970, `fact` the event's (eid, at)."""
    eid, at = fact
    if case is None:
        head = _EVENT_WITHOUT_CASE.pack(
            7, 2, part, 8, pos, 8, _from_milliseconds(known), _NULL, 8, eid, 8, _micros(at), len(body)
        )
    else:
        head = _EVENT.pack(7, 2, part, 8, pos, 8, _from_milliseconds(known), 8, case, 8, eid, 8, _micros(at), len(body))
    return head, body


def ledger_row(case: int, part: int, pos: int, known: int, entry: Entry, n: int) -> bytes:
    """A row of `ledger`."""
    measure, at, unit, field, channel, level, traits, procedure, amount = entry
    return _LEDGER.pack(
        13, 8, case, 8, (at - _PG_EPOCH) * 1_000_000, 8, _from_milliseconds(known), 8, pos, 2, part,
        2, measure, 4, unit, 4, field, 2, channel, 2, n * amount, 2, level, 2, traits, 4, procedure,
    )  # fmt: skip


def posted_row(key: PostedKey, n: int) -> bytes:
    """A row of the temporary table `posted`."""
    measure, unit, day, field, channel, level, traits, procedure = key
    return _POSTED.pack(
        9, 2, measure, 4, unit, 4, day - _PG_EPOCH_DAY, 4, field, 2, channel, 2, level, 2, traits, 4, procedure, 8, n
    )


def case_row(case: Case, state: CaseState) -> bytes:
    """A row of `cases`."""
    return b"".join((
        b"\x00\x0f",
        _INT8.pack(8, case.id),
        _text(case.code),
        _INT4.pack(4, state.unit),
        _INT4.pack(4, state.field),
        _INT2.pack(2, state.channel),
        _INT2.pack(2, state.status),
        _NULL if case.procedure is None else _text(case.procedure),
        _optional(state.received),
        _optional(state.due),
        _optional(state.ended),
        _optional(state.returned),
        b"\x00\x00\x00\x01\x01" if state.is_open else b"\x00\x00\x00\x01\x00",
        _INT8.pack(8, _micros(state.last_at)),
        _bytes(pack(case.timeline)),
        _INT2.pack(2, case.kind),
    ))  # fmt: skip


def _micros(moment: Moment) -> int:
    return (moment - _PG_EPOCH) * 1_000_000


def _from_milliseconds(known: int) -> int:
    return (known - _PG_EPOCH * 1_000) * 1_000


def _optional(moment: Moment | None) -> bytes:
    return _NULL if moment is None else _INT8.pack(8, _micros(moment))


def _text(text: str) -> bytes:
    return _bytes(text.encode())


def _bytes(raw: bytes) -> bytes:
    return len(raw).to_bytes(4, "big") + raw
