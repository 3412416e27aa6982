"""What waits for one display: the newest frame and nothing older."""

import asyncio


class MailboxClosed(Exception):  # noqa: N818 - as StopIteration: the end, no error
    """Nothing will come any more."""


class Mailbox:
    """A queue of length one that keeps the newest: a slow display misses frames, never the last one."""

    def __init__(self) -> None:
        self._frame: bytes | None = None
        self._closed = False
        self._stir = asyncio.Event()

    def put(self, frame: bytes) -> None:
        """Leave a frame, in the place of one that was not taken yet."""
        self._frame = frame
        self._stir.set()

    def close(self) -> None:
        """Say that nothing comes any more; a frame that lies here is dropped."""
        self._closed = True
        self._stir.set()

    async def take(self, *, seconds: float) -> bytes | None:
        """The newest frame, once there is one; None after `seconds` without. Raises `MailboxClosed`."""
        try:
            async with asyncio.timeout(seconds):
                await self._stir.wait()
        except TimeoutError:
            return None
        if self._closed:
            raise MailboxClosed
        self._stir.clear()
        frame, self._frame = self._frame, None
        return frame
