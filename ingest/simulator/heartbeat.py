"""The simulator's heartbeat: each minute it says up to which moment everything was sent."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from ingest.contracts.envelope import Envelope, encode_envelope, wrap
from ingest.contracts.heartbeat import HEARTBEAT, SourceHeartbeat
from ingest.contracts.registry import dataschema
from ingest.simulator.door import Door
from ingest.simulator.pace import Progress

EVERY = 60.0  # seconds


def heartbeat(source: str, at: datetime, complete_until: datetime | None, waiting: int) -> bytes:
    """The event's bytes: one for each source and second."""
    at = at.astimezone(UTC).replace(microsecond=0)
    if complete_until is not None:
        complete_until = min(at, complete_until.astimezone(UTC))
    beat = SourceHeartbeat(source=source, at=at, complete_until=complete_until, waiting=waiting)
    return encode_envelope(
        Envelope(
            id=f"heartbeat-{at:%Y%m%dT%H%M%SZ}",
            source=source,
            type=HEARTBEAT,
            subject=source,
            time=at,
            dataschema=dataschema(HEARTBEAT),
            data=wrap(beat),
        )
    )


async def beat(door: Door, outbox: Progress, source: str, clock: Callable[[], datetime], every: float = EVERY) -> None:
    """Send heartbeats for ever."""
    while True:
        await door.event(heartbeat(source, clock(), outbox.delivered_until, outbox.waiting))
        await asyncio.sleep(every)
