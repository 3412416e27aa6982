"""What a display has to sign to prove its key."""

from collections.abc import Callable
from datetime import datetime
from secrets import token_bytes, token_urlsafe
from typing import Final

from dashboard.access.tokens import Seal

_SECONDS: Final = 60.0


def message(origin: str, number: int, challenge: str) -> bytes:
    """The bytes that are signed: for this purpose, this house, this display and this challenge only."""
    return f"ioc-display-session\n{origin}\n{number}\n{challenge}".encode()


class Challenges:
    """Challenges for one minute, one display and one origin, each good for one session.

    Nothing is kept of a challenge that was only asked for, so asking for many does no harm; only one that was answered
    rightly is remembered, until it has run out. One of an earlier process holds nowhere.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._seal: Seal[tuple[str, int, str]] = Seal(token_bytes(32), "challenge", tuple[str, int, str], clock)
        self._used: dict[str, float] = {}

    def make(self, origin: str, number: int) -> str:
        """A challenge for this display."""
        return self._seal.sealed((origin, number, token_urlsafe(16)), seconds=_SECONDS)

    def holds(self, challenge: str, origin: str, number: int) -> bool:
        """Whether it was made for this display and origin, lately, and was not used."""
        found = self._seal.opened(challenge)
        return found is not None and found[0][:2] == (origin, number) and challenge not in self._used

    def use(self, challenge: str) -> bool:
        """Use it up; False where somebody else was quicker."""
        now = self._clock().timestamp()
        self._used = {each: until for each, until in self._used.items() if until > now}
        if challenge in self._used:
            return False
        self._used[challenge] = now + _SECONDS
        return True
