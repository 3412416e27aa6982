"""The queue's law is the ledger's: of made-up lives it says what their entries say, as the clock goes on."""

import random
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pytest

from stream.apply.cases import APPLICATION, DOCUMENT
from stream.core.application import fold_ordered
from stream.core.document import fold_document
from stream.core.document_entries import document_entries
from stream.core.document_record import document_order
from stream.core.entries import entries
from stream.core.ledger import LEVELS, Entry
from stream.core.moment import day_of, start_of
from stream.core.rules import Rules
from stream.core.timeline import LETTER, Record, order
from stream.queue.held import Held
from stream.queue.judging import Packed, judged_course
from stream.queue.names import Names
from stream.queue.queue import Queue
from stream.story.standing import Standing, plain_standing, standing
from tests.building.document_histories import document_history, document_records, document_rules
from tests.building.histories import FIRST, LAST, history
from tests.building.told import records_of, rules_of
from tests.reference import minutes

LIVES: Final = 300
MOMENTS: Final = 10
"""Of each life: some in it, at its very moments and a second beside them, some before it and some after."""
Row = tuple[Any, ...]


def moments_of(records: Sequence[Any], seed: int) -> list[int]:
    drawn = random.Random(seed)
    known = [record.at for record in records] + [record.due for record in records if record.due is not None]
    found = []
    for _ in range(MOMENTS):
        at = drawn.choice(known) + drawn.choice((0, 0, 1, -1, drawn.randrange(-90_000, 900_000)))
        found += [at, start_of(day_of(at)), start_of(day_of(at) + 1)]
    return sorted(drawn.sample(found, MOMENTS))


def followed(packed: Packed, records: Sequence[Any], state: object, rules: Rules, at: Sequence[int]) -> Iterator[Queue]:
    """A queue of one case that is known from the first moment on, as the clock goes on to each of them."""
    queue = Queue(Names({}, {}), at[0])
    course = judged_course(packed, records, state, rules, at[0])
    if course is not None:
        queue.put(course)
    for moment in at:
        queue.advance(moment)
        queue.settle()
        yield queue


def row(queue: Queue) -> Row | None:
    slot = queue.slots.get("A")
    if slot is None or not queue.columns["listed"][slot]:
        return None
    held, columns = Held(queue), queue.columns
    letter = "owed" if held.owed[slot] else "sent" if held.sent[slot] else "none"
    levels = [name for name in ("overdue", "due_soon", "paused") if getattr(held, name)[slot]]
    return (
        levels, int(columns["unit"][slot]), int(columns["status"][slot]), bool(held.late_by_index[slot]), letter,
        int(held.remaining[slot]) if held.has_due[slot] else None,
        int(columns["paused"][slot]) if held.paused[slot] else None,
    )  # fmt: skip


def expected(held: Standing) -> Row | None:
    if "open" not in held.levels:
        return None
    letter = "none" if held.letter_owed_since is None else "owed" if held.letters_due else "sent"
    levels = [name for name in ("overdue", "due_soon", "paused") if name in held.levels]
    return levels, held.unit, held.status, held.late_by_index, letter, held.remaining, held.paused_since


def letters(number: int) -> list[Record]:
    """A letter of apology or two, owed or not."""
    drawn = random.Random(number)
    at = [minutes.seconds(drawn.randrange(FIRST, LAST)) for _ in range(drawn.choice((0, 1, 1, 2)))]
    return [Record(2**62 + each, each, LETTER, 3980, 0, 0, whole=False) for each in at]


@pytest.mark.parametrize("batch", range(2))
def test_of_an_application_it_says_what_the_ledger_says(batch: int) -> None:
    open_rows = paused = waiting = owed = sent = 0
    for number in range(batch * LIVES, batch * LIVES + LIVES):
        told = history(number)
        rules = rules_of(told.law)
        records = sorted([*records_of(told.said), *letters(number)], key=order)
        state = fold_ordered(records, rules)
        posted = entries(state, rules)
        at = moments_of(records, number)
        for moment, queue in zip(
            at, followed(Packed(1, "A", APPLICATION, b""), records, state, rules, at), strict=True
        ):
            found = row(queue)
            assert found == expected(standing(records, state, posted, rules.calendar, moment)), (number, moment)
            open_rows += found is not None
            paused += found is not None and "paused" in found[0]
            waiting += found is None and len(queue) > 0
            owed += found is not None and found[4] == "owed"
            sent += found is not None and found[4] == "sent"
    assert open_rows > LIVES
    assert paused > LIVES / 10
    assert waiting > LIVES / 10
    assert min(owed, sent) > LIVES / 4


def is_up(posted: frozenset[Entry], level: str, moment: int) -> bool:
    rise, fall = LEVELS[level]
    steps = [entry.measure for entry in posted if entry.at <= moment]
    return steps.count(rise) > steps.count(fall)


def test_of_a_document_it_says_what_the_ledger_says() -> None:
    open_rows = late = 0
    for number in range(LIVES):
        told, time = document_history(number)
        rules = document_rules(time)
        records = sorted({each.eid: each for each in document_records(told)}.values(), key=document_order)
        state = fold_document(records, rules)
        posted = document_entries(state, rules)
        at = moments_of(records, number)
        for moment, queue in zip(at, followed(Packed(1, "A", DOCUMENT, b""), records, state, rules, at), strict=True):
            found = row(queue)
            assert (found is not None) == is_up(posted, "documents_open", moment), (number, moment)
            if found is None:
                continue
            levels, unit, status, late_by_index, letter, remaining, _ = found
            assert ("overdue" in levels) == is_up(posted, "documents_overdue", moment), (number, moment)
            assert (unit, late_by_index, letter) == (state.unit, False, "none")
            then = fold_document([record for record in records if record.at <= moment], rules)
            if then.is_open:  # what comes later may say that it came before, as a recall does that nobody agreed to
                assert status == plain_standing(then, posted, moment).status
            if state.due is not None and all(since <= moment for since, _ in state.dues):
                assert remaining == rules.calendar.measure(moment, state.due)
            open_rows += 1
            late += "overdue" in levels
    assert open_rows > LIVES
    assert late > LIVES / 10
