"""A meeting, slowly: every thirty seconds it is asked anew who is there. Shares no code and no method with the product.

Times are in ticks of thirty seconds. Everything that was said is at hand, in order of its own time; of each thing the
newest that says it holds.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

Tick: TypeAlias = int
Kind: TypeAlias = Literal["recorded", "started", "joined", "left", "ended"]
RANK = {"recorded": 0, "started": 1, "joined": 2, "left": 3, "ended": 4}
TOLERATED, PATIENCE, LONGEST = 10, 4, 24 * 120
"""Five minutes, two minutes, a day."""


@dataclass(frozen=True)
class Word:
    """What was said. `scheduled` to `attended` are of a record, `site` and `leg` of a step."""

    number: int
    at: Tick
    kind: Kind
    unit: int
    site: tuple[str, int] | None = None
    leg: str = ""
    scheduled: Tick | None = None
    started: Tick | None = None
    ended: Tick | None = None
    cancelled: bool = False
    never_started: bool = False
    invited: tuple[tuple[str, int], ...] | None = None
    attended: tuple[tuple[str, int], ...] | None = None


Counted: TypeAlias = tuple[str, Tick, int, int]
"""Measure, tick, unit, traits as bits."""


class Meeting:
    """What holds of a meeting."""

    def __init__(self, words: Sequence[Word], last: Tick) -> None:
        self.words = sorted(words, key=lambda word: (word.at, RANK[word.kind], word.number))
        self.last = last
        """The last tick that anybody asks about."""
        self.records = [word for word in self.words if word.kind == "recorded"]
        schedules = [word for word in self.records if word.scheduled is not None]
        self.unit = (schedules or self.records or self.words)[-1].unit
        self.scheduled = schedules[-1].scheduled if schedules else None
        of_cancelling = [word for word in self.records if word.scheduled is not None or word.cancelled]
        self.is_cancelled = bool(of_cancelling) and of_cancelling[-1].cancelled
        self.sites = self._units()
        self.told_end = self._end()
        self.start, self.never_started = self._start()
        self.end = None if self.start is None or self.told_end is None else max(self.start, self.told_end)

    def _units(self) -> dict[str, int]:
        named: dict[str, list[int]] = {}
        for word in self.words:
            for site, unit in [*(word.invited or ()), *(word.attended or ()), *([word.site] if word.site else [])]:
                named.setdefault(site, []).append(unit)
        return {site: next((unit for unit in reversed(units) if unit), 0) for site, units in named.items()}

    def _end(self) -> Tick | None:
        """The newest word about the end, unless a later one says that it started again after that."""
        found = None
        for place, word in enumerate(self.words):
            says = word.kind == "ended" or (word.kind == "recorded" and (word.never_started or word.ended is not None))
            if says:
                end = word.at if word.kind == "ended" else None if word.never_started else word.ended
                later = [each for each in self.words[place + 1 :] if each.kind == "started"]
                found = None if end is None or any(each.at >= end for each in later) else end
        return found

    def _start(self) -> tuple[Tick | None, bool]:
        """The newest record's start; the first step after a record that it never started, or where there is none."""
        words = self.words
        said = [place for place, word in enumerate(words) if word.never_started or word.started is not None]
        place = said[-1] if said else -1
        if said and not words[place].never_started:
            return words[place].started, False
        steps = [word.at for word in words[place + 1 :] if word.kind == "started"]
        if steps:
            return steps[0], False
        if said:
            return None, True
        joined = [tick for tick in range(self.last) if any(self.here(site, tick) for site in self.sites)]
        if not joined or (self.told_end is not None and joined[0] > self.told_end):
            return None, False
        return joined[0], False

    def here(self, site: str, tick: Tick) -> bool:
        """Whether the site has a connection in the thirty seconds from a tick on."""
        return self._connected(site, [word for word in self.words if word.at <= tick])

    def _connected(self, site: str, words: Sequence[Word]) -> bool:
        own = [word for word in words if word.site is not None and word.site[0] == site]
        for leg in {word.leg for word in own}:
            about = [word for word in own if word.leg == leg or (word.kind == "left" and not word.leg)]
            if about and about[-1].kind == "joined":
                return True
        return False

    def _was_seen_leaving(self, site: str) -> bool:
        """Somebody left of whom nobody had said that he was there."""
        for place, word in enumerate(self.words):
            if word.kind == "left" and word.site is not None and word.site[0] == site:
                before = [each for each in self.words[:place] if not word.leg or each.leg in {word.leg, ""}]
                of_leg = (
                    [each for each in before if each.leg == word.leg or each.kind == "left"] if word.leg else before
                )
                if not self._connected(site, of_leg):
                    return True
        return False

    def on(self, tick: Tick) -> bool:
        """Whether the meeting is on in the thirty seconds from a tick on."""
        over = self.end if self.end is not None or self.start is None else self.start + LONGEST
        return self.start is not None and over is not None and self.start <= tick < over

    def away(self, site: str, tick: Tick) -> bool:
        """Whether a site that has taken part is not there, though the meeting is on."""
        if self.start is None or not self.on(tick) or self.here(site, tick):
            return False
        return any(self.here(site, before) for before in range(self.start, tick))

    def alarming(self, site: str, tick: Tick) -> bool:
        """Away for two minutes."""
        return tick >= PATIENCE and all(self.away(site, before) for before in range(tick - PATIENCE, tick + 1))

    def level(self, name: str, unit: int, tick: Tick) -> int:
        """A level of a unit: `meetings_on` or `sites_away`."""
        if name == "meetings_on":
            return int(unit == self.unit and self.on(tick))
        return sum(self.alarming(site, tick) for site, of in self.sites.items() if of and of == unit)

    def flows(self) -> Counter[Counted]:
        """Everything counted at a moment, with its amount."""
        found: Counter[Counted] = Counter()
        if self.scheduled is not None:
            found["MEETING_PLANNED", self.scheduled, self.unit, self._traits()] += 1
        if self.start is None:
            return found
        found["MEETING_HELD", self.start, self.unit, 0] += 1
        if self.scheduled is not None:
            found["LATE_MINUTES", self.start, self.unit, 0] += max(0, self.start - self.scheduled) // 2
        if self.end is not None:
            found["MEETING_MINUTES", self.end, self.unit, 0] += (self.end - self.start) // 2
        for site, unit in self.sites.items():
            if unit:
                self._of_site(site, unit, self.start, found)
        return +found

    def _traits(self) -> int:
        assert self.scheduled is not None
        if self.start is None:
            return 4 * self.is_cancelled
        return 2 + (self.start <= self.scheduled + TOLERATED)

    def _of_site(self, site: str, unit: int, start: Tick, found: Counter[Counted]) -> None:
        lists = [word.invited for word in self.records if word.invited is not None]
        if lists and site in dict(lists[-1]):
            at = start if self.scheduled is None else self.scheduled
            found["SITE_INVITED", at, unit, self._part(site, start)] += 1
        ticks = range(start, self.last if self.end is None else self.end + 1)
        for before, after in pairwise(ticks):
            if self.away(site, before) and not self.away(site, after):
                began = next(each for each in range(before, start - 1, -1) if not self.away(site, each - 1))
                found["AWAY_MINUTES", after, unit, 0] += (after - began) // 2

    def _part(self, site: str, start: Tick) -> int:
        here = [tick for tick in range(start, self.last if self.end is None else self.end) if self.here(site, tick)]
        if not here:
            lists = [word.attended for word in self.records if word.attended is not None]
            told = bool(lists) and site in dict(lists[-1])
            return int(told or self._was_seen_leaving(site))
        was_there = self.here(site, here[0] - 1)
        expected = max(start, start if self.scheduled is None else self.scheduled) + TOLERATED
        return 1 + 2 * (here[0] > expected and not was_there)
