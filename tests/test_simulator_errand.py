"""Documents and conferences over HTTP: all of it, whatever the door does, on from where it stopped, and silences."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha1
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.simulator.conference import telling, webhooks
from ingest.simulator.documents import traffic as documents
from ingest.simulator.door import Door
from ingest.simulator.errand import Errand, run
from ingest.simulator.parcel import Parcel, Way
from ingest.simulator.silence import Silence, Span, once, weekly
from ingest.simulator.state import StateFile
from tests.servers.processes import wait_until
from tests.servers.recording_door import TOKEN, RecordingDoor, recording_door
from tests.simulated import A_WEDNESDAY, bureau, conferences, until

_DOCUMENTS = Errand(
    source="documents.test", seed=7, traffic=partial(documents.traffic, bureau(), None, "documents.test"),
    backfill_days=2, detailed_days=0, until_caught_up=True, routes=documents.route(),
)  # fmt: skip
_ENDPOINTS = Errand(
    source="endpoints.test", seed=7, traffic=partial(telling.traffic, conferences(), "endpoints.test"),
    backfill_days=9, detailed_days=1, until_caught_up=True,
)  # fmt: skip
_HOOK = Errand(
    source="hook.test", seed=7, traffic=partial(webhooks.traffic, conferences()),
    backfill_days=4, until_caught_up=True, routes=webhooks.route("hook.test", "http://ioc/hook?source=x", "secret"),
)  # fmt: skip
_ALL = pytest.mark.parametrize("work", [_DOCUMENTS, _ENDPOINTS, _HOOK], ids=lambda work: work.source)
Clock = Callable[[], datetime]


def _at(moment: datetime) -> Clock:
    return lambda: moment


def _running_from(moment: datetime, *, times: float) -> Clock:
    begin = time.monotonic()
    return lambda: moment + timedelta(seconds=(time.monotonic() - begin) * times)


async def _send(
    work: Errand, address: str, clock: Clock, state: Path | None = None, silence: Silence | None = None
) -> None:
    async with Door(address, TOKEN, silence=silence) as door:
        await run(work, door, StateFile(state), clock, lambda *_: None)
        assert door.refused == 0


async def _send_until(ready: Callable[[], bool], sending: "asyncio.Task[None]") -> None:
    """Let it run until something has come true, then stop it as a signal does."""
    await asyncio.to_thread(wait_until, lambda: ready() or sending.done(), what="what the simulator is to send")
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


def _expected(work: Errand, now: datetime, after: datetime | None = None) -> list[Parcel]:
    return [
        parcel for parcel in until(work.traffic(work.first_state(now)), now) if after is None or parcel.at > after
    ]  # fmt: skip


def _bodies(parcels: list[Parcel]) -> Counter[bytes]:
    return Counter(parcel.write() for parcel in parcels if parcel.way is not Way.EVENT)


def _came(door: RecordingDoor) -> Counter[bytes]:
    return Counter(body for _, body in door.posts)


@_ALL
def test_everything_is_delivered_though_the_door_fails_now_and_then(work: Errand) -> None:
    expected = _expected(work, A_WEDNESDAY)
    with recording_door(fails=lambda number: number % 9 == 0) as door:
        asyncio.run(_send(work, door.address, _at(A_WEDNESDAY)))
    events = [parcel for parcel in expected if parcel.way is Way.EVENT]
    assert len(door.events) == len(events)
    assert _came(door) == _bodies(expected)
    assert len(expected) > 50


@_ALL
def test_a_second_run_sends_what_came_since_and_nothing_else(work: Errand, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    later = A_WEDNESDAY + timedelta(hours=1 if work is _DOCUMENTS else 28)
    with recording_door() as door:
        asyncio.run(_send(work, door.address, _at(A_WEDNESDAY), state))
        events, posts = len(door.events), len(door.posts)
        asyncio.run(_send(work, door.address, _at(later), state))
    since = _expected(work, later, A_WEDNESDAY)
    assert len(door.events) - events == sum(parcel.way is Way.EVENT for parcel in since)
    assert len(door.posts) - posts == sum(parcel.way is not Way.EVENT for parcel in since)
    assert since


def test_under_a_new_registration_it_begins_again(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    with recording_door() as door:
        asyncio.run(_send(replace(_HOOK, sender="old"), door.address, _at(A_WEDNESDAY), state))
        sent = len(door.posts)
        asyncio.run(_send(replace(_HOOK, sender="new"), door.address, _at(A_WEDNESDAY), state))
    assert len(door.posts) == 2 * sent


def test_after_a_long_pause_only_the_last_days_are_told_in_detail(tmp_path: Path) -> None:
    state, later = tmp_path / "state.json", A_WEDNESDAY + timedelta(days=12)
    with recording_door() as door:
        asyncio.run(_send(_DOCUMENTS, door.address, _at(A_WEDNESDAY), state))
        before = len(door.posts)
        asyncio.run(_send(_DOCUMENTS, door.address, _at(later), state))
    assert 100 < len(door.posts) - before < 700  # of the last day, not of eight working days
    assert StateFile(state).load("today", 7) is not None


def test_each_post_of_the_hook_bears_the_checksum_over_its_body_and_no_token() -> None:
    with recording_door() as door:
        asyncio.run(_send(_HOOK, door.address, _at(A_WEDNESDAY)))
    for address, body in door.posts:
        asked = parse_qs(urlsplit(address).query)
        assert asked["source"] == ["hook.test"]
        assert asked["checksum"] == [sha1(b"http://ioc/hook?source=x" + body + b"secret").hexdigest()]  # noqa: S324 - its own
    assert door.posts


def test_caught_up_it_sends_each_parcel_at_its_moment_and_its_heart_beats() -> None:
    work = replace(_DOCUMENTS, until_caught_up=False, backfill_days=0)
    start = A_WEDNESDAY.replace(hour=8)
    due = _bodies(_expected(work, start + timedelta(minutes=5)))

    async def send(door: RecordingDoor, clock: Clock) -> None:
        await _send_until(lambda: _came(door) >= due, asyncio.create_task(_send(work, door.address, clock)))

    with recording_door() as door:
        clock = _running_from(start, times=120)
        asyncio.run(send(door, clock))
        assert _came(door) <= _bodies(_expected(work, clock()))
    assert {beat["source"] for beat in door.beats} == {"documents.test"}
    assert sum(due.values()) > 5


def test_a_silent_source_says_nothing_and_tells_it_all_when_it_is_well_again() -> None:
    work = replace(_DOCUMENTS, until_caught_up=False, backfill_days=0, heartbeat=0.05)
    start = A_WEDNESDAY.replace(hour=9)
    silent = Span(start + timedelta(minutes=4), start + timedelta(minutes=14))

    async def send(door: RecordingDoor, clock: Clock) -> tuple[int, int]:
        silence = Silence(once(silent.begin, silent.end - silent.begin), clock)
        sending = asyncio.create_task(_send(work, door.address, clock, silence=silence))
        # A request that was under way as the silence began may still come in.
        settled, heard = silent.begin + timedelta(minutes=3), silent.end - timedelta(minutes=1)
        await asyncio.to_thread(wait_until, lambda: clock() > settled, what="the silence")
        before = door.requests
        await asyncio.to_thread(wait_until, lambda: clock() > heard, what="most of the silence")
        during = door.requests - before
        due = _bodies(_expected(work, silent.end))
        await _send_until(lambda: _came(door) >= due, sending)
        return before, during

    with recording_door() as door:
        before, during = asyncio.run(send(door, _running_from(start, times=150)))
    assert before > 0
    assert during == 0


def test_one_working_afternoon_a_week_is_silent_and_the_weeks_differ() -> None:
    spans = weekly(7, "endpoints.test")
    first = A_WEDNESDAY.date() - timedelta(days=A_WEDNESDAY.weekday())
    weeks = [[span for day in range(7) for span in spans(first + timedelta(days=7 * week + day))] for week in range(12)]
    assert all(len(week) <= 1 for week in weeks)
    assert sum(len(week) for week in weeks) >= 10  # a holiday may take one away
    found = [span for week in weeks for span in week]
    assert len({(span.begin.weekday(), span.begin.minute) for span in found}) > 3
    for span in found:
        assert span.begin.hour >= 14
        assert timedelta(minutes=50) <= span.end - span.begin <= timedelta(minutes=90)
        assert (span.end - timedelta(seconds=1)).hour < 17


def test_a_silence_reigns_from_its_begin_to_its_end() -> None:
    span = Span(A_WEDNESDAY, A_WEDNESDAY + timedelta(hours=14))
    silence = Silence(once(span.begin, span.end - span.begin), _at(A_WEDNESDAY))
    assert silence.until(span.begin - timedelta(seconds=1)) is None
    assert silence.until(span.begin) == span.end
    assert silence.until(span.end - timedelta(seconds=1)) == span.end  # on the next day
    assert silence.until(span.end) is None
