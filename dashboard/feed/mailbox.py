"""What waits for one display: the newest frame of each of its scenes and nothing older."""

import asyncio
from collections.abc import Collection


class MailboxClosed(Exception):  # noqa: N818 - as StopIteration: the end, no error
    """Nothing will come any more."""


class Mailbox:
    """One place for each scene, which keeps the newest frame: a slow display misses frames, never the last one.

    It is for these `scenes` only; None is for all.
    """

    def __init__(self, scenes: Collection[str] | None = None) -> None:
        self._scenes = None if scenes is None else frozenset(scenes)
        self._frames: dict[str, bytes] = {}
        self._closed = False
        self._stir = asyncio.Event()

    def wants(self, scene: str) -> bool:
        """Whether frames of this scene are for it."""
        return self._scenes is None or scene in self._scenes

    def put(self, scene: str, frame: bytes) -> None:
        """Leave a frame, in the place of one of the same scene that was not taken yet."""
        if self.wants(scene):
            self._frames[scene] = frame
            self._stir.set()

    def close(self) -> None:
        """Say that nothing comes any more; frames that lie here are dropped."""
        self._closed = True
        self._stir.set()

    async def take(self, *, seconds: float) -> bytes | None:
        """The newest frames, one after the other, once there is one; None after `seconds` without.

        Raises `MailboxClosed`.
        """
        try:
            async with asyncio.timeout(seconds):
                await self._stir.wait()
        except TimeoutError:
            return None
        if self._closed:
            raise MailboxClosed
        self._stir.clear()
        frames, self._frames = self._frames, {}
        return next(iter(frames.values())) if len(frames) == 1 else b"".join(frames.values())
