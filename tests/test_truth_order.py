"""Whatever the order of arrival, a case ends in the same entries, and what was posted adds up to them after each event.

Of a quarter of `IOC_HISTORIES` (10,000 if not said) random histories.
"""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from stream.core.application import fold
from stream.core.entries import entries
from stream.core.ledger import Entry, Measure, postings
from tests.building.histories import history
from tests.building.told import FIELD, LEVEL, PROCEDURE, records_of, rules_of
from tests.building.truths import BATCH, fewer, patient

batches = st.integers(0, 2**40)
pytestmark = patient


@fewer
@given(batches)
def test_any_order_of_arrival_ends_in_the_same_entries(start: int) -> None:
    for number in range(start, start + BATCH):
        told = history(number)
        records, rules = records_of(told.said), rules_of(told.law)
        found = entries(fold(records, rules), rules)
        Random(number).shuffle(records)
        assert entries(fold(records, rules), rules) == found, f"history {number}"


@fewer
@given(batches)
def test_what_was_posted_event_by_event_adds_up_to_the_entries(start: int) -> None:
    for number in range(start, start + BATCH):
        told = history(number)
        records, rules = records_of(told.said), rules_of(told.law)
        sums: dict[Entry, int] = {}
        before: frozenset[Entry] = frozenset()
        for count in range(1, len(records) + 1):
            after = entries(fold(records[:count], rules), rules)
            for entry, n in postings(before, after):
                sums[entry] = sums.get(entry, 0) + n
            assert dict.fromkeys(after, 1) == {entry: n for entry, n in sums.items() if n}, f"history {number}"
            before = after


@fewer
@given(batches)
def test_every_entry_says_its_field_and_level_of_authority_and_a_receipt_its_procedure(start: int) -> None:
    for number in range(start, start + BATCH):
        told = history(number)
        if any(each.whole for each in told.said):
            rules = rules_of(told.law)
            found = entries(fold(records_of(told.said), rules), rules)
            assert {(each.field, each.level) for each in found} <= {(FIELD, LEVEL)}, f"history {number}"
            receipts = {each.procedure for each in found if each.measure == Measure.RECEIVED}
            others = {each.procedure for each in found if each.measure != Measure.RECEIVED}
            assert receipts <= {PROCEDURE}
            assert others <= {0}
