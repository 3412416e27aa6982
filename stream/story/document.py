"""A story as a JSON document. Keys are a contract; every sentence stands there in Vietnamese and in English."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from ingest.contracts.documents import DocumentProgressed
from stream.apply.cases import APPLICATION, DOCUMENT
from stream.core.application import Application
from stream.core.certificate import Certificate
from stream.core.document import Document
from stream.core.ledger import Measure, Posting
from stream.core.moment import Moment, date_of, datetime_of, day_of
from stream.core.timeline import Record
from stream.report.ii06a import LEVEL_CODES
from stream.story.chapters import Chapter, Event
from stream.story.due import DueStep
from stream.story.holding import by_index, now, units_of
from stream.story.naming import measure_said, status_said, unit_title
from stream.story.plain import PLAIN
from stream.story.reading import Story, letters_of
from stream.story.telling import head, told_chapter, told_readings, told_step
from stream.story.words import Said

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
KINDS: Final = {
    1: "application", 2: "evaluation", 3: "petition", 4: "document", 5: "certificate", 6: "meeting", 7: "endpoint"
}  # fmt: skip
CHANNELS: Final = {1: "direct", 2: "online", 3: "postal"}


def story_document(story: Story) -> dict[str, object]:
    """The whole story."""
    state = story.judged.state
    return {
        "code": story.code,
        "kind": KINDS[story.kind],
        "procedure": story.procedure,
        "field": None if story.field is None else {"code": story.field.code, "name": story.field.name},
        "level": LEVEL_CODES[level_of(story)],
        "channel": None if story.kind in PLAIN else CHANNELS.get(state.channel),
        "as_of": _datetime(story.as_of),
        "known_at": None if story.known_at is None else _datetime(story.known_at),
        "rules": story.versions._asdict(),
        "about": _all(head(story)),
        "now": _now(story),
        "due": {
            "steps": [_step(story, step) for step in story.steps],
            "readings": [
                {
                    "known_from": _datetime(each.known_from),
                    **each.versions._asdict(),
                    "due": moment_text(each.due),
                    "text": _both(said),
                }
                for each, said in zip(story.readings, told_readings(story), strict=True)
            ],
        },
        "events": [_chapter(chapter) for chapter in story.chapters],
    }


def unit_document(unit: int | None, at: Moment) -> dict[str, object] | None:
    """A unit by code, with the name that it bore at that moment where that is recorded."""
    return None if unit is None else {"code": f"{unit:05}", "name": unit_title(unit, date_of(day_of(at)))}


def level_of(story: Story) -> int:
    """The level of authority of the procedure, or of the organ."""
    state = story.judged.state
    if isinstance(state, Application):
        return story.judged.rules.of_procedure(state.procedure).level
    return state.level if isinstance(state, Document | Certificate) else 0


def status_document(status: int | None, kind: int = APPLICATION) -> dict[str, object] | None:
    """A status by its code (handbook 3.1, 4.1), in words."""
    return None if status is None else {"code": status, **_both(status_said(kind, status))}


def moment_text(moment: Moment | None) -> str | None:
    """A moment in local time."""
    return None if moment is None else _datetime(datetime_of(moment))


def _now(story: Story) -> dict[str, object]:
    held, state = story.standing, story.judged.state
    ended = None if story.kind in PLAIN and held.ended_as is None else state.ended
    common = {
        "status": status_document(held.status, story.kind),
        "unit": unit_document(held.unit, held.as_of),
        "received": moment_text(state.received),
        "due": moment_text(held.due),
        "ended": moment_text(ended),
        "ended_as": None if held.ended_as is None else held.ended_as.name.lower(),
        "returned": moment_text(state.returned),
        "levels": sorted(held.levels),
        "remaining_seconds": held.remaining,
        "paused_since": moment_text(held.paused_since),
    }
    of_application = {} if story.kind in PLAIN else _of_application(story)
    return {**common, **of_application, "text": _all(now(story))}


def _of_application(story: Story) -> dict[str, object]:
    """What only applications, forms and petitions have."""
    held, application = story.standing, story.judged.application
    calendar = story.judged.rules.calendar
    return {
        "units": [
            {"unit": unit_document(unit, start), "from": moment_text(start), "to": moment_text(end)}
            for start, end, unit in units_of(application)
        ],
        "pauses": [
            {
                "from": moment_text(pause.start),
                "to": moment_text(pause.end),
                "working_seconds": None if pause.end is None else calendar.measure(pause.start, pause.end),
            }
            for pause in application.pauses
        ],
        "findings": [
            {
                "name": Measure(each.measure).name.lower(),
                "at": moment_text(each.at),
                "unit": unit_document(each.unit, each.at),
                **_both(measure_said(each.measure)),
            }
            for each in application.findings
        ],
        "letter": {
            "owed_since": moment_text(held.letter_owed_since),
            "outstanding": held.letters_due,
            "sent": [moment_text(chapter.at) for chapter in letters_of(story)],
        },
        "index": {"late": held.late_by_index, "text": _all(by_index(story))},
    }


def _step(story: Story, step: DueStep) -> dict[str, object]:
    told = told_step(story, step)
    return {
        "kind": step.kind,
        "at": moment_text(step.at),
        "before": moment_text(step.before),
        "due": moment_text(step.due),
        "working_seconds": step.worked,
        "counts_from": moment_text(step.counts_from),
        "wait": None if step.wait is None else [moment_text(step.wait.start), moment_text(step.wait.end)],
        "text": _all(told.sentences),
        "rule": _both(told.rule),
    }


def _chapter(chapter: Chapter) -> dict[str, object]:
    told = told_chapter(chapter)
    event, rule = chapter.event, chapter.adopted
    return {
        "at": moment_text(chapter.at),
        "known_at": _datetime(chapter.known_at),
        "position": chapter.pos,
        "arrival": chapter.arrival,
        "came_late": chapter.overtaken,
        "source": None if event is None else event.source,
        "type": None if event is None else event.type,
        "id": None if event is None else event.id,
        "status": None if event is None else _status_of(event),
        "unit": None if event is None else unit_document(event.unit, chapter.at),
        "said": None if event is None else msgspec.to_builtins(event.data),
        "adopted": None if rule is None else {"kind": rule.kind, "version": rule.version},
        "due": moment_text(chapter.after.state.due),
        "ledger": [_posting(posting) for posting in chapter.postings],
        "heading": _both(told.heading),
        "text": _all([*told.sentences, *told.postings]),
    }


def _status_of(event: Event) -> dict[str, object] | None:
    """The status that an event says; None where it says another thing."""
    if isinstance(event.data, DocumentProgressed):
        return status_document(int(event.data.status), DOCUMENT)
    return status_document(event.record.status) if isinstance(event.record, Record) else None


def _posting(posting: Posting) -> dict[str, object]:
    entry, n = posting
    return {
        "measure": Measure(entry.measure).name.lower(),
        "at": moment_text(entry.at),
        "unit": unit_document(entry.unit, entry.at),
        "n": n * entry.amount,
        **_both(measure_said(entry.measure)),
    }


def _both(said: Said) -> dict[str, str]:
    return said._asdict()


def _all(sentences: Iterable[Said]) -> list[dict[str, str]]:
    return [_both(said) for said in sentences]


def _datetime(when: datetime) -> str:
    return when.astimezone(LOCAL).isoformat()
