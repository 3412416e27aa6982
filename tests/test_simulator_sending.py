"""What the simulator sends over HTTP: all of it, in spite of a door that fails, and on from where it stopped."""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path

import msgspec
import pytest

from ingest.contracts.envelope import decode_envelope
from ingest.contracts.heartbeat import SourceHeartbeat
from ingest.contracts.registry import decode
from ingest.simulator.assignment import Assignment
from ingest.simulator.door import Door, DoorRefusedError
from ingest.simulator.notice import Notice
from ingest.simulator.run import simulate
from ingest.simulator.state import OtherStateError, State, StateFile
from ingest.simulator.traffic import messages, traffic
from tests.servers.processes import free_port, wait_until
from tests.servers.recording_door import TOKEN, RecordingDoor, recording_door
from tests.simulated import A_WEDNESDAY, fingerprint, huyen, small, today

_WORK = Assignment(district=small(today()), source="onestop.test", backfill_days=3, until_caught_up=True)
Clock = Callable[[], datetime]


def _at(moment: datetime) -> Clock:
    return lambda: moment


def _running_from(moment: datetime, *, times: float) -> Clock:
    """A clock that runs so many times as fast as the real one."""
    begin = time.monotonic()
    return lambda: moment + timedelta(seconds=(time.monotonic() - begin) * times)


async def _simulate(work: Assignment, address: str, clock: Clock, state: Path | None, token: str = TOKEN) -> float:
    told: list[float] = [0.0]
    async with Door(address, token) as door:
        await simulate(work, door, StateFile(state), clock, lambda done, _: told.append(done))
    assert told == sorted(told)
    return told[-1]


async def _simulate_until(
    ready: Callable[[], bool], work: Assignment, address: str, clock: Clock, state: Path | None = None
) -> None:
    """Run it until something has come true, then stop it as a signal does."""
    run = asyncio.create_task(_simulate(work, address, clock, state))
    await asyncio.to_thread(wait_until, lambda: ready() or run.done(), what="what the simulator is to send")
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run


def _expected(work: Assignment, until: datetime, after: datetime | None = None) -> Counter[str]:
    """All records of the district to `until`, by their fingerprint, with how many times each is sent."""
    start = work.first_state(until)
    found = Counter[str]()
    for message in messages(work.district, start.begin, after or start.sent_until):
        if message.at > until:
            return found
        found[fingerprint(message.record())] += 1
    return found


def test_a_backfill_sends_every_record_as_often_as_its_shop_does() -> None:
    with recording_door() as door:
        assert asyncio.run(_simulate(_WORK, door.address, _at(A_WEDNESDAY), None)) == 1.0
    assert door.snapshots() == _expected(_WORK, A_WEDNESDAY)
    assert sum(door.snapshots().values()) > 500


def test_letters_transfers_forms_and_petitions_are_sent_too_each_once() -> None:
    work = replace(_WORK, backfill_days=12)
    with recording_door(fails=lambda number: number % 4 == 0) as door:
        asyncio.run(_simulate(work, door.address, _at(A_WEDNESDAY), None))
    start = work.first_state(A_WEDNESDAY)
    sent = takewhile(lambda each: each.at <= A_WEDNESDAY, traffic(work.district, start.begin, start.sent_until))
    assert [event["id"] for event in door.events] == [each.id for each in sent if isinstance(each, Notice)]
    assert len(door.events) > 15
    assert {event["source"] for event in door.events} == {"onestop.test"}


def test_bodies_are_those_of_the_national_service_one_agency_each() -> None:
    with recording_door() as door:
        asyncio.run(_simulate(_WORK, door.address, _at(A_WEDNESDAY), None))
    for body in door.bodies:
        assert body.keys() == {"service", "isUpdating", "MaDinhDanhDV", "data"}
        assert body["service"] == "DongBoHoSoMC"
        assert 1 <= len(body["data"]) <= 200
        assert {record["MaHoSo"].rpartition("-")[0].rpartition("-")[0] for record in body["data"]} == {
            body["MaDinhDanhDV"]
        }
        assert {record["DonViXuLy"] for record in body["data"]} <= {shop.agency for shop in today().shops}
    assert {body["MaDinhDanhDV"] for body in door.bodies} == {shop.agency for shop in today().shops}


def test_records_of_an_application_arrive_in_the_order_of_their_sending() -> None:
    with recording_door() as door:
        asyncio.run(_simulate(_WORK, door.address, _at(A_WEDNESDAY), None))
    came: defaultdict[str, list[str]] = defaultdict(list)
    sent: defaultdict[str, list[str]] = defaultdict(list)
    start = _WORK.first_state(A_WEDNESDAY)
    for record in door.records:
        came[record["MaHoSo"]].append(record["TrangThaiHoSo"])
    for message in messages(_WORK.district, start.begin, start.sent_until):
        if message.at > A_WEDNESDAY:
            break
        sent[message.life.filing.code].append(str(message.life.steps[message.step].status.value))
    assert came == sent


def test_a_door_that_fails_now_and_then_loses_nothing() -> None:
    with recording_door(fails=lambda number: number % 3 == 0) as door:
        asyncio.run(_simulate(_WORK, door.address, _at(A_WEDNESDAY), None))
    assert door.snapshots() == _expected(_WORK, A_WEDNESDAY)


def test_it_waits_for_a_door_that_is_not_there_yet() -> None:
    port = free_port()

    async def run() -> RecordingDoor:
        async with Door(f"http://127.0.0.1:{port}", TOKEN) as client:
            sending = asyncio.create_task(simulate(_WORK, client, StateFile(None), _at(A_WEDNESDAY), _unwatched))
            await asyncio.to_thread(wait_until, lambda: client.retries > 3, what="the first attempts")
            with recording_door(port) as door:
                await sending
        return door

    assert asyncio.run(run()).snapshots() == _expected(_WORK, A_WEDNESDAY)


def _unwatched(done: float, records: int) -> None:
    del done, records


def test_a_wrong_token_ends_it_with_a_sentence() -> None:
    with recording_door() as door, pytest.raises(DoorRefusedError, match="token"):
        asyncio.run(_simulate(_WORK, door.address, _at(A_WEDNESDAY), None, token="wrong"))


def test_a_second_run_sends_what_came_since_and_nothing_else(tmp_path: Path) -> None:
    state, later = tmp_path / "state.json", A_WEDNESDAY + timedelta(days=2, hours=5)
    with recording_door() as door:
        asyncio.run(_simulate(_WORK, door.address, _at(A_WEDNESDAY), state))
        first = door.snapshots()
        asyncio.run(_simulate(replace(_WORK, backfill_days=99), door.address, _at(later), state))
    since = _WORK.first_state(A_WEDNESDAY).sent_until
    begin = replace(_WORK, backfill_days=5)  # the same first day, seen from two days later
    assert begin.first_state(later).begin == since.date()
    assert door.snapshots() == _expected(begin, later)
    assert door.snapshots() - first == _expected(begin, later, after=A_WEDNESDAY)


def test_stopped_in_the_middle_it_goes_on_without_a_gap(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with recording_door(fails=lambda number: number > 4) as door:
        asyncio.run(
            _simulate_until(
                lambda: len(door.bodies) > 2 and door.requests > 9, _WORK, door.address, _at(A_WEDNESDAY), state
            )
        )
        sent = sum(door.snapshots().values())
        door.fails = lambda number: number < 0
        asyncio.run(_simulate(_WORK, door.address, _at(A_WEDNESDAY), state))
    expected = _expected(_WORK, A_WEDNESDAY)
    assert 0 < sent < sum(expected.values())
    assert door.snapshots().keys() == expected.keys()
    assert door.snapshots() >= expected


def test_caught_up_it_sends_each_record_at_its_moment() -> None:
    work, start = replace(_WORK, until_caught_up=False, backfill_days=0), A_WEDNESDAY.replace(hour=8)
    due = _expected(work, start + timedelta(minutes=20))
    clock = _running_from(start, times=600)
    assert due
    with recording_door() as door:
        asyncio.run(_simulate_until(lambda: door.snapshots() >= due, work, door.address, clock))
        assert door.snapshots() <= _expected(work, clock())


def test_a_speed_adds_applications_of_the_present(tmp_path: Path) -> None:
    work = replace(_WORK, until_caught_up=False, backfill_days=0, speed=1000.0)
    state = tmp_path / "state.json"
    with recording_door() as door:
        clock = _running_from(A_WEDNESDAY.replace(hour=2), times=1)
        own = _expected(work, clock() + timedelta(minutes=2))
        asyncio.run(
            _simulate_until(lambda: len((door.snapshots() - own).keys()) > 100, work, door.address, clock, state)
        )
        added = _applications(door, own)
        asyncio.run(_simulate_until(lambda: not _unfinished(door, added), replace(work, speed=1.0), door.address,
                                    _running_from(clock(), times=60), state))  # fmt: skip
    assert {record["KenhThucHien"] for record in door.records} == {"2"}  # nobody is at the counter at two
    assert len(added) > 50


def _applications(door: RecordingDoor, own: Counter[str]) -> set[str]:
    return {record.split("/")[0] for record in door.snapshots() - own}


def _unfinished(door: RecordingDoor, added: set[str]) -> set[str]:
    return added - {record["MaHoSo"] for record in door.records if record["TrangThaiHoSo"] == "10"}


def test_a_rate_sends_so_many_records_a_second_of_the_present_and_nothing_else() -> None:
    work = replace(_WORK, rate=200.0)
    with recording_door() as door:
        asyncio.run(_simulate_until(lambda: len(door.records) >= 300, work, door.address, lambda: datetime.now(UTC)))
    today_here = f"{datetime.now(A_WEDNESDAY.tzinfo) - timedelta(minutes=2):%Y%m%d%H%M%S}"
    received = [record["NgayTiepNhan"] for record in door.records]
    assert min(received) > today_here
    span = door.came_at[-1] - door.came_at[0]
    assert 100 < len(door.records) / span < 400
    assert max(door.snapshots().values()) == 1


def test_a_heartbeat_says_how_far_everything_was_sent() -> None:
    work = replace(_WORK, until_caught_up=False)
    with recording_door() as door:
        clock = _at(A_WEDNESDAY)
        asyncio.run(_simulate_until(lambda: len(door.beats) > 0, work, door.address, clock))
    envelope = decode_envelope(msgspec.json.encode(door.beats[0]))
    beat = decode(envelope)
    assert isinstance(beat, SourceHeartbeat)
    assert (envelope.source, beat.source, envelope.subject) == ("onestop.test",) * 3
    assert beat.at == A_WEDNESDAY
    assert beat.complete_until is None or beat.complete_until <= A_WEDNESDAY


def test_the_district_of_2024_ends_with_it_and_lives_on_by_its_heartbeat() -> None:
    work = replace(_WORK, district=small(huyen()), until_caught_up=False, backfill_days=12)
    with recording_door() as door:
        begin = work.first_state(A_WEDNESDAY)
        expected = sum(1 for _ in messages(work.district, begin.begin, begin.sent_until))
        asyncio.run(_simulate_until(lambda: len(door.records) >= expected, work, door.address, _at(A_WEDNESDAY)))
    assert len(door.records) == expected
    assert max(record["NgayNopHoSo"] for record in door.records) < "20250201"
    assert max(record["NgayTra"] for record in door.records) > "20250201"
    assert door.beats


def test_a_district_of_the_past_has_no_traffic_of_the_present() -> None:
    with pytest.raises(ValueError, match="of the past"):
        replace(_WORK, district=huyen(), speed=2)


def test_the_state_of_another_district_is_refused(tmp_path: Path) -> None:
    file = StateFile(tmp_path / "state.json")
    file.save(State(profile="today", seed=7, sender="a", begin=A_WEDNESDAY.date(), sent_until=A_WEDNESDAY))
    with pytest.raises(OtherStateError, match="seed 7"):
        file.load("today", 8)


def test_a_broken_state_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text("{")
    with pytest.raises(OtherStateError, match=str(path)):
        StateFile(path).load("today", 7)


def test_under_a_new_registration_it_begins_again(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with recording_door() as door:
        asyncio.run(_simulate(replace(_WORK, sender="old"), door.address, _at(A_WEDNESDAY), state))
        asyncio.run(_simulate(replace(_WORK, sender="new"), door.address, _at(A_WEDNESDAY), state))
    expected = _expected(_WORK, A_WEDNESDAY)
    assert door.snapshots() == expected + expected
