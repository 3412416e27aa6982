"""Rows as pages are told them. Keys are a contract between server and script; moments are local, with their offset."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from stream.apply.cases import APPLICATION
from stream.core.handling import UNTOUCHED
from stream.core.moment import OFFSET, Moment
from stream.handling.told import handling_json
from stream.queue.choosing import CHANNELS
from stream.queue.columns import Slots
from stream.queue.course import NEVER
from stream.queue.held import Held
from stream.queue.names import Name, Names
from stream.queue.queue import Queue
from stream.queue.risks import Risks
from stream.report.ii06a import LEVEL_CODES

_LOCAL: Final = timezone(timedelta(seconds=OFFSET))
_UNTOUCHED: Final = handling_json(UNTOUCHED)
_COLUMNS: Final = (
    "kind", "unit", "procedure", "field", "channel", "level", "status", "received", "due", "paused", "payment",
    "number",
)  # fmt: skip


def rows_json(queue: Queue, held: Held, slots: Slots) -> Iterator[dict[str, Any]]:
    """These rows, in this order: as they are now, however long the reading takes and whatever comes meanwhile."""
    columns, codes = queue.columns, [queue.codes[slot] for slot in slots.tolist()]
    facts = zip(
        codes, [queue.handlings.get(code) for code in codes], *(columns[name][slots].tolist() for name in _COLUMNS),
        held.has_due[slots].tolist(), held.remaining[slots].tolist(), held.overdue[slots].tolist(),
        held.late_by_index[slots].tolist(), held.owed[slots].tolist(), held.sent[slots].tolist(),
        held.has_chance[slots].tolist(), strict=True,
    )  # fmt: skip
    names, risks = queue.names, queue.risks
    return _made(names, risks, facts)


def _made(names: Names, risks: Risks, facts: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for (
        code, handling, kind, unit, procedure, field, channel, level, status, received, due, paused, payment, number,
        has_due, remaining, overdue, late, owed, sent, has_chance,
    ) in facts:  # fmt: skip
        yield {
            "case": code,
            "kind": "application" if kind == APPLICATION else "document",
            "unit": f"{unit:05d}",
            "procedure": _name(names.procedures, procedure),
            "field": _name(names.fields, field),
            "channel": CHANNELS.get(channel),
            "level": LEVEL_CODES[level] if level else None,
            "status": status,
            "received_at": moment_json(received),
            "due_at": moment_json(due),
            "remaining": remaining if has_due else None,
            "overdue": overdue,
            "late_by_index": late,
            "paused": None if paused == NEVER else _pause(paused, is_payment=payment),
            "letter": "owed" if owed else "sent" if sent else "none",
            "risk": _risk(risks, number) if has_chance else None,
            "handling": _UNTOUCHED if handling is None else handling_json(handling),
        }


def moment_json(moment: Moment) -> str | None:
    """Local time; None where there never is one."""
    return None if moment == NEVER else datetime.fromtimestamp(moment, _LOCAL).isoformat()


def _name(names: Mapping[int, Name], number: int) -> dict[str, str | None] | None:
    found = names.get(number)
    return None if found is None else {"code": found.code, "name": found.name}


def _pause(since: Moment, *, is_payment: bool) -> dict[str, str | None]:
    return {"since": moment_json(since), "reason": "payment" if is_payment else "supplement"}


def _risk(risks: Risks, number: int) -> dict[str, object] | None:
    risk = risks.get(number)
    return None if risk is None else {"chance": risk.chance, "warned": risk.is_warned, "why": risk.why}
