"""Random histories of incoming documents: late, twice, corrected, in any order. One follows from one number."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Final

from stream.core.assumptions import Assumptions, OfDocuments
from stream.core.document_record import DocumentRecord, Step
from stream.core.rules import Rules
from tests.building.histories import CALENDARS, EDGES, HOT
from tests.building.told import calendar_of
from tests.reference.document import NEW, RECALL, REPLACE, UPDATE, Told
from tests.reference.minutes import MINUTES_A_DAY, Minute, day, midnight, seconds
from tests.reference.working_time import WorkingTime

UNITS: Final = (3980, 4033)
_ACTS: Final = {NEW: Step.SENT, RECALL: Step.RECALL, UPDATE: Step.UPDATE, REPLACE: Step.REPLACE}
_LIVES: Final = (
    (NEW, "01", "03", "04", "05", "06"),
    (NEW, "01", "03", "06"),
    (NEW, "01", "02"),
    (NEW, "01", "02", NEW, "03", "06"),
    (NEW, "01", "03", UPDATE, "06"),
    (NEW, "01", "03", REPLACE, "16", "05"),
    (NEW, "01", RECALL, "15"),
    (NEW, "01", "03", RECALL, "16", "06"),
    ("01", "03", "13"),
    (NEW, "06", "05", "06"),
)
_ANY: Final = (NEW, "01", "02", "03", "04", "05", "06", "13", "15", "16", RECALL, UPDATE, REPLACE)


def document_history(number: int) -> tuple[tuple[Told, ...], WorkingTime]:
    """What was said of a document in order of arrival, and the working time of its organ."""
    random = Random(number)
    told: list[Told] = []
    at = random.choice(HOT) + random.choice(EDGES)
    for what in _steps(random):
        told.append(Told(len(told), at, what, random.choice(UNITS), _due(random, at) if what in _ACTS else None))
        at += random.choice((0, 0, 1, -1, 7, 60, random.randrange(-600, 3_000), random.randrange(12_000)))
    if random.random() < 0.6:
        random.shuffle(told)
    return (*told, *random.choices(told, k=random.choice((0, 0, 1, 2)))), random.choice(CALENDARS)


def _steps(random: Random) -> list[str]:
    steps = list(random.choice(_LIVES))
    for _ in range(random.choice((0, 0, 1, 1, 2, 4))):
        steps.insert(random.randrange(len(steps) + 1), random.choice(_ANY))
    if len(steps) > 1 and random.random() < 0.2:  # one was lost on its way
        steps.pop(random.randrange(len(steps)))
    return steps


def _due(random: Random, at: Minute) -> Minute | None:
    if random.random() < 0.25:
        return None
    return midnight(day(at)) + random.choice((-1, 0, 1, 2, 3, 7, 20)) * MINUTES_A_DAY + random.choice(EDGES)


def smaller_documents(told: tuple[Told, ...]) -> Iterator[tuple[Told, ...]]:
    """The same history with one thing less, or without a due date."""
    for place, each in enumerate(told):
        if len(told) > 1:
            yield told[:place] + told[place + 1 :]
        if each.due is not None:
            yield (*told[:place], replace(each, due=None), *told[place + 1 :])


def document_records(told: tuple[Told, ...]) -> list[DocumentRecord]:
    """What was said as the core takes it, each once, in order of arrival."""
    return [_record(each) for each in {each.number: each for each in told}.values()]


def document_rules(time: WorkingTime) -> Rules:
    """The rules of an organ with this working time."""
    return Rules(calendar_of(time), assumptions=Assumptions(OfDocuments(acknowledge_days=1, expiring_days=30)))


def _record(told: Told) -> DocumentRecord:
    step = _ACTS[told.what] if told.what in _ACTS else Step(int(told.what))
    due = None if told.due is None else seconds(told.due)
    return DocumentRecord(told.number, seconds(told.at), int(step), told.unit, 3, outgoing=False, due=due)
