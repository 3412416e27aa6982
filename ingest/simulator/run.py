"""A run of the simulator: catch up with the present, then send everything at its moment.

The clock is handed in; nothing that is sent ever bears a moment after it.
"""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge
from itertools import takewhile

from ingest.simulator.assignment import Assignment
from ingest.simulator.door import Door
from ingest.simulator.express import Express
from ingest.simulator.heartbeat import beat
from ingest.simulator.journal import Journal
from ingest.simulator.notice import Notice
from ingest.simulator.outbox import Outbox
from ingest.simulator.pace import Clock, Watch, catch_up, keep_up
from ingest.simulator.state import State, StateFile
from ingest.simulator.traffic import Message, traffic

_GAP = 20.0  # seconds between two records of an application of the added traffic
_SHORT_GAP = 2.0  # the same in a load test: what it leaves unfinished at its end is little
_UNCERTAIN = timedelta(seconds=3)  # a killed run may have begun more than its state says
Sent = Message | Notice


async def simulate(work: Assignment, door: Door, state_file: StateFile, clock: Clock, watch: Watch) -> None:
    """Run until cancelled, or until caught up where that is the work.

    Raises `OtherStateError`, and `DoorRefusedError` where the door will never take what is sent.
    """
    outbox = Outbox(door, work.district.shops, work.source)
    try:
        async with asyncio.TaskGroup() as tasks:
            helpers = outbox.start(tasks)
            if work.rate is not None:
                await keep_up(Express(work.district, work.rate, _SHORT_GAP).messages(clock()), outbox, clock)
            else:
                helpers.append(tasks.create_task(beat(door, outbox, work.source, clock)))
                journal = Journal(state_file, _start(work, state_file, clock()), outbox)
                helpers.append(tasks.create_task(journal.keep()))
                try:
                    await _district(work, outbox, journal, clock, watch)
                finally:
                    journal.save()
            for helper in helpers:
                helper.cancel()
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None


def _start(work: Assignment, state_file: StateFile, now: datetime) -> State:
    state = state_file.load(work.district.profile.name, work.district.seed)
    return state if state is not None and state.sender == work.sender else work.first_state(now)


async def _district(work: Assignment, outbox: Outbox, journal: Journal, clock: Clock, watch: Watch) -> None:
    """The district's own traffic and what is added to it, from where the journal stands."""
    start = journal.state
    coming: Iterator[Sent] = traffic(work.district, start.begin, start.sent_until)
    own = await catch_up(coming, start.sent_until, outbox, clock, watch)
    if work.until_caught_up:
        return
    journal.express_rate = work.added_rate
    await keep_up(merge(own, _added(work, start, clock()), key=_moment), outbox, clock)
    await asyncio.Event().wait()  # a district of the past has nothing more to say; its heart beats on


def _added(work: Assignment, start: State, now: datetime) -> Iterator[Message]:
    """The added traffic from now on, after the rest of the applications that a run before this had begun."""
    rest: Iterator[Message] = iter(())
    if start.express is not None:
        before = Express(work.district, start.express.rate, _GAP)
        rest = before.rest(start.express.until, start.express.until + _UNCERTAIN)
        if start.express.rate == work.added_rate:
            rest = takewhile(lambda message: message.at <= now, rest)  # those after now come anyway
    if not work.added_rate:
        return rest
    return merge(rest, Express(work.district, work.added_rate, _GAP).messages(now), key=_moment)


def _moment(sent: Sent) -> datetime:
    return sent.at
