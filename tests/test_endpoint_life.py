"""An endpoint is known from its first event on, and away from down to up, whatever order its events come in."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.endpoint import DOWN, UP, EndpointRecord, endpoint_entries, fold_endpoint, order
from stream.core.ledger import LEVELS, Entry
from stream.first_rules import first_rules
from tests.building.moments import moment

A, B = 3980, 4033
START = moment("2026-01-05 00:00")
LAST = 40
Change: TypeAlias = tuple[int, bool, int]
"""When, whether it is up, whose it is."""

unhurried = settings(deadline=None)  # the calendar is built with the first
changes = st.lists(st.tuples(st.integers(0, LAST - 1), st.booleans(), st.sampled_from([A, B])), min_size=1, max_size=20)


def entries_of(said: Sequence[Change], start: int = START) -> frozenset[Entry]:
    records = [EndpointRecord(number, start + at, up, unit) for number, (at, up, unit) in enumerate(said)]
    rules = first_rules()
    return endpoint_entries(fold_endpoint(sorted(records, key=order), rules), rules)


def level(entries: frozenset[Entry], name: Literal["endpoints", "endpoints_away"], unit: int, at: int) -> int:
    rise, fall = LEVELS[name]
    sign = {int(rise): 1, int(fall): -1}
    return sum(sign.get(each.measure, 0) for each in entries if each.unit == unit and each.at <= at)


@unhurried
@given(changes)
def test_the_levels_are_what_was_last_said_at_every_moment(said: list[Change]) -> None:
    entries = entries_of(said)
    ordered = sorted(said, key=lambda change: change[:2])  # of one moment, up is the newer
    for at in range(-1, LAST + 1):
        known = [change for change in ordered if change[0] <= at]
        by_unit = dict.fromkeys((A, B), (0, 0))
        if known:
            _, is_up, unit = known[-1]
            by_unit[unit] = (1, int(not is_up))
        for unit, wanted in by_unit.items():
            found = level(entries, "endpoints", unit, START + at), level(entries, "endpoints_away", unit, START + at)
            assert found == wanted, (at, unit)


@unhurried
@given(changes, st.randoms())
def test_any_order_of_arrival_counts_the_same(said: list[Change], random: object) -> None:
    records = [EndpointRecord(number, START + at, up, unit) for number, (at, up, unit) in enumerate(said)]
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis has no public type for it
    rules = first_rules()
    states = [fold_endpoint(sorted(each, key=order), rules) for each in (records, shuffled)]
    assert states[0] == states[1]


def test_it_says_since_when_it_is_in_its_state() -> None:
    records = [EndpointRecord(n, START + 10 * n, up, A) for n, up in enumerate([True, True, False, False])]
    rules = first_rules()
    up, down = fold_endpoint(records[:2], rules), fold_endpoint(records, rules)
    assert (up.status, up.received, up.last_at) == (UP, START, START + 10)
    assert (down.status, down.received, down.last_at, down.is_open) == (DOWN, START + 20, START + 30, True)


def test_it_moves_with_its_unit_when_units_merge_also_while_it_is_away() -> None:
    merger = first_rules().mergers[-1]
    ended, successors = next((old, new) for old, new in merger.became.items() if old not in merger.in_force)
    entries = entries_of([(-20, False, ended)], start=merger.at)
    for name in ("endpoints", "endpoints_away"):
        assert level(entries, name, ended, merger.at - 1) == 1
        assert level(entries, name, ended, merger.at) == 0
        assert level(entries, name, successors[0], merger.at) == 1


def test_a_record_of_the_very_second_of_a_merger_counts_it_once() -> None:
    merger = first_rules().mergers[-1]
    ended, (heir, *_) = next((old, new) for old, new in merger.became.items() if old not in merger.in_force)
    other = next(unit for unit in merger.in_force if unit != heir)
    entries = entries_of([(-20, False, ended), (0, False, heir), (5, False, other)], start=merger.at)
    for name in ("endpoints", "endpoints_away"):
        stands = [[level(entries, name, unit, merger.at + at) for unit in (ended, heir, other)] for at in (-1, 0, 5)]
        assert stands == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
