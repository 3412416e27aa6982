"""Writes down every second how far the outbox has come."""

import asyncio

import msgspec

from ingest.simulator.pace import Progress
from ingest.simulator.state import ExpressTraffic, State, StateFile

_EVERY = 1.0  # seconds


class Journal:
    """The state of a run, from `start` on."""

    def __init__(self, file: StateFile, start: State, outbox: Progress) -> None:
        self._file = file
        self._outbox = outbox
        self.state = start
        self.express_rate = 0.0
        """What runs besides the district's own traffic just now; what ran before is remembered until this does."""

    def save(self) -> None:
        """Save the state as it is now."""
        until = self._outbox.delivered_until
        if until is None:
            return
        express = self.state.express
        if self.express_rate:
            express = ExpressTraffic(rate=self.express_rate, until=until)
        self.state = msgspec.structs.replace(self.state, sent_until=until, express=express)
        self._file.save(self.state)

    async def keep(self) -> None:
        """Save again and again."""
        while True:
            await asyncio.sleep(_EVERY)
            self.save()
