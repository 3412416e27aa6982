"""A document as its system tells of it by events of its own: what lies back in time, and what is on paper."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from ingest.contracts.documents import Act, Direction, DocumentProgressed, DocumentRecorded
from ingest.simulator.calendar import LOCAL
from ingest.simulator.documents.certificates import Seals
from ingest.simulator.documents.organs import Organ
from ingest.simulator.documents.paper import Mark, Paper


class Saying(NamedTuple):
    """What is told of a document, and when it happened; `mark` tells it from others of the same case."""

    happened: datetime
    data: DocumentRecorded | DocumentProgressed
    mark: str


def said_of(paper: Paper, seals: Seals) -> Iterator[Saying]:
    """All that is ever told of a document, at the organs of the district that have it."""
    if paper.sender.unit is not None:
        yield Saying(paper.sent_at, recorded(paper, "outgoing", paper.sender, paper.sent_at, seals), "-new")
    for receipt in paper.receipts:
        arrived = receipt.steps[0].at
        yield Saying(arrived, recorded(paper, "incoming", receipt.organ, arrived, seals), "-new")
        for step in receipt.steps:
            yield from _step(paper, receipt.organ, step)
    for each in paper.later:
        if paper.sender.unit is not None:
            yield Saying(each.at, recorded(paper, "outgoing", paper.sender, each.at, seals, each.act), f"-{each.act}")
        for organ, answer in each.answers:
            yield Saying(each.at, recorded(paper, "incoming", organ, each.at, seals, each.act), f"-{each.act}")
            yield from _step(paper, organ, answer)


def recorded(
    paper: Paper, direction: Direction, organ: Organ, at: datetime, seals: Seals, act: Act = "new"
) -> DocumentRecorded:
    """A document at one of our organs, or what became of it there."""
    seal = seals.get(paper.sender.code)
    return DocumentRecorded(
        direction=direction,
        organ=organ.code,
        unit=str(organ.unit),
        level=organ.level,
        sender=paper.sender.code,
        code=paper.code,
        promulgated_on=paper.promulgated_on,
        at=at,
        act=act,
        kind=paper.kind,
        priority=paper.priority,
        secret=paper.secret,
        due_at=due_at(paper),
        electronic=paper.electronic,
        signature=paper.signature,
        certificate=seal.fingerprint if seal is not None and paper.signature == "valid" else None,
        attachments=paper.attachments,
    )


def due_at(paper: Paper) -> datetime | None:
    """The last second of its due day."""
    if paper.due_on is None:
        return None
    return datetime.combine(paper.due_on, time(), LOCAL) + timedelta(days=1, seconds=-1)


def _step(paper: Paper, organ: Organ, step: Mark) -> Iterator[Saying]:
    """A step at a receiver is one in the life of the document at its sender, too, where that is one of ours."""
    yield Saying(step.at, _progressed(paper, "incoming", organ, step), f"-{step.status:02d}")
    if paper.sender.unit is not None:
        yield Saying(step.at, _progressed(paper, "outgoing", paper.sender, step), f"-{step.status:02d}-{organ.code}")


def _progressed(paper: Paper, direction: Direction, organ: Organ, step: Mark) -> DocumentProgressed:
    return DocumentProgressed(
        direction=direction,
        organ=organ.code,
        unit=str(organ.unit),
        level=organ.level,
        sender=paper.sender.code,
        code=paper.code,
        promulgated_on=paper.promulgated_on,
        status=step.status,
        at=step.at,
    )
