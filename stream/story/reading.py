"""Reading the whole story of one case: as of any moment, as known at any moment."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any, Final

from psycopg import Connection

from ingest.contracts.envelope import decode_envelope
from ingest.contracts.onestop import ApologySent
from ingest.contracts.registry import OfCase, decode
from stream.apply.cases import APPLICATION, HANDLING, part_of
from stream.apply.lives import LIVES
from stream.core.application import Application
from stream.core.ledger import Entry, Posting
from stream.core.moment import Moment, moment_of
from stream.core.rules import Rules
from stream.report.fields import read_fields
from stream.report.ii06a import Field
from stream.story.chapters import Chapter, Event, chapters
from stream.story.due import DueStep, explain_due
from stream.story.errors import NoSuchCaseError, NotKnownYetError, StoryError
from stream.story.idle import DayNames
from stream.story.knowledge import Knowledge, Versions, read_knowledge
from stream.story.replay import Judged, replay
from stream.story.rows import rows
from stream.story.standing import Standing, plain_standing, standing

_NEIGHBOURS: Final = 20
_OFFERED: Final = 5


@dataclass(frozen=True, slots=True)
class DueReading:
    """The due date by the rules that the case was judged by from `known_from` on, as last known under them."""

    known_from: datetime
    versions: Versions
    due: Moment | None


@dataclass(frozen=True, slots=True)
class Story:
    """A case's whole story, as of a moment and as known at a moment (None: all that is known).

    `judged` is what holds by all of it, `standing` what of that holds at the moment; `steps` are how the due date came
    about, none for what is no application. `readings` has one line for each change of rules while it was open.
    """

    code: str
    kind: int
    part: int
    procedure: str | None
    field: Field | None
    as_of: datetime
    known_at: datetime | None
    chapters: Sequence[Chapter]
    judged: Judged
    standing: Standing
    steps: Sequence[DueStep]
    versions: Versions
    readings: Sequence[DueReading]
    day_names: DayNames


def read_story(
    connection: Connection[Any], code: str, as_of: datetime, known_at: datetime | None, first: Rules
) -> Story:
    """The story of the case with this code; call it inside a `stream.store.reading.snapshot`.

    `first` are the rules before any adoption. Raises `NoSuchCaseError`, `NotKnownYetError` and `StoryError`.
    """
    found = rows(connection, "case", {"code": code})
    if not found:
        raise NoSuchCaseError(code, nearest_codes(connection, code))
    number, _, kind, procedure, packed = found[0]
    if kind == HANDLING:
        raise StoryError(f"how a case is handled is told with the case: ask for {code.partition('/')[2]}")
    part, timeline = part_of(number), LIVES[kind].unpack(packed)
    events = _read_events(connection, part, timeline)
    heard = min(event.known_at for event in events.values())
    events = {pos: event for pos, event in events.items() if known_at is None or event.known_at <= known_at}
    if not events:
        raise NotKnownYetError(code, known_at or heard, heard)
    records = [record for record in timeline if record.pos in events]
    knowledge = read_knowledge(connection, known_at, first)
    adoptions = {each.pos: each for each in knowledge.adoptions.get(part, ())}
    judged = replay(kind, part, records, adoptions.values(), knowledge.rulebook)
    known = {pos: event.known_at for pos, event in events.items()} | {
        pos: each.known_at for pos, each in adoptions.items()
    }
    last = judged[-1]
    is_application = kind == APPLICATION
    return Story(
        code=code,
        kind=kind,
        part=part,
        procedure=procedure,
        field=read_fields(connection).get(last.state.field),
        as_of=as_of,
        known_at=known_at,
        chapters=chapters(
            events, adoptions, judged, _read_postings(connection, number, part, known), LIVES[kind].order
        ),
        judged=last,
        standing=_standing(kind, records, last, moment_of(as_of)),
        steps=explain_due(records, last.rules) if is_application else (),
        versions=knowledge.versions(part, last.pos),
        readings=_due_readings(knowledge, part, judged, known) if is_application else (),
        day_names=knowledge.day_names(part, last.pos),
    )


def _standing(kind: int, records: Sequence[Any], judged: Judged, as_of: Moment) -> Standing:
    if isinstance(judged.state, Application):
        return standing(records, judged.state, judged.entries, judged.rules.calendar, as_of)
    said = [record for record in records if record.at <= as_of]
    then = LIVES[kind].fold(said, judged.rules) if said else None
    return plain_standing(then, judged.entries, as_of)


def _read_events(connection: Connection[Any], part: int, timeline: Sequence[Any]) -> dict[int, Event]:
    records = {record.pos: record for record in timeline}
    found: dict[int, Event] = {}
    for pos, known_at, body in rows(connection, "events", {"part": part, "positions": list(records)}):
        envelope = decode_envelope(bytes(body))
        data = decode(envelope)
        if not isinstance(data, OfCase):
            raise StoryError(f"the event at {part}/{pos} is of no case")
        found[pos] = Event(known_at, envelope.source, envelope.type, envelope.id, data, records[pos])
    if missing := records.keys() - found.keys():
        places = ", ".join(f"{part}/{pos}" for pos in sorted(missing))
        raise StoryError(f"events of the case are not in the store: {places}")
    return found


def _read_postings(
    connection: Connection[Any], number: int, part: int, known: Mapping[int, datetime]
) -> Mapping[int, Sequence[Posting]]:
    """What each position that is known posted of the case."""
    found: defaultdict[int, list[Posting]] = defaultdict(list)
    given = {"moments": sorted(set(known.values())), "part": part, "case": number}
    for pos, *entry, n in rows(connection, "postings", given):
        if pos in known:
            found[pos].append((Entry(*entry)._replace(amount=abs(n)), 1 if n > 0 else -1))
    return found


def _due_readings(
    knowledge: Knowledge, part: int, judged: Sequence[Judged], known: Mapping[int, datetime]
) -> Sequence[DueReading]:
    """Nothing where the rules never changed while it was open."""
    found: list[DueReading] = []
    for each in judged:
        versions, due = knowledge.versions(part, each.pos), each.state.due
        if found and found[-1].versions == versions:
            found[-1] = DueReading(found[-1].known_from, versions, due)
        else:
            found.append(DueReading(known[each.pos], versions, due))
    return found if len(found) > 1 else ()


def nearest_codes(connection: Connection[Any], code: str) -> list[str]:
    """Existing codes that are most like one that does not exist, the likest first: among those beside it."""
    beside = {each for (each,) in rows(connection, "neighbours", {"code": code, "most": _NEIGHBOURS})}
    return sorted(beside, key=lambda each: (-SequenceMatcher(None, code, each).ratio(), each))[:_OFFERED]


def letters_of(story: Story) -> Sequence[Chapter]:
    """The chapters of letters of apology, by their own time."""
    return [each for each in story.chapters if each.event is not None and isinstance(each.event.data, ApologySent)]
