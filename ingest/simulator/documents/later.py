"""What a sender says of a document afterwards: it recalls it, updates it or replaces it, and is answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Final

from ingest.contracts.documents import Act, DocumentStatus
from ingest.contracts.limits import LATEST
from ingest.simulator.calendar import DAY, OfficeCalendar
from ingest.simulator.documents.paper import Later, Mark, Receipt
from ingest.simulator.documents.shares import Shares

_ENDED: Final = frozenset({DocumentStatus.REFUSED, DocumentStatus.TAKEN_BACK, DocumentStatus.DONE})


def later(
    shares: Shares, receipts: Sequence[Receipt], sent_at: datetime, calendar: OfficeCalendar, rng: Random
) -> tuple[Later, ...]:
    """A recall, an update or a replacement; none of most documents."""
    act = _act(shares, rng.random())
    at = calendar.add(sent_at, int(DAY * (0.05 + 1.5 * rng.random())))
    if act is None or any(step.status in _ENDED and step.at <= at for each in receipts for step in each.steps):
        return ()
    answers = []
    for receipt in receipts:
        agreed = act == "replace" or rng.random() >= shares.disagreed
        status = DocumentStatus.AGREED if agreed else DocumentStatus.DISAGREED
        answers.append((receipt.organ, Mark(status, calendar.add(at, int(120 + 7200 * rng.random() ** 2)))))
    return (Later(act, at, tuple(answers)),)


def _act(shares: Shares, aim: float) -> Act | None:
    edges: tuple[tuple[float, Act], ...] = (
        (shares.recalled, "recall"), (shares.updated, "update"), (shares.replaced, "replace"),
    )  # fmt: skip
    for share, act in edges:
        if aim < share:
            return act
        aim -= share
    return None


def kept(receipts: Sequence[Receipt], said: Sequence[Later]) -> tuple[Receipt, ...]:
    """The receipts without what would have been done after an organ agreed to a recall."""
    ends = {
        organ.code: mark.at
        for each in said
        if each.act == "recall"
        for organ, mark in each.answers
        if mark.status is DocumentStatus.AGREED
    }
    return tuple(
        replace(each, steps=tuple(mark for mark in each.steps if mark.at < ends.get(each.organ.code, LATEST)))
        for each in receipts
    )
