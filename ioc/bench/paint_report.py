"""What a run of `ioc bench paint` came to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from ingest.log.protocol import Position, Record
from ioc.bench.latency import FirstShown, summary
from ioc.bench.listening import Heard
from ioc.bench.pages import Painted
from ioc.bench.sending import Sent
from ioc.errors import IocError


@dataclass(frozen=True, slots=True)
class Event:
    """An event that was sent: its place in the log, and when it was due, in the log, and accepted (ms)."""

    place: Position
    due: float
    appended: float
    accepted: float

    @classmethod
    def of(cls, record: Record, sent: Sent) -> "Event":
        """The event that lies there and was sent then."""
        return cls(Position(record.partition, record.position), sent.due, record.appended_ms, sent.accepted)


@dataclass(frozen=True, slots=True)
class Course:
    """All that was noted. `memory_kb` of the dashboard: before the streams came, with them idle, after the load."""

    events: Sequence[Event]
    seconds: int
    pages: Sequence[Sequence[Painted]]
    heard: Heard
    busy: Mapping[str, float]
    memory_kb: Sequence[int]
    clock_difference: float
    displays: int = 1


def report(course: Course) -> dict[str, Any]:
    """The figures; all latencies in ms. Raises `IocError` where a display never showed an event."""
    events, pages = course.events, course.pages
    painted = [FirstShown((board.painted_at, board.positions) for board in page) for page in pages]
    streams = [FirstShown((at, course.heard.cuts[n]) for at, n in stream) for stream in course.heard.streams]
    taken = max(event.accepted for event in events) - min(event.accepted for event in events)
    return {
        "events": len(events),
        "events_per_second_accepted": round(1000 * len(events) / taken, 1),
        "accepted_to_painted_ms": summary(_waits(events, painted, "accepted")),
        "appended_to_painted_ms": summary(_waits(events, painted, "appended")),
        "due_to_painted_ms": summary(_waits(events, painted, "due")),
        "accepted_to_received_by_streams_ms": summary(_waits(events, streams, "accepted")),
        "stages_ms": _stages(events, pages[0], painted[0]),
        "boards_painted_per_second": round(_boards_within(pages, events) / len(pages) / course.seconds, 1),
        "board_bytes": _middle(course.heard.sizes),
        "frames_per_stream": round(course.heard.frames / len(streams), 1) if streams else None,
        "percent_of_one_core": dict(course.busy),
        "dashboard_percent_per_display": _per_display(course),
        "dashboard_memory": _memory(course),
        "browser_clock_ahead_ms": round(course.clock_difference, 2),
    }


def _waits(events: Iterable[Event], displays: Sequence[FirstShown], since: str) -> list[float]:
    """How long after the moment `since` each event showed on each display."""
    waits = [display.moment(event.place) - getattr(event, since) for event in events for display in displays]
    if inf in waits:
        raise IocError(f"{waits.count(inf)} times an event never came to a display: the figures would flatter")
    return waits


def _stages(events: Iterable[Event], boards: Sequence[Painted], shown: FirstShown) -> dict[str, Any]:
    """Where the time went on the first page: which stage dominates."""
    numbers = [(event, shown.number(event.place)) for event in events]
    pairs = [(event, boards[number]) for event, number in numbers if number is not None]
    return {
        "due_to_accepted": summary(event.accepted - event.due for event, _ in pairs),
        "accepted_to_board_begun": summary(board.now - event.accepted for event, board in pairs),
        "board_begun_to_received": summary(board.received_at - board.now for _, board in pairs),
        "received_to_painted": summary(board.painted_at - board.received_at for _, board in pairs),
    }


def _boards_within(pages: Sequence[Sequence[Painted]], events: Sequence[Event]) -> int:
    """Boards that all pages painted while the events that count came in."""
    begin, end = events[0].due, events[-1].due
    return sum(begin <= board.painted_at <= end for page in pages for board in page)


def _per_display(course: Course) -> float | None:
    """Of one core, the board's reading shared out among all who get it."""
    busy = course.busy.get("dashboard")
    return None if busy is None else round(busy / course.displays, 2)


def _middle(sizes: Sequence[int]) -> int | None:
    return sorted(sizes)[len(sizes) // 2] if sizes else None


def _memory(course: Course) -> dict[str, float | None]:
    before, idle, after = course.memory_kb
    streams = len(course.heard.streams)
    return {
        "rss_mb": round(after / 1000, 1),
        "kb_per_idle_stream": round((idle - before) / streams, 1) if streams else None,
    }
