"""Documents in the core against the slow reference, and the same entries whatever the order of arrival.

A tenth of `IOC_HISTORIES` (10,000 if not said) random histories for each test.
"""

from collections.abc import Callable
from datetime import timedelta
from itertools import accumulate
from random import Random
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.document import fold_document
from stream.core.document_entries import document_entries
from stream.core.document_record import DocumentRecord, document_order
from stream.core.ledger import LEVELS, MOST_AMOUNT, Entry, Measure, OfAcknowledgement, OfDue, postings
from stream.core.rules import Rules
from tests.building.document_histories import document_history, document_records, document_rules, smaller_documents
from tests.building.kinds import level_at
from tests.building.truths import BATCH, HISTORIES, asking_of, patient, unlike
from tests.reference.document import Paper, Told
from tests.reference.minutes import Minute, day, midnight, seconds
from tests.reference.working_time import WorkingTime

pytestmark = patient
fewer = asking_of(HISTORIES // 10)
batches = st.integers(0, 2**40)
_LEVELS: Final = ("documents_open", "documents_overdue")


def entries_of(records: list[DocumentRecord], rules: Rules) -> frozenset[Entry]:
    return document_entries(fold_document(sorted(records, key=document_order), rules), rules)


def agree(start: int, differences: Callable[[Paper, frozenset[Entry]], list[str]]) -> None:
    """Fails with the smallest history of the batch in which core and reference differ."""

    def of(told: tuple[Told, ...], time: WorkingTime) -> list[str]:
        return differences(Paper(told, time), entries_of(document_records(told), document_rules(time)))

    for number in range(start, start + BATCH):
        told, time = document_history(number)
        if of(told, time):
            while again := next((each for each in smaller_documents(told) if of(each, time)), None):
                told = again
            said, lines = "\n  ".join(map(str, Paper(told, time).told)), "\n  ".join(of(told, time))
            pytest.fail(f"history {number}:\n  {said}\ndiffers:\n  {lines}", pytrace=False)


def found(entries: frozenset[Entry], measure: Measure) -> list[tuple[int, int, int]]:
    """When it was counted, with which traits and amount."""
    return [(each.at, each.traits, each.amount) for each in entries if each.measure == measure]


def once(at: Minute | None, traits: int = 0) -> list[tuple[int, int, int]]:
    return [] if at is None else [(seconds(at), traits, 1)]


@fewer
@given(batches)
def test_arrival_end_and_unit_are_those_of_the_reference(start: int) -> None:
    def differences(paper: Paper, entries: frozenset[Entry]) -> list[str]:
        return [
            *unlike("arrived", found(entries, Measure.DOCUMENT_IN), once(paper.arrived)),
            *unlike("done", found(entries, Measure.DOCUMENT_DONE), once(paper.done)),
            *unlike("closed", found(entries, Measure.DOCUMENT_CLOSED), once(paper.closed)),
            *unlike("unit", {each.unit for each in entries}, {paper.unit}),
        ]

    agree(start, differences)


@fewer
@given(batches)
def test_what_was_due_and_whether_it_was_done_on_time_are_those_of_the_reference(start: int) -> None:
    def differences(paper: Paper, entries: frozenset[Entry]) -> list[str]:
        due = paper.last_due_day
        end = None if due is None else seconds(midnight(due + timedelta(days=1))) - 1
        expected = [] if end is None else [(end, int(OfDue.ON_TIME) if paper.on_time else 0, 1)]
        return unlike("due", found(entries, Measure.DOCUMENT_DUE), expected)

    agree(start, differences)


@fewer
@given(batches)
def test_the_working_minutes_to_acknowledgement_are_those_of_the_reference(start: int) -> None:
    def differences(paper: Paper, entries: frozenset[Entry]) -> list[str]:
        at, minutes = paper.acknowledged, paper.latency
        prompt = minutes is not None and minutes <= paper.time.day_length
        traits = int(OfAcknowledgement.WITHIN_A_DAY) if prompt else 0
        told = [(seconds(at), 0, min(minutes, MOST_AMOUNT))] if at is not None and minutes else []
        return [
            *unlike("acknowledged", found(entries, Measure.DOCUMENT_ACKNOWLEDGED), once(at, traits)),
            *unlike("minutes", found(entries, Measure.ACKNOWLEDGE_MINUTES), told),
        ]

    agree(start, differences)


@fewer
@given(batches)
def test_open_and_overdue_are_what_the_reference_says_of_that_minute(start: int) -> None:
    def differences(paper: Paper, entries: frozenset[Entry]) -> list[str]:
        lines = []
        for at in minutes_of(paper):
            for name, expected in zip(_LEVELS, (paper.open(at), paper.overdue(at)), strict=True):
                core = level_at(entries, name, seconds(at))
                lines += unlike(f"{name} at {day(at)} {at % 1440}", core, int(expected))
        return lines

    agree(start, differences)


def minutes_of(paper: Paper) -> set[Minute]:
    """Minutes at which something may have just changed, and the midnights after."""
    known = [each.at for each in paper.told] + [each.due for each in paper.told if each.due is not None]
    near = {at + step for at in known for step in (0, -1)}
    return near | {midnight(day(at) + timedelta(days=1)) - step for at in known for step in (0, 1)}


@fewer
@given(batches)
def test_levels_rise_before_they_fall_and_never_for_no_time(start: int) -> None:
    def differences(paper: Paper, entries: frozenset[Entry]) -> list[str]:
        del paper
        lines = []
        for name in _LEVELS:
            rise, fall = LEVELS[name]
            steps = sorted(
                (each.at, 1 if each.measure == rise else -1) for each in entries if each.measure in {rise, fall}
            )
            lines += unlike(f"heights of {name}", {*accumulate((step for _, step in steps))} <= {0, 1}, True)  # noqa: FBT003
            lines += unlike(f"moments of {name}", len({at for at, _ in steps}), len(steps))
        return lines

    agree(start, differences)


@fewer
@given(batches)
def test_any_order_of_arrival_ends_in_the_same_entries_and_the_postings_add_up_to_them(start: int) -> None:
    for number in range(start, start + BATCH):
        told, time = document_history(number)
        records, rules = document_records(told), document_rules(time)
        expected = entries_of(records, rules)
        Random(number).shuffle(records)
        sums: dict[Entry, int] = {}
        before: frozenset[Entry] = frozenset()
        for count in range(1, len(records) + 1):
            after = entries_of(records[:count], rules)
            for entry, n in postings(before, after):
                sums[entry] = sums.get(entry, 0) + n
            before = after
        assert before == expected, f"history {number}"
        assert dict.fromkeys(expected, 1) == {entry: n for entry, n in sums.items() if n}, f"history {number}"
