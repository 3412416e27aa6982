"""Small ledgers and registers to judge by the service-quality index."""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from psycopg import Connection

from ingest.contracts.rules import Procedure, RegisterAdopted
from stream.core.ledger import Measure, OfAnswer, OfEnd, OfEvaluation, OfReceipt
from stream.core.moment import Moment, moment_of
from tests.ledgers import Posted

ADOPTED = datetime(2026, 1, 1, tzinfo=UTC)
NOTHING_OF_RECEIPT, NOTHING_OF_END, NOTHING_OF_ANSWER = OfReceipt(0), OfEnd(0), OfAnswer(0)


def at(text: str) -> Moment:
    """A moment of 2026 in UTC: "03-02" is nine in the morning, local time; "03-02T14:00" is as it says."""
    clock = text if "T" in text else f"{text}T02:00"
    return moment_of(datetime.fromisoformat(f"2026-{clock}").replace(tzinfo=UTC))


def application(
    received: str,
    *,
    unit: int = 3980,
    channel: int = 1,
    receipt: OfReceipt = NOTHING_OF_RECEIPT,
    procedure: int = 0,
    ended: str | None = None,
    end: Measure = Measure.SETTLED_EARLY,
    traits: OfEnd = NOTHING_OF_END,
    overdue: str | None = None,
    late_by_index: str | None = None,
) -> list[Posted]:
    """What an application posts, from its receipt to its end, if it has one."""
    rows = [
        Posted(Measure.RECEIVED, unit, at(received), channel=channel, traits=int(receipt), procedure=procedure),
        Posted(Measure.OPEN_IN, unit, at(received), channel=channel),
    ]
    if overdue is not None:
        rows.append(Posted(Measure.OVERDUE_IN, unit, at(overdue), channel=channel))
    if late_by_index is not None:
        rows.append(Posted(Measure.LATE_BY_INDEX_IN, unit, at(late_by_index), channel=channel))
    if ended is not None:
        rows.append(Posted(end, unit, at(ended), channel=channel, traits=int(traits)))
        rows.append(Posted(Measure.OPEN_OUT, unit, at(ended), channel=channel))
        if overdue is not None:
            rows.append(Posted(Measure.OVERDUE_OUT, unit, at(ended), channel=channel))
        if late_by_index is not None:
            rows.append(Posted(Measure.LATE_BY_INDEX_OUT, unit, at(ended), channel=channel))
    return rows


def evaluation(day: str, says: OfEvaluation, *, unit: int = 3980) -> list[Posted]:
    """What an evaluation form posts."""
    return [Posted(Measure.EVALUATED, unit, at(day), channel=0, traits=int(says))]


def petition(
    received: str, *, unit: int = 3980, answered: str | None = None, answer: OfAnswer = NOTHING_OF_ANSWER,
    overdue: str | None = None,
) -> list[Posted]:  # fmt: skip
    """What a petition posts, from its receipt to its answer, if it has one."""
    rows = [
        Posted(Measure.PETITION_RECEIVED, unit, at(received), channel=0),
        Posted(Measure.PETITION_OPEN_IN, unit, at(received), channel=0),
    ]
    if overdue is not None:
        rows.append(Posted(Measure.PETITION_OVERDUE_IN, unit, at(overdue), channel=0))
    if answered is not None:
        rows.append(Posted(Measure.PETITION_ANSWERED, unit, at(answered), channel=0, traits=int(answer)))
        rows.append(Posted(Measure.PETITION_OPEN_OUT, unit, at(answered), channel=0))
        if overdue is not None:
            rows.append(Posted(Measure.PETITION_OVERDUE_OUT, unit, at(answered), channel=0))
    return rows


def adopt(connection: Connection[Any], procedures: Sequence[Procedure]) -> None:
    """Make this the register in force, numbering its procedures from 1 in the order given."""
    content = msgspec.json.encode(RegisterAdopted(version="test", procedures=tuple(procedures)))
    with connection.transaction():
        for table in ("part_rule", "rule", "procedure"):
            connection.execute(f"delete from {table}".encode())
        for number, procedure in enumerate(procedures, 1):
            connection.execute(
                "insert into procedure (id, code) overriding system value values (%s, %s)", [number, procedure.code]
            )
        connection.execute(
            "with adopted as (insert into rule (kind, version, digest, content)"
            " values ('procedures', 'test', %s, %s) returning id)"
            " insert into part_rule (part, pos, known_at, rule_id) select 0, 0, %s, id from adopted",
            [sha256(content).hexdigest(), content, ADOPTED],
        )
