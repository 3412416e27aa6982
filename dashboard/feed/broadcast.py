"""One frame in, the same bytes out to every display."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from dashboard.feed.mailbox import Mailbox


class Broadcast:
    """All displays of this process, each with a mailbox; to be used from one event loop."""

    def __init__(self) -> None:
        self._mailboxes: set[Mailbox] = set()
        self._newest: dict[str, bytes] = {}
        self._closed = False

    def __len__(self) -> int:
        """How many displays listen."""
        return len(self._mailboxes)

    def wants(self, scene: str) -> bool:
        """Whether a display waits for frames of this scene."""
        return any(mailbox.wants(scene) for mailbox in self._mailboxes)

    def publish(self, scene: str, frame: bytes) -> None:
        """Hand a frame to every display that wants it, and to those that come before the next one."""
        self._newest[scene] = frame
        for mailbox in self._mailboxes:
            mailbox.put(scene, frame)

    def close(self) -> None:
        """End every stream, and each that would open later: an open stream would hold the shutdown."""
        self._closed = True
        self.end_streams()

    def end_streams(self) -> None:
        """End every stream; displays open another one within seconds."""
        for mailbox in self._mailboxes:
            mailbox.close()

    @contextmanager
    def mailbox(self, scenes: Collection[str] | None = None) -> Iterator[Mailbox]:
        """The mailbox of one display while it is here; the newest frames of its scenes lie in it already."""
        mailbox = Mailbox(scenes)
        for scene, frame in self._newest.items():
            mailbox.put(scene, frame)
        if self._closed:
            mailbox.close()
        self._mailboxes.add(mailbox)
        try:
            yield mailbox
        finally:
            self._mailboxes.discard(mailbox)
