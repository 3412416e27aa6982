"""Traffic at a chosen rate, in real time: applications that go from receipt to result within a minute.

The real district sends a record every few seconds at its busiest and hardly any at night. For a demonstration, a
load test or a benchmark this adds lives whose moments are all real ones, in the order and at the time they
are sent. Time is cut into slots, one record each; slots go round a number of lanes, and each lane carries one
application after the other. So the slot's number says everything, whoever asks and whenever.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from math import ceil, floor
from random import Random

from ingest.contracts.onestop import Channel, Status
from ingest.simulator.calendar import LOCAL, calendar_of
from ingest.simulator.demand import draw_procedure
from ingest.simulator.dice import Wheel, dice
from ingest.simulator.district import District
from ingest.simulator.life import Filing, Life, Sending, Step
from ingest.simulator.traffic import Message

_ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
_COURSE = (Status.RECEIVED, Status.IN_PROGRESS, Status.SETTLED, Status.RETURNED)
_STEPS = len(_COURSE)


class Express:
    """So many records a second; `gap` seconds or a little more lie between two records of an application."""

    def __init__(self, district: District, rate: float, gap: float) -> None:
        if rate <= 0 or gap < 1:
            raise ValueError("a rate is positive, a gap is a second at least")
        self._district = district
        self._rate = rate
        self._lanes = max(1, ceil(rate * gap))
        self._wheel = Wheel.of([shop.weight for shop in district.shops])
        self._life = lru_cache(maxsize=self._lanes)(self._make)

    def messages(self, after: datetime) -> Iterator[Message]:
        """What is sent after `after`, in order, for ever."""
        slot = self._slot(after)
        while True:
            slot += 1
            yield self._message(slot)

    def rest(self, after: datetime, begun_by: datetime) -> Iterator[Message]:
        """What is sent after `after` of the lives that had begun by another moment, in order."""
        first, last = self._slot(after) + 1, self._slot(begun_by)
        for slot in range(first, last + 1 + (_STEPS - 1) * self._lanes):
            if self._begin(slot) <= last:
                yield self._message(slot)

    def _slot(self, moment: datetime) -> int:
        """The last slot at or before a moment."""
        return floor((moment - _ORIGIN).total_seconds() * self._rate)

    def _moment(self, slot: int) -> datetime:
        return (_ORIGIN + timedelta(seconds=slot / self._rate)).astimezone(LOCAL)

    def _begin(self, slot: int) -> int:
        """The slot that begins the application of this one; the lanes begin theirs in different turns."""
        turn, lane = divmod(slot, self._lanes)
        return ((turn + lane) // _STEPS * _STEPS - lane) * self._lanes + lane

    def _message(self, slot: int) -> Message:
        turn, lane = divmod(slot, self._lanes)
        return Message(self._moment(slot), self._life(self._begin(slot)), (turn + lane) % _STEPS)

    def _make(self, begin: int) -> Life:
        moments = [self._moment(begin + step * self._lanes).replace(microsecond=0) for step in range(_STEPS)]
        received = moments[0]
        rng = dice(self._district.seed, self._rate, begin)
        calendar = calendar_of(received.year)
        shop = self._district.shops[self._wheel.draw(rng)]
        # The counter is closed at night; a full online service (toàn trình) is not.
        channel = Channel.ONLINE if calendar.opening_from(received) != received else self._channel(rng)
        procedure = draw_procedure(self._district.profile, channel, rng)
        filing = Filing(
            code=f"{shop.agency}-{received:%Y%m%d}-{self._sequence(begin, received)}",
            shop=shop,
            procedure=procedure,
            channel=channel,
            at=received - timedelta(seconds=int(rng.random() * 50)),
            salt=rng.getrandbits(48),
        )
        due_at = calendar.close_after(received, max(1, int(procedure.term)))
        steps = tuple(Step(at, status, due_at) for at, status in zip(moments, _COURSE, strict=True))
        sendings = tuple(Sending(self._moment(begin + step * self._lanes), step) for step in range(_STEPS))
        return Life(filing, steps, (), sendings)

    def _channel(self, rng: Random) -> Channel:
        return Channel.ONLINE if rng.random() < self._district.profile.online else Channel.DIRECT

    def _sequence(self, begin: int, received: datetime) -> str:
        """Another one for each application of a second, for each rate and for each seed."""
        mark = blake2b(f"{self._district.seed}:{self._rate}:{begin}".encode(), digest_size=5).digest()
        return f"{received:%H%M%S}{int.from_bytes(mark):013d}"
