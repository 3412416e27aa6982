"""Reading how cases are handled, and what became of each act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import tuple_row

from ingest.contracts.acts import HANDLING, Act
from ingest.contracts.envelope import decode_envelope
from ingest.contracts.registry import decode
from stream.core.handling import UNTOUCHED, Handling, HandlingRecord, fold_handling, judged_acts, unpack_handling
from stream.first_rules import first_rules
from stream.handling.acting import Subject
from stream.handling.errors import ActError
from stream.handling.queries import query


@dataclass(frozen=True, slots=True)
class ToldAct:
    """One act on a case, when it was done, when the log took it, and who was first where it was overtaken."""

    act: Act
    at: datetime
    known_at: datetime
    record: HandlingRecord
    overtaken_by: HandlingRecord | None


def read_subject(connection: Connection[Any], code: str) -> Subject | None:
    """The case with this code as it can be acted on; None where there is none."""
    found = _rows(connection, "subject", {"code": code})
    if not found:
        return None
    code, kind, unit, due, is_open, packed = found[0]
    return Subject(code, kind, unit, due, is_open, _handling(packed))


def read_handlings(connection: Connection[Any], cases: Iterable[str]) -> Mapping[str, Handling]:
    """How these cases are handled, by code; those that nobody touched are left out."""
    codes = [f"{HANDLING}{case}" for case in cases]
    found = _rows(connection, "handlings", {"codes": codes}) if codes else []
    return {code.removeprefix(HANDLING): _handling(packed) for code, packed in found}


def read_acts(connection: Connection[Any], case: str, known_at: datetime | None = None) -> Sequence[ToldAct]:
    """All acts on a case, in the order of the log, as known at a moment (None: all); call it inside a `snapshot`."""
    found = _rows(connection, "handlings", {"codes": [f"{HANDLING}{case}"]})
    if not found:
        return ()
    records = unpack_handling(found[0][1])
    given = {"code": f"{HANDLING}{case}", "positions": [record.pos for record in records]}
    events = {pos: (known, bytes(body)) for pos, known, body in _rows(connection, "acts", given)}
    return [
        _told(*events[took.record.pos], took.record, took.overtaken_by)
        for took in judged_acts(records)
        if known_at is None or events[took.record.pos][0] <= known_at
    ]


def read_outcome(
    connection: Connection[Any], case: str, identity: int
) -> tuple[HandlingRecord | None, Handling] | None:
    """What became of the act with that identity: who overtook it, if anybody, and how the case stands now.

    None as long as the act is not applied.
    """
    found = _rows(connection, "handlings", {"codes": [f"{HANDLING}{case}"]})
    records = unpack_handling(found[0][1]) if found else []
    for took in judged_acts(records):
        if took.record.eid == identity:
            return took.overtaken_by, fold_handling(records, first_rules())
    return None


def check_tie(connection: Connection[Any], case: str, other: str) -> None:
    """Raises `ActError` where the other case does not exist, or is the case itself."""
    if other == case:
        raise ActError("tied_to_itself")
    if not _rows(connection, "tied", {"codes": [other]}):
        raise ActError("no_such_other")


def _told(known_at: datetime, body: bytes, record: HandlingRecord, overtaken_by: HandlingRecord | None) -> ToldAct:
    envelope = decode_envelope(body)
    act = decode(envelope)
    if not isinstance(act, Act):
        raise TypeError(f"no act on a case: {envelope.type}")
    return ToldAct(act, envelope.time, known_at, record, overtaken_by)


def _handling(packed: bytes | None) -> Handling:
    return UNTOUCHED if packed is None else fold_handling(unpack_handling(packed), first_rules())


def _rows(connection: Connection[Any], name: str, given: Mapping[str, object]) -> list[Any]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(query(name), given).fetchall()
