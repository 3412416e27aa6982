"""The chapters of a story: each event, and each adoption of rules that changed the case without an event of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ingest.contracts.registry import Feedback, OfApplication
from stream.apply.rulebook import Rule
from stream.core.ledger import Posting
from stream.core.moment import Moment, moment_of
from stream.core.timeline import Record, order
from stream.story.replay import Adopted, Judged


@dataclass(frozen=True, slots=True)
class Event:
    """What lies in the log: who said it, when it became known, what it said. `record` is what the core made of it."""

    known_at: datetime
    source: str
    type: str
    id: str
    data: OfApplication | Feedback
    record: Record


@dataclass(frozen=True, slots=True)
class Chapter:
    """Something that was said or adopted, with what it changed.

    `arrival` counts what became known of the case, from 1 on. `overtaken` tells an event that arrived after others
    which happened later. Either `event` or `adopted` is there. `before` is what held until it became known.
    """

    at: Moment
    pos: int
    known_at: datetime
    arrival: int
    overtaken: bool
    event: Event | None
    adopted: Rule | None
    postings: Sequence[Posting]
    before: Judged | None
    after: Judged


def chapters(
    events: Mapping[int, Event],
    adoptions: Mapping[int, Adopted],
    judged: Sequence[Judged],
    postings: Mapping[int, Sequence[Posting]],
) -> Sequence[Chapter]:
    """Every event, and the adoptions that changed something, in order of the events' own time; all by position."""
    found: list[Chapter] = []
    seen: list[Record] = []
    event: Event | None
    rule: Rule | None
    for place, after in enumerate(judged):
        before = judged[place - 1] if place else None
        pos, changed = after.pos, postings.get(after.pos, ())
        if pos in events:
            event = events[pos]
            overtaken = any(order(record) > order(event.record) for record in seen)
            seen.append(event.record)
            at, known_at, rule = event.record.at, event.known_at, None
        elif changed or (before is not None and before.application.due != after.application.due):
            event, overtaken = None, False
            at, known_at, rule = moment_of(adoptions[pos].known_at), adoptions[pos].known_at, adoptions[pos].rule
        else:
            continue
        found.append(Chapter(at, pos, known_at, len(found) + 1, overtaken, event, rule, changed, before, after))
    return sorted(found, key=_own_time)


def _own_time(chapter: Chapter) -> tuple[Moment, Moment, int, int]:
    if chapter.event is not None:
        return order(chapter.event.record)
    return chapter.at, 0, 0, 0
