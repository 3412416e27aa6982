"""What a run of the simulator is to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.simulator.calendar import LOCAL
from ingest.simulator.district import District
from ingest.simulator.state import State

BUSY_RATE = 0.07
"""Records a second in office hours, about: what a speed is a multiple of."""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """The district and how to send it; `source` is the id under which the door knows the sender.

    `sender` names the registration: what was sent under another one has to be sent again.

    `speed` over 1 adds traffic of the present: as much as makes it that many times as busy as office hours are; under
    1 it changes nothing, the district has its own pace.
    With a `rate`, nothing but traffic of the present is sent: so many records a second, and no state is kept.
    """

    district: District
    source: str
    sender: str = ""
    backfill_days: int = 182
    speed: float = 1.0
    rate: float | None = None
    until_caught_up: bool = False

    def __post_init__(self) -> None:
        if (self.rate is not None and self.rate <= 0) or self.backfill_days < 0:
            raise ValueError("a rate is positive, days are not negative")
        if self.district.profile.until is not None and self.added_rate:
            raise ValueError("a district of the past has no traffic of the present: no speed and no rate")

    @property
    def added_rate(self) -> float:
        """Records a second besides the district's own."""
        return self.rate if self.rate is not None else max(0.0, self.speed - 1) * BUSY_RATE

    def first_state(self, now: datetime) -> State:
        """Where a run without a past begins: so many days before now, or before the end of the district's time."""
        profile = self.district.profile
        end = min(now, profile.until) if profile.until else now
        begin = end.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
        begin -= timedelta(days=self.backfill_days)
        return State(
            profile=profile.name, seed=self.district.seed, sender=self.sender, begin=begin.date(), sent_until=begin
        )
