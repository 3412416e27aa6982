"""What a group of readers promises, on PostgreSQL and on Apache Kafka: shared partitions, none read twice."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from ingest.errors import PositionLostError
from ingest.log.protocol import Entry, EventLog
from tests.log_member import Member
from tests.servers.logs import PARTITIONS, LogPlace
from tests.servers.processes import wait_until

ALL = set(range(PARTITIONS))


def fill(log: EventLog, count: int, prefix: str = "e") -> list[bytes]:
    bodies = [f"{prefix}{number}".encode() for number in range(count)]
    log.append([Entry(f"case-{number}", body) for number, body in enumerate(bodies)])
    return bodies


def until(condition: Callable[[], bool], what: str, *members: Member) -> None:
    """Wait for the condition while the members poll, in their threads or else here; their failures are raised here."""

    def settled() -> bool:
        for member in members:
            if member.failure is not None:
                raise member.failure
            if not member.begun:
                member.poll()
        return condition()

    wait_until(settled, seconds=30, what=what)


def alone(place: LogPlace, start: Mapping[int, int] | None = None) -> Member:
    member = Member(place, start=start)
    until(lambda: member.assigned == ALL, "one member having all partitions", member)
    return member


def a_pair(place: LogPlace) -> tuple[Member, Member]:
    first = alone(place).begin()
    second = Member(place).begin()
    until(lambda: fairly_shared(first, second), "a fair share", first, second)
    return first, second


def fairly_shared(first: Member, second: Member) -> bool:
    return first.assigned | second.assigned == ALL and len(first.assigned) == len(second.assigned) == PARTITIONS // 2


def test_a_reader_gets_everything_in_order_within_each_partition(place: LogPlace, event_log: EventLog) -> None:
    bodies = fill(event_log, 200)
    member = alone(place)
    until(lambda: len(member.bodies) == 200, "reading everything", member)
    assert sorted(member.bodies) == sorted(bodies)
    for part in ALL:
        on_part = [record.body for record in event_log.read(part, 0, 200)]
        assert [body for body in member.bodies if body in set(on_part)] == on_part


def test_a_reader_starts_where_its_store_says(place: LogPlace, event_log: EventLog) -> None:
    fill(event_log, 50)
    member = alone(place, start=event_log.end_positions())
    fresh = fill(event_log, 20, "fresh")
    until(lambda: len(member.bodies) >= 20, "reading what is new", member)
    assert sorted(member.bodies) == sorted(fresh)


def test_a_poll_gives_no_more_than_its_limit_and_then_the_rest(place: LogPlace, event_log: EventLog) -> None:
    bodies = fill(event_log, 30)
    member = Member(place)
    seen = [0]
    while seen[-1] < len(bodies):
        member.poll(limit=7)
        seen.append(len(member.bodies))
        assert seen[-1] - seen[-2] <= 7
    assert sorted(member.bodies) == sorted(bodies)


def test_an_append_wakes_a_reader_that_waits(place: LogPlace, event_log: EventLog) -> None:
    member = alone(place)
    later = threading.Timer(0.3, fill, [event_log, 1])
    later.start()
    began = time.monotonic()
    member.poll(wait=60)
    later.join()
    assert member.bodies == [b"e0"]
    assert time.monotonic() - began < 30


def test_a_seek_reads_again_and_passes_over_what_is_not_assigned(place: LogPlace, event_log: EventLog) -> None:
    bodies = fill(event_log, 40)
    member = alone(place)
    until(lambda: len(member.bodies) == 40, "reading everything", member)
    member.bodies.clear()
    member.reader.seek({**dict.fromkeys(ALL, 0), 99: 5})
    until(lambda: len(member.bodies) >= 40, "reading everything again", member)
    assert sorted(member.bodies) == sorted(bodies)


def test_a_hint_of_progress_is_only_a_hint(place: LogPlace, event_log: EventLog) -> None:
    fill(event_log, 20)
    member = alone(place)
    member.reader.commit(dict.fromkeys(ALL, 3))
    until(lambda: len(member.bodies) == 20, "reading everything", member)
    member.leave()
    again = alone(place)
    until(lambda: len(again.bodies) == 20, "reading from where the store says", again)


def test_two_readers_share_and_nothing_is_read_twice(place: LogPlace, event_log: EventLog) -> None:
    first, second = a_pair(place)
    bodies = fill(event_log, 100)
    until(lambda: len(first.bodies) + len(second.bodies) >= 100, "reading everything", first, second)
    assert sorted(first.bodies + second.bodies) == sorted(bodies)
    assert first.bodies
    assert second.bodies


def test_a_newcomer_takes_no_more_than_its_share_from_others(place: LogPlace) -> None:
    first, _second = a_pair(place)
    revoked = [part for what, parts in first.told if what == "revoked" for part in parts]
    assert len(revoked) == PARTITIONS // 2


def test_partitions_go_on_at_once_when_a_reader_leaves(place: LogPlace, event_log: EventLog) -> None:
    first, second = a_pair(place)
    held = second.assigned.copy()
    second.leave()
    assert second.told[-1] == ("revoked", tuple(sorted(held)))
    until(lambda: first.assigned == ALL, "taking over", first)
    bodies = fill(event_log, 40)
    until(lambda: len(first.bodies) == 40, "reading everything", first)
    assert sorted(first.bodies) == sorted(bodies)


def test_closing_twice_tells_once(place: LogPlace) -> None:
    member = alone(place)
    member.leave()
    member.leave()
    assert [what for what, _ in member.told].count("revoked") == 1
    assert member.assigned == set()


def test_groups_do_not_disturb_each_other(place: LogPlace, event_log: EventLog) -> None:
    bodies = fill(event_log, 20)
    others = Member(place, "snapshots").begin()
    member = alone(place)
    until(lambda: len(others.bodies) == len(member.bodies) == 20, "both reading everything", member, others)
    assert sorted(others.bodies) == sorted(member.bodies) == sorted(bodies)


def test_partitions_of_a_killed_process_go_to_the_others(place: LogPlace, event_log: EventLog) -> None:
    command = [sys.executable, "-m", "tests.log_member", place.kind, place.address, place.topic]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as process:
        assert process.stdout is not None
        while set(json.loads(process.stdout.readline())) != ALL:
            pass
        process.kill()
    member = alone(place)
    bodies = fill(event_log, 40)
    until(lambda: len(member.bodies) == 40, "reading everything", member)
    assert sorted(member.bodies) == sorted(bodies)


def test_an_assignment_that_fails_is_told_again_and_nothing_is_lost(place: LogPlace, event_log: EventLog) -> None:
    bodies = fill(event_log, 20)
    calls: list[Sequence[int]] = []
    found: list[bytes] = []

    def on_assigned(partitions: Sequence[int]) -> Mapping[int, int]:
        calls.append(partitions)
        if len(calls) == 1:
            raise ConnectionError("the store is away")
        return dict.fromkeys(partitions, 0)

    reader = place.open().join("figures", on_assigned, lambda _: None)
    place.opened.callback(reader.close)

    def read() -> bool:
        found.extend(record.body for record in reader.poll(100, 0.1))
        return len(found) >= len(bodies)

    with pytest.raises(ConnectionError):
        wait_until(read, what="the failure")
    wait_until(read, what="reading everything")
    assert sorted(found) == sorted(bodies)
    assert set(calls[0]) <= {part for call in calls[1:] for part in call}


def test_a_revocation_that_fails_is_raised_and_nothing_is_lost(place: LogPlace, event_log: EventLog) -> None:
    first = alone(place)
    first.refusal = ConnectionError("the store is away")
    second = Member(place).begin()
    with pytest.raises(ConnectionError):
        until(lambda: False, "the failure", first)
    until(lambda: fairly_shared(first, second), "a fair share", first, second)
    bodies = fill(event_log, 40)
    until(lambda: len(first.bodies + second.bodies) >= 40, "reading everything", first, second)
    assert sorted(first.bodies + second.bodies) == sorted(bodies)


def test_a_position_beyond_the_end_means_another_log(place: LogPlace, event_log: EventLog) -> None:
    fill(event_log, 20)
    member = Member(place, start=dict.fromkeys(ALL, 1000))
    with pytest.raises(PositionLostError):
        until(lambda: False, "the error", member)
