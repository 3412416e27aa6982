"""From the row of a case to its course, by the newest rules, as figures judge it (`stream.story.replay.judge`)."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from stream.apply.cases import part_of
from stream.apply.lives import LIVES
from stream.apply.rulebook import Rulebook
from stream.core.application import Application
from stream.core.document import Document
from stream.core.moment import Moment
from stream.core.rules import Rules
from stream.queue.applications import apology, application_phases
from stream.queue.course import NEVER, Course
from stream.queue.documents import document_phases


class Packed(NamedTuple):
    """A case as its row has it: number, code, kind, and all that was said of it (None: it ended)."""

    number: int
    code: str
    kind: int
    timeline: bytes | None


def course_of(packed: Packed, rulebook: Rulebook, now: Moment) -> Course | None:
    """What is known of the case from a moment on; None where it is not open by then, nor will be."""
    if packed.timeline is None:
        return None
    life = LIVES[packed.kind]
    records = life.unpack(packed.timeline)
    part = part_of(packed.number)
    rules = rulebook.newest(part)
    state = life.fold(records, rules)
    if not state.is_open:  # it keeps what it was ended by
        rules = rulebook.at(part, max(record.pos for record in records))
        state = life.fold(records, rules)
    return judged_course(packed, records, state, rules, now)


def judged_course(packed: Packed, records: Sequence[Any], state: object, rules: Rules, now: Moment) -> Course | None:
    """The same of a case whose records, which stand in order, are folded already."""
    if isinstance(state, Application) and state.received is not None:
        phases = application_phases(records, state, now)
        owed, sent = apology(state)
        late = NEVER if state.second_request is None else state.second_request
        level = rules.of_procedure(state.procedure).level
        course = Course(
            packed.number, packed.code, packed.kind, state.field, state.procedure, state.channel, level,
            state.received, rules.calendar, phases, owed, sent, late,
        )  # fmt: skip
    elif isinstance(state, Document):
        phases = document_phases(records, state, now)
        course = Course(
            packed.number, packed.code, packed.kind, 0, 0, 0, state.level, state.received, rules.calendar, phases
        )
    else:
        return None
    return course if course.phases else None
