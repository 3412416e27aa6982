"""What `ioc bench paint` says of latencies: matched exactly, and never better than it was."""

import asyncio
from asyncio import StreamReader, StreamWriter
from math import inf
from typing import Any

import msgspec
import pytest

from dashboard.feed.frames import BEAT, BOARD, HELLO, frame
from ingest.log.protocol import Position
from ioc.bench.latency import FirstShown, covers, percentile, summary
from ioc.bench.listening import Heard, listen
from ioc.bench.pages import Painted
from ioc.bench.paint_report import Course, Event, report
from ioc.bench.paint_table import side_by_side
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


def run_of(displays: int, p95: float, kb: float | None, busy: float) -> dict[str, Any]:
    return {
        "displays": {"browser_pages": 1, "streams_without_browser": displays - 1},
        "scenes": ["overview"],
        "accepted_to_painted_ms": {"p95": p95},
        "accepted_to_received_by_streams_ms": {"p95": p95 + 20} if displays > 1 else None,
        "dashboard_memory": {"kb_per_idle_stream": kb},
        "percent_of_one_core": {"dashboard": busy},
    }


def test_runs_stand_side_by_side_with_what_each_has_to_reach_and_the_worse_of_pages_and_streams_counts() -> None:
    one, fifty, many = side_by_side([run_of(1, 100, None, 10), run_of(50, 470, 40, 15), run_of(200, 240, 40, 30)])
    assert (one["p95_ms"], one["p95_limit_ms"], one["holds"]) == (100, 500, True)
    assert (fifty["p95_ms"], fifty["p95_limit_ms"], fifty["holds"]) == (490, 500, True)
    assert (many["p95_ms"], many["p95_limit_ms"], many["holds"]) == (260, 250, False)
    assert [row["percent_per_more_display"] for row in (one, fifty, many)] == [None, 0.1, 0.1]


def test_a_display_that_costs_too_much_memory_does_not_hold() -> None:
    [row] = side_by_side([run_of(50, 100, 251.0, 10)])
    assert not row["holds"]


class Chunked:
    """The frames of a feed as one stream of bytes, in chunks that end anywhere."""

    def __init__(self, *frames: bytes) -> None:
        self._body = b"".join(frames)

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for at in range(0, len(self._body), 37):
            part = self._body[at : at + 37]
            writer.write(b"%x\r\n%s\r\n" % (len(part), part))
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        writer.close()


def test_of_all_that_a_stream_brings_the_boards_of_the_overview_are_matched() -> None:
    def board(scene: str, position: int) -> bytes:
        said = msgspec.json.encode({"scene": scene, "board": {"positions": {"0": position}}, "more": {}})
        return frame(BOARD, said)

    feed = Chunked(frame(HELLO, b"{}"), board("overview", 5), board("map", 6), frame(BEAT, b"{}"), board("overview", 7))

    async def course() -> Heard:
        server = await asyncio.start_server(feed.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        heard = await asyncio.to_thread(listen, "127.0.0.1", port, 2, ("overview", "map"))
        server.close()
        return heard

    heard = asyncio.run(course())
    assert heard.cuts == [{0: 5}, {0: 7}]
    assert [[number for _, number in stream] for stream in heard.streams] == [[0, 1], [0, 1]]
    assert heard.frames == 6
