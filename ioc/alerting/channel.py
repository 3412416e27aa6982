"""What a channel is: something that takes a message, or says why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ioc.errors import IocError
from stream.alerts.outbox import Channel, Delivery


class SendError(IocError):
    """A message was not taken. `is_away`: nobody is there, so that the next one need not be tried now."""

    retriable = True

    def __init__(self, reason: str, *, is_away: bool = False) -> None:
        super().__init__(reason)
        self.is_away = is_away


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent at once: one happening, or several as a digest."""

    deliveries: Sequence[Delivery]


class Sender(Protocol):
    """A channel, open to send."""

    @property
    def channel(self) -> Channel:
        """Which one."""
        ...

    @property
    def where(self) -> str:
        """The host that it sends to: what may be shown to people."""
        ...

    @property
    def at_once(self) -> int:
        """How many deliveries are taken at once; all of them are tried within the lease."""
        ...

    def messages(self, taken: Sequence[Delivery]) -> Sequence[Message]:
        """What is sent for them."""
        ...

    def send(self, message: Message) -> None:
        """Send it; raises `SendError`. When it returns the receiver is answerable for it."""
        ...

    def test(self) -> None:
        """Send something that says that it is a test; raises `SendError`."""
        ...
