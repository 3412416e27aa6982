"""One incident for each cause: what flaps raises no second one, and what falls silent at once is one."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.calendar import WorkingCalendar
from stream.core.incidents import Incident, Trouble, next_incidents
from stream.core.moment import Moment
from stream.sources.troubles import troubles
from tests.building.applying import calendar
from tests.building.moments import moment
from tests.building.sources import round_the_clock, stands

QUIET, TICK = 1_800, 5
NINE = moment("2026-03-17 09:00:00")


class Book:
    """The incidents of a run, kept as the store keeps them."""

    def __init__(self) -> None:
        self.kept: dict[int, Incident] = {}

    def told(self, found: Iterable[Trouble], now: Moment) -> None:
        open_now = [each for each in self.kept.values() if each.closed is None]
        for each in next_incidents(open_now, list(found), now, QUIET):
            number = each.number or len(self.kept) + 1
            self.kept[number] = replace(each, number=number)
        opened = [each.about for each in self.kept.values() if each.closed is None]
        assert len(opened) == len(set(opened)), "two open incidents about the same"

    @property
    def all(self) -> Sequence[Incident]:
        return list(self.kept.values())


def watched(
    heard: Callable[[Moment], dict[str, Moment | None]], cadences: dict[str, int], span: range, by: WorkingCalendar
) -> Sequence[Incident]:
    """The incidents of sources that are looked at again and again; `heard` says when each was last heard of."""
    book = Book()
    for now in span:
        sources = [stands(name, now, by, cadences[name], at, span.start) for name, at in heard(now).items()]
        ill = {each.source for each in book.all if each.closed is None and each.source is not None}
        book.told(troubles(sources, 0, now, by, ill), now)
    return book.all


def test_an_incident_closes_when_all_was_well_for_half_an_hour() -> None:
    book, silent = Book(), Trouble("silent", "a", NINE - 2)
    book.told([silent], NINE)
    book.told([silent], NINE + 5)
    assert book.all == [Incident("silent", "a", NINE - 2, NINE, number=1)]
    book.told([], NINE + 10)
    book.told([], NINE + 9 + QUIET)
    assert [(each.recovered, each.closed) for each in book.all] == [(NINE + 10, None)]
    book.told([], NINE + 10 + QUIET)
    assert [(each.recovered, each.closed) for each in book.all] == [(NINE + 10, NINE + 10 + QUIET)]


def test_what_falls_ill_again_before_is_the_same_incident() -> None:
    book, silent = Book(), Trouble("silent", "a", NINE)
    for minute, found in enumerate([[silent], [], [silent], [], [silent]]):
        book.told(found, NINE + 60 * minute)
    [incident] = book.all
    assert (incident.flaps, incident.recovered, incident.closed) == (2, None, None)


def test_a_source_that_is_late_and_then_silent_has_one_incident() -> None:
    book = Book()
    book.told([Trouble("late", "a", NINE)], NINE)
    book.told([Trouble("silent", "a", NINE + 60)], NINE + 60)
    book.told([Trouble("late", "a", NINE + 120)], NINE + 120)
    assert [(each.cause, each.began, each.flaps) for each in book.all] == [("silent", NINE, 0)]


def test_each_source_and_each_cause_has_an_incident_of_its_own() -> None:
    book = Book()
    book.told([Trouble("silent", "a", NINE), Trouble("late", "b", NINE), Trouble("halted", None, NINE)], NINE)
    assert [(each.cause, each.source) for each in book.all] == [("silent", "a"), ("late", "b"), ("halted", None)]


def test_all_sources_silent_at_once_are_one_incident_of_the_way_in() -> None:
    """Ten, ten and thirty minutes of cadence: they fall silent one after the other, of one cause."""
    cadences = {"a": 600, "b": 600, "c": 1_800}
    last = {"a": NINE, "b": NINE + 3, "c": NINE + 60}
    found = watched(lambda now: {name: min(now, at) for name, at in last.items()}, cadences, _hour(), calendar())
    assert [(each.cause, each.source, each.recovered) for each in found if each.closed is None] == [
        ("intake", None, None)
    ]
    assert [(each.cause, each.source) for each in found if each.closed is not None] == [("silent", "b")]


def test_a_source_that_was_gone_before_is_not_the_way_in() -> None:
    last = {"a": NINE, "b": NINE + 1_200}
    found = watched(
        lambda now: {name: min(now, at) for name, at in last.items()}, {"a": 600, "b": 600}, _hour(), calendar()
    )
    assert [(each.cause, each.source) for each in found] == [("silent", "a"), ("silent", "b")]


def test_a_single_source_is_never_the_way_in() -> None:
    found = watched(lambda now: {"a": min(now, NINE)}, {"a": 600}, _hour(), calendar())
    assert [(each.cause, each.source, each.began) for each in found] == [("silent", "a", NINE + 601)]


def test_after_the_way_in_a_source_that_stays_away_gets_its_own_incident() -> None:
    def heard(now: Moment) -> dict[str, Moment | None]:
        return {"a": now if now > NINE + 1_000 else min(now, NINE), "b": min(now, NINE)}

    found = watched(heard, {"a": 600, "b": 600}, range(NINE, NINE + 3 * 3_600, TICK), calendar())
    assert [(each.cause, each.source, each.closed is None) for each in found] == [
        ("intake", None, False),
        ("silent", "b", True),
    ]


@pytest.mark.parametrize("evening", ["2026-03-16 17:29:55", "2026-03-13 17:29:55", "2026-02-13 17:29:55"])
def test_a_quiet_night_a_weekend_and_the_new_year_raise_nothing(evening: str) -> None:
    """Until the first minutes of the next working day, in which the sources report again."""
    last, by = moment(evening), calendar()
    morning = by.add(last, 20)
    span = [*range(last, morning, 600), *range(morning, morning + 40, TICK)]
    book = Book()
    for now in span:
        sources = [stands(name, now, by, 60, last) for name in ("a", "b")]
        book.told(troubles(sources, 0, now, by), now)
    assert book.all == []


def test_lateness_is_told_in_working_time_only_and_then_goes_on_overnight() -> None:
    def late_at(when: str, ill: Sequence[str] = ()) -> Sequence[Trouble]:
        now = moment(when)
        late = replace(stands("a", now, calendar(), 600, now), state="late")
        return troubles([late], 0, now, calendar(), ill)

    assert late_at("2026-03-16 17:29:59") != []
    assert late_at("2026-03-16 17:30:00") == []
    assert late_at("2026-03-16 23:00:00", ["a"]) != []


def _hour() -> range:
    return range(NINE, NINE + 3_600, TICK)


pauses = st.lists(st.integers(1, 400), min_size=2, max_size=60)


@settings(deadline=None, max_examples=25)
@given(pauses)
def test_a_flapping_source_raises_at_most_two_incidents_an_hour(lengths: list[int]) -> None:
    """It comes and goes as it likes: silent for so many ticks, heard of for so many, and so on."""
    heard = _flapping(lengths)
    span = range(NINE, NINE + TICK * sum(lengths), TICK)
    found = watched(lambda now: {"a": heard(now)}, {"a": 10}, span, round_the_clock())
    assert _most_in_an_hour(found) <= 2


@settings(deadline=None, max_examples=int(os.environ.get("IOC_FLAPS", "12")))
@given(st.tuples(pauses, pauses, pauses), st.tuples(*[st.integers(10, 900)] * 3))
def test_however_sources_flap_each_is_told_of_at_most_twice_an_hour(
    lengths: tuple[list[int], ...], cadences: tuple[int, ...]
) -> None:
    """The way in too: an incident counts for the source it was about when it was first told."""
    flapping = {name: _flapping(each) for name, each in zip("abc", lengths, strict=True)}
    span = range(NINE, NINE + TICK * min(1_500, max(map(sum, lengths))), TICK)
    first_about: dict[int, tuple[tuple[str, str], Moment]] = {}
    book, by = Book(), round_the_clock()
    for now in span:
        sources = [
            stands(name, now, by, cadence, flapping[name](now))
            for name, cadence in zip("abc", cadences, strict=True)
        ]  # fmt: skip
        book.told(troubles(sources, 0, now, by), now)
        for each in book.all:
            first_about.setdefault(each.number, (each.about, each.seen))
    for name in "abc":
        seen = [at for about, at in first_about.values() if about == ("source", name)]
        assert _most_of(seen) <= 2
    ways_in = [each for each in book.all if each.cause == "intake"]
    assert _most_in_an_hour(ways_in) <= 2


def _flapping(lengths: Sequence[int]) -> Callable[[Moment], Moment]:
    """When it was last heard of: for so many ticks not at all, for so many at each, by turns."""
    turns: list[tuple[Moment, Moment | None]] = []
    at, last = NINE, NINE
    for place, ticks in enumerate(lengths):
        turns.append((at, last if place % 2 == 0 else None))
        at += TICK * ticks
        last = last if place % 2 == 0 else at - TICK
    turns.append((at, last))

    def heard(now: Moment) -> Moment:
        _, silent_since = max(turn for turn in turns if turn[0] <= now) if now < at else turns[-1]
        return now if silent_since is None else silent_since

    return heard


def _most_in_an_hour(found: Iterable[Incident]) -> int:
    return _most_of([each.seen for each in found])


def _most_of(seen: Sequence[Moment]) -> int:
    return max((sum(start <= each < start + 3_600 for each in seen) for start in seen), default=0)
