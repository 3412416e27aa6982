"""The chapters of a story: each event, and each adoption of rules that changed the case without an event of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ingest.contracts.registry import OfCase
from stream.apply.rulebook import Rule
from stream.core.ledger import Posting
from stream.core.moment import Moment, moment_of
from stream.story.replay import Adopted, Judged


@dataclass(frozen=True, slots=True)
class Event:
    """What lies in the log: who said it, when it became known, what it said.

    `record` is what the core made of it, of the kind's own type (`stream.apply.lives`).
    """

    known_at: datetime
    source: str
    type: str
    id: str
    data: OfCase
    record: Any

    @property
    def unit(self) -> int:
        """The unit that it names."""
        return int(self.data.unit)


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
    order: Callable[[Any], Any],
) -> Sequence[Chapter]:
    """Every event, and the adoptions that changed something, in `order` of the events; all by position."""
    found: list[Chapter] = []
    untold = [each.record for pos, each in events.items() if pos < judged[0].pos]
    newest: Any = max(map(order, untold), default=None)
    event: Event | None
    rule: Rule | None
    for place, after in enumerate(judged):
        before = judged[place - 1] if place else None
        pos, changed = after.pos, postings.get(after.pos, ())
        if pos in events:
            event = events[pos]
            place_of = order(event.record)
            overtaken = newest is not None and newest > place_of
            newest = place_of if newest is None else max(newest, place_of)
            at, known_at, rule = event.record.at, event.known_at, None
        elif changed or (before is not None and before.state.due != after.state.due):
            event, overtaken = None, False
            at, known_at, rule = moment_of(adoptions[pos].known_at), adoptions[pos].known_at, adoptions[pos].rule
        else:
            continue
        found.append(
            Chapter(at, pos, known_at, len(untold) + len(found) + 1, overtaken, event, rule, changed, before, after)
        )
    return sorted(found, key=lambda chapter: (chapter.at, 0) if chapter.event is None else order(chapter.event.record))
