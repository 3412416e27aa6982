"""The life of an application, sentence by sentence of the handbook's section 3.4."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from stream.core.application import Application, fold
from stream.core.entries import counts_alike, entries
from stream.core.ledger import LEVELS, Entry, Measure, postings
from stream.core.moment import day_of, start_of
from stream.core.span import covers
from stream.core.timeline import Pause, Record, pack, unpack
from stream.first_rules import first_rules
from tests.building.applying import calendar
from tests.building.moments import moment
from tests.building.timelines import moments, step, timelines, whole

RECEIVED, DUE = "2026-01-05 09:00", "2026-01-12 16:00"


def life(*records: Record) -> Application:
    return fold(records, first_rules())


def posted(*records: Record) -> list[tuple[str, int]]:
    found = entries(life(*records), first_rules())
    return [
        (Measure(entry.measure).name, entry.at) for entry in sorted(found, key=lambda each: (each.at, each.measure))
    ]


def received(status: int = 2) -> Record:
    return whole(status, RECEIVED, RECEIVED, due=DUE)


def settled(at: str) -> Record:
    return whole(9, at, RECEIVED, due=DUE, ended=at)


def test_what_was_only_filed_or_refused_at_once_counts_nowhere() -> None:
    assert posted(whole(1, RECEIVED)) == []
    assert posted(whole(3, RECEIVED)) == []
    assert posted(whole(7, RECEIVED)) == []


def test_an_open_application_becomes_overdue_by_the_clock_alone() -> None:
    assert posted(received()) == [
        ("RECEIVED", moment(RECEIVED)),
        ("OPEN_IN", moment(RECEIVED)),
        ("DUE_SOON_IN", moment("2026-01-09 16:00")),
        ("OVERDUE_IN", moment("2026-01-13 00:00")),
        ("DUE_SOON_OUT", moment("2026-01-13 00:00")),
    ]


def test_dates_are_compared_not_hours() -> None:
    for at, measure in {
        "2026-01-09 16:00": Measure.SETTLED_EARLY,
        "2026-01-12 23:59": Measure.SETTLED_ON_DATE,
        "2026-01-13 00:00": Measure.SETTLED_LATE,
    }.items():
        assert (measure.name, moment(at)) in posted(received(), settled(at))


def test_returning_the_result_never_changes_on_time() -> None:
    settled_only = posted(received(), settled("2026-01-12 10:00"))
    returned = whole(10, "2026-01-20 10:00", RECEIVED, due=DUE, ended="2026-01-12 10:00", returned="2026-01-20 10:00")
    assert posted(received(), settled("2026-01-12 10:00"), returned) == settled_only


def test_withdrawn_stopped_and_refused_after_receipt_close_it_unsettled() -> None:
    for status in (3, 7, 8):
        closed = whole(status, "2026-01-07 10:00", RECEIVED, due=DUE, refused="2026-01-07 10:00")
        assert ("CLOSED_UNSETTLED", moment("2026-01-07 10:00")) in posted(received(), closed)


def test_what_waits_for_a_supplement_is_not_overdue() -> None:
    asked = replace(received(5), pauses=(Pause(moment("2026-01-07 09:00"), None, None, None),))
    names = [name for name, _ in posted(received(), replace(asked, at=moment("2026-01-07 09:00")))]
    assert "OVERDUE_IN" not in names
    assert "PAUSED_IN" in names


def test_the_sources_new_due_date_rules() -> None:
    pause = Pause(moment("2026-01-07 09:00"), moment("2026-01-08 09:00"), moment(DUE), moment("2026-01-20 16:00"))
    resumed = replace(received(4), at=moment("2026-01-08 09:00"), pauses=(pause,))
    assert life(received(), resumed).due == moment("2026-01-20 16:00")


def test_without_a_new_due_date_it_moves_by_the_working_time_of_the_pause() -> None:
    pause = Pause(moment("2026-01-07 15:30"), moment("2026-01-09 08:30"), moment(DUE), None)
    resumed = replace(received(4), at=moment("2026-01-09 08:30"), pauses=(pause,))
    worked = calendar().measure(moment("2026-01-07 15:30"), moment("2026-01-09 08:30"))
    assert worked == 11 * 3600
    assert life(received(), resumed).due == moment("2026-01-14 09:00")


def test_a_pause_that_only_transitions_tell_stops_the_clock_too() -> None:
    paused = life(received(), step(6, "2026-01-07 10:00"), step(4, "2026-01-08 10:00"))
    assert paused.pauses == ((moment("2026-01-07 10:00"), moment("2026-01-08 10:00")),)


def test_a_settlement_that_a_newer_record_contradicts_is_taken_back() -> None:
    reopened = life(received(), settled("2026-01-09 10:00"), step(4, "2026-01-10 10:00"))
    assert reopened.is_open
    assert "SETTLED_EARLY" not in dict(posted(received(), settled("2026-01-09 10:00"), step(4, "2026-01-10 10:00")))


def test_an_application_that_moves_keeps_its_past_where_it_was() -> None:
    moved = replace(received(4), at=moment("2026-01-08 10:00"), unit=4033)
    found = {(Measure(each.measure).name, each.unit) for each in entries(life(received(), moved), first_rules())}
    assert {("RECEIVED", 3980), ("OPEN_OUT", 3980), ("MOVED_OUT", 3980), ("MOVED_IN", 4033), ("OPEN_IN", 4033)} <= found
    assert ("RECEIVED", 4033) not in found


def test_an_overdue_application_whose_due_date_moves_is_overdue_no_more() -> None:
    again = replace(received(4), at=moment("2026-01-15 10:00"), due=moment("2026-01-30 16:00"))
    found = posted(received(), again)
    assert ("OVERDUE_IN", moment("2026-01-13 00:00")) in found
    assert ("OVERDUE_OUT", moment("2026-01-15 10:00")) in found
    assert ("OVERDUE_IN", moment("2026-01-31 00:00")) in found


@given(timelines, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(timeline: list[Record], random: Random) -> None:
    shuffled = timeline.copy()
    random.shuffle(shuffled)
    assert fold(shuffled, first_rules()) == fold(timeline, first_rules())


@given(timelines)
def test_a_timeline_survives_its_packing(timeline: list[Record]) -> None:
    assert unpack(pack(timeline)) == timeline


@given(timelines)
def test_postings_event_by_event_add_up_to_the_entries(timeline: list[Record]) -> None:
    sums: dict[Entry, int] = {}
    before: frozenset[Entry] = frozenset()
    for count in range(1, len(timeline) + 1):
        after = entries(fold(timeline[:count], first_rules()), first_rules())
        for entry, n in postings(before, after):
            sums[entry] = sums.get(entry, 0) + n
        before = after
    assert {entry for entry, n in sums.items() if n} == before
    assert set(sums.values()) <= {0, 1}


@given(timelines, moments)
def test_every_level_is_what_the_life_says_at_that_moment(timeline: list[Record], at: int) -> None:
    application = fold(timeline, first_rules())
    found = entries(application, first_rules())
    here = [each for each in application.stretches if each.start <= at and (each.end is None or at < each.end)]
    assert len(here) <= 1
    waiting = next((span for span in application.pauses if covers(span, at)), None)
    paused = waiting is not None
    due = here[0].due if here else None
    over = due is not None and at >= start_of(day_of(due) + 1)
    near = due is not None and not over and calendar().measure(at, due) <= calendar().working_day
    expected = {"open": bool(here), "paused": bool(here) and paused, "overdue": over and not paused}
    expected["due_soon"] = near and not paused
    asked_twice = application.second_request is not None and application.second_request <= at
    asked_late = waiting is not None and due is not None and day_of(waiting.start) > day_of(due)
    expected["late_by_index"] = bool(here) and (asked_twice or asked_late) and not expected["overdue"]
    for level, (rise, fall) in LEVELS.items():
        steps = [(each.unit, 1 if each.measure == rise else -1) for each in found if each.measure in {rise, fall}
                 and each.at <= at]  # fmt: skip
        by_unit = {unit: sum(n for where, n in steps if where == unit) for unit, _ in steps}
        standing = {unit: n for unit, n in by_unit.items() if n}
        assert standing == ({here[0].unit: 1} if expected.get(level) else {}), level


@given(timelines, timelines)
def test_what_counts_alike_has_the_same_entries(one: list[Record], other: list[Record]) -> None:
    for before, after in ((one, other), (one[:-1] or one, one), (one, [*one, replace(one[-1], eid=1, status=10)])):
        first, second = fold(before, first_rules()), fold(after, first_rules())
        if counts_alike(first, second):
            assert entries(first, first_rules()) == entries(second, first_rules())


def test_what_was_returned_counts_like_what_was_settled() -> None:
    returned = whole(10, "2026-01-20 10:00", RECEIVED, due=DUE, ended="2026-01-12 10:00", returned="2026-01-20 10:00")
    before = life(received(), settled("2026-01-12 10:00"))
    assert counts_alike(before, life(received(), settled("2026-01-12 10:00"), returned))
    assert not counts_alike(before, life(received()))
    assert not counts_alike(None, before)


@given(timelines)
def test_received_is_settled_closed_or_open(timeline: list[Record]) -> None:
    application = fold(timeline, first_rules())
    found = [each.measure for each in entries(application, first_rules())]
    ended = [measure for measure in found if measure in {2, 3, 4, 5, 8}]
    assert found.count(Measure.RECEIVED) == (application.received is not None)
    assert len(ended) + application.is_open == found.count(Measure.RECEIVED)
