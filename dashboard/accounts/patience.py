"""Wrong passwords are answered ever more slowly: for each account, and for each address; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

FORGOTTEN: Final = timedelta(days=1)
"""After so long without another one, a wrong try is held against nobody."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """So many tries are free; then it takes 1 s, 2 s, 4 s … and at most `longest` until the next one."""

    free: int
    longest: timedelta

    def after(self, tries: int) -> timedelta:
        """How long to wait after so many wrong tries in a row."""
        over = tries - self.free
        return timedelta() if over <= 0 else min(timedelta(seconds=2.0 ** min(over - 1, 20)), self.longest)


ACCOUNT: Final = Pauses(3, timedelta(minutes=15))
"""96 guesses a day at most; 100 in a row is what NIST SP 800-63B (3.2.2) lets pass at the very most."""
ADDRESS: Final = Pauses(20, timedelta(minutes=1))
"""A whole house may stand behind one address: more is free, and it never waits long."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How a bucket stands: wrong tries in a row, and until when no further one is looked at."""

    count: int
    until: datetime
    at: datetime

    def wait(self, now: datetime) -> timedelta:
        """How long no try is looked at; a clock that was set back makes nobody wait longer than the longest pause."""
        return max(timedelta(), self.until - now)

    def next(self, pauses: Pauses, now: datetime) -> "Tries":
        """How it stands after another try, which counts as wrong until it turned out right."""
        before = 0 if now - self.at > FORGOTTEN else self.count
        return Tries(before + 1, now + pauses.after(before + 1), now)


Bucket: TypeAlias = tuple[str, Pauses]
