"""What waits for one page of the queue: the cases that changed since it was last told, each once."""

import asyncio
from collections.abc import Mapping

from dashboard.feed.mailbox import MailboxClosed

Changed = Mapping[str, int | None] | None
"""The unit that each case had before, None where it stood in no queue; instead of all of them None."""


class OpsMailbox:
    """A slow page is told of many changes at once, never of each: what it is told is always the newest."""

    def __init__(self) -> None:
        self._changed: dict[str, int | None] = {}
        self._everything = False
        self._closed = False
        self._stir = asyncio.Event()

    def put(self, changed: Changed) -> None:
        """More changes. Of a case that changes again what it was when the page was last told stays."""
        if changed is None:
            self._everything = True
        else:
            self._changed = {**changed, **self._changed}
        self._stir.set()

    def close(self) -> None:
        """Say that nothing comes any more."""
        self._closed = True
        self._stir.set()

    async def take(self, *, seconds: float) -> Changed:
        """What changed, once something did; nothing after `seconds` without. Raises `MailboxClosed`."""
        try:
            async with asyncio.timeout(seconds):
                await self._stir.wait()
        except TimeoutError:
            return {}
        if self._closed:
            raise MailboxClosed
        self._stir.clear()
        changed, self._changed = self._changed, {}
        everything, self._everything = self._everything, False
        return None if everything else changed
