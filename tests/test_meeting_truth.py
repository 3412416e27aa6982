"""Meetings against the slow reference: who was there, what was late, which minutes were lost.

Some hundred random meetings in an ordinary run; as many as asked for with

    IOC_HISTORIES=10000 .venv/bin/pytest tests/test_meeting_truth.py
"""

import os
from collections import Counter
from random import Random

from stream.core.ledger import LEVELS, Entry, Measure
from stream.core.meeting import fold_meeting
from stream.core.meeting_entries import meeting_entries
from stream.core.meeting_record import order
from tests.building.meetings import LAST, RULES, UNITS, records_of, seconds, some_words
from tests.reference.meeting import LONGEST, Counted, Meeting

MANY = int(os.environ.get("IOC_HISTORIES", "250"))
STEPS = {step for name in ("meetings_on", "sites_away") for step in LEVELS[name]}
FAR = LAST + 2 * LONGEST
"""Long after anything that is said."""


def entries_of(seed: int) -> tuple[Meeting, frozenset[Entry]]:
    words = some_words(Random(seed))
    records = sorted(records_of(words), key=order)
    return Meeting(words, LAST + 10), meeting_entries(fold_meeting(records, RULES), RULES)


def level(entries: frozenset[Entry], name: str, unit: int, moment: int) -> int:
    rise, fall = LEVELS[name]
    sign = {int(rise): 1, int(fall): -1}
    return sum(
        sign.get(each.measure, 0) * each.amount for each in entries if each.unit == unit and each.at <= moment
    )  # fmt: skip


def test_what_is_counted_at_a_moment_is_what_the_reference_counts() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(MANY):
        meeting, entries = entries_of(seed)
        found: Counter[Counted] = Counter()
        for each in entries:
            if each.measure not in STEPS:
                tick, rest = divmod(each.at - seconds(0), 30)
                assert rest == 0
                found[Measure(each.measure).name, tick, each.unit, each.traits] += each.amount
        assert found == meeting.flows(), seed
        kinds.update(name for name, *_ in found)
    assert len(kinds) == 6, "the random meetings have something of everything"


def test_the_levels_are_those_of_the_reference_at_every_moment() -> None:
    most: Counter[str] = Counter()
    for seed in range(MANY // 2):
        meeting, entries = entries_of(seed)
        for name in ("meetings_on", "sites_away"):
            for unit in UNITS:
                for tick in range(0, LAST + 10, 3):
                    wanted = meeting.level(name, unit, tick)
                    assert level(entries, name, unit, seconds(tick) + 15) == wanted, (seed, name, unit, tick)
                    most[name] = max(most[name], wanted)
    assert most == {"meetings_on": 1, "sites_away": 2}


def test_every_level_has_come_down_long_after_the_last_word() -> None:
    for seed in range(MANY):
        _, entries = entries_of(seed)
        assert {level(entries, name, unit, seconds(FAR)) for name in LEVELS for unit in UNITS} == {0}


def test_any_order_of_arrival_and_any_repetition_count_the_same() -> None:
    for seed in range(MANY):
        random = Random(seed)
        records = records_of(some_words(random))
        wanted = meeting_entries(fold_meeting(sorted(records, key=order), RULES), RULES)
        again = [*records, random.choice(records)]
        random.shuffle(again)
        seen = list({each.eid: each for each in again}.values())
        assert meeting_entries(fold_meeting(sorted(seen, key=order), RULES), RULES) == wanted
