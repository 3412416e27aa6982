"""What `ioc bench paint` says of latencies: matched exactly, and never better than it was."""

from math import inf

import pytest

from ingest.log.protocol import Position
from ioc.bench.latency import FirstShown, covers, percentile, summary
from ioc.bench.listening import Heard
from ioc.bench.pages import Painted
from ioc.bench.paint_report import Course, Event, report
from ioc.errors import IocError


def test_an_event_shows_with_the_first_board_whose_cut_is_beyond_it() -> None:
    shown = FirstShown([(100, {0: 5, 1: 0}), (200, {0: 6, 1: 0}), (300, {0: 9, 1: 1})])
    assert shown.moment(Position(0, 4)) == 100
    assert shown.moment(Position(0, 5)) == 200
    assert shown.moment(Position(0, 6)) == 300
    assert shown.moment(Position(0, 8)) == 300


def test_a_newer_event_of_another_partition_does_not_count_as_having_shown_it() -> None:
    shown = FirstShown([(100, {0: 50, 1: 0}), (200, {0: 50, 1: 1})])
    assert shown.moment(Position(1, 0)) == 200


def test_an_event_that_no_board_has_never_showed() -> None:
    shown = FirstShown([(100, {0: 5})])
    assert shown.moment(Position(0, 5)) == inf
    assert shown.moment(Position(7, 0)) == inf
    assert shown.number(Position(7, 0)) is None


def test_a_board_that_comes_again_shows_nothing_new() -> None:
    shown = FirstShown([(100, {0: 5}), (200, {0: 5}), (300, {0: 3}), (400, {0: 6})])
    assert shown.moment(Position(0, 4)) == 100
    assert shown.moment(Position(0, 5)) == 400


def test_a_cut_covers_the_ends_of_all_partitions_or_none() -> None:
    assert covers({0: 5, 1: 7}, {0: 5, 1: 7})
    assert not covers({0: 9, 1: 6}, {0: 5, 1: 7})
    assert not covers({0: 9}, {0: 5, 1: 7})
    assert covers({}, {0: 0})


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1), (0.5, 50), (0.95, 95), (0.951, 96), (0.99, 99), (0.991, 100), (1.0, 100)]
)
def test_a_percentile_is_the_nearest_rank(share: float, expected: float) -> None:
    assert percentile([*range(1, 101)], share) == expected


def test_a_summary_takes_values_in_any_order_and_nothing_has_none() -> None:
    assert summary([3, 1, 2]) == {"p50": 2, "p95": 3, "p99": 3, "max": 3}
    assert summary([7.25]) == {"p50": 7.2, "p95": 7.2, "p99": 7.2, "max": 7.2}
    assert summary([]) is None


def painted(at: float, cut: dict[int, int]) -> Painted:
    return Painted(positions=cut, now=at - 20, received_at=at - 10, painted_at=at)


def course(*boards: Painted, heard: Heard | None = None) -> Course:
    events = [
        Event(Position(0, number), due=1000 * number, appended=1000 * number + 4, accepted=1000 * number + 5)
        for number in range(2)
    ]
    nobody = Heard((), (), ())
    return Course(
        events, 2, [boards], nobody if heard is None else heard, {"door": 1.0}, [100_000, 100_900, 120_000], 0
    )


def test_a_report_tells_the_waits_by_display_and_by_stage() -> None:
    heard = Heard([{0: 1}, {0: 2}], [6000, 6000], [[(60, 0), (1080, 1)], [(1090, 1)], [(70, 0), (1100, 1)]])
    told = report(course(painted(105, {0: 1}), painted(1205, {0: 2}), heard=heard))
    assert told["accepted_to_painted_ms"] == {"p50": 100, "p95": 200, "p99": 200, "max": 200}
    assert told["appended_to_painted_ms"]["max"] == 201
    assert told["due_to_painted_ms"]["max"] == 205
    assert told["accepted_to_received_by_streams_ms"] == {"p50": 75, "p95": 1085, "p99": 1085, "max": 1085}
    assert told["stages_ms"]["due_to_accepted"]["max"] == 5
    assert told["stages_ms"]["accepted_to_board_begun"]["p50"] == 80
    assert told["stages_ms"]["received_to_painted"]["max"] == 10
    assert told["dashboard_memory"] == {"rss_mb": 120.0, "kb_per_idle_stream": 300.0}


def test_no_figures_are_told_when_a_display_never_showed_an_event() -> None:
    with pytest.raises(IocError, match="never came"):
        report(course(painted(105, {0: 1})))
