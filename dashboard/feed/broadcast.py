"""One frame in, the same bytes out to every display."""

from collections.abc import Iterator
from contextlib import contextmanager

from dashboard.feed.mailbox import Mailbox


class Broadcast:
    """All displays of this process, each with a mailbox; to be used from one event loop."""

    def __init__(self) -> None:
        self._mailboxes: set[Mailbox] = set()
        self._newest: bytes | None = None
        self._closed = False

    def __len__(self) -> int:
        """How many displays listen."""
        return len(self._mailboxes)

    def publish(self, frame: bytes) -> None:
        """Hand a frame to every display, and to those that come before the next one."""
        self._newest = frame
        for mailbox in self._mailboxes:
            mailbox.put(frame)

    def close(self) -> None:
        """End every stream, and each that would open later: an open stream would hold the shutdown."""
        self._closed = True
        self.end_streams()

    def end_streams(self) -> None:
        """End every stream; displays open another one within seconds."""
        for mailbox in self._mailboxes:
            mailbox.close()

    @contextmanager
    def mailbox(self) -> Iterator[Mailbox]:
        """The mailbox of one display while it is here; the newest frame lies in it already."""
        mailbox = Mailbox()
        if self._newest is not None:
            mailbox.put(self._newest)
        if self._closed:
            mailbox.close()
        self._mailboxes.add(mailbox)
        try:
            yield mailbox
        finally:
            self._mailboxes.discard(mailbox)
