"""A run of one source that sends parcels: half a year of the past first, then each parcel at its moment."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from ingest.simulator.calendar import LOCAL
from ingest.simulator.door import Door
from ingest.simulator.heartbeat import EVERY, beat
from ingest.simulator.journal import Journal
from ingest.simulator.pace import Clock, Watch, catch_up, keep_up
from ingest.simulator.parcel import Parcel, Way
from ingest.simulator.postbox import Postbox, Route
from ingest.simulator.state import State, StateFile

Traffic = Callable[[State], Iterator[Parcel]]
"""What is to be sent from a state on, in order, for ever: the same for the same state."""


@dataclass(frozen=True, kw_only=True)
class Errand:
    """What a source sends; `source` is the id under which the door knows it.

    `sender` names the registration: what was sent under another one has to be sent again. The first run begins
    `backfill_days` before its day, and is detailed (`State.detailed_from`) from `detailed_days` before it on.
    """

    source: str
    seed: int
    traffic: Traffic
    sender: str = ""
    profile: str = "today"
    backfill_days: int = 182
    detailed_days: int = 7
    until_caught_up: bool = False
    routes: Mapping[Way, Route] = field(default_factory=dict)
    heartbeat: float = EVERY

    def first_state(self, now: datetime) -> State:
        """Where a run without a past begins."""
        midnight = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
        begin = midnight - timedelta(days=self.backfill_days)
        return State(
            profile=self.profile,
            seed=self.seed,
            sender=self.sender,
            begin=begin.date(),
            sent_until=begin,
            detailed_from=midnight - timedelta(days=min(self.detailed_days, self.backfill_days)),
        )


async def run(work: Errand, door: Door, state_file: StateFile, clock: Clock, watch: Watch) -> None:
    """Run until cancelled, or until caught up where that is the work.

    Raises `OtherStateError`, and `DoorRefusedError` where the door will never take what is sent.
    """
    postbox = Postbox(door, work.routes)
    try:
        async with asyncio.TaskGroup() as tasks:
            helpers = postbox.start(tasks)
            helpers.append(tasks.create_task(beat(door, postbox, work.source, clock, work.heartbeat)))
            journal = Journal(state_file, _start(work, state_file, clock()), postbox)
            helpers.append(tasks.create_task(journal.keep()))
            try:
                await _send(work, postbox, journal, clock, watch)
            finally:
                journal.save()
            for helper in helpers:
                helper.cancel()
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None


def _start(work: Errand, state_file: StateFile, now: datetime) -> State:
    first = work.first_state(now)
    state = state_file.load(work.profile, work.seed)
    if state is None or state.sender != work.sender:
        return first
    # After a long pause, too, only the last days are told in detail.
    details = [each.detailed_from for each in (state, first) if each.detailed_from is not None]
    return msgspec.structs.replace(state, detailed_from=max(details, default=None))


async def _send(work: Errand, postbox: Postbox, journal: Journal, clock: Clock, watch: Watch) -> None:
    start = journal.state
    ahead = await catch_up(work.traffic(start), start.sent_until, postbox, clock, watch)
    if not work.until_caught_up:
        await keep_up(ahead, postbox, clock)
