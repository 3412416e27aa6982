"""Random meetings as they may be told, and the same as the core takes them."""

from collections.abc import Sequence
from random import Random

from stream.core.assumptions import Assumptions, OfMeetings
from stream.core.calendar import WorkingCalendar
from stream.core.meeting_record import MeetingRecord, Said, Site, Told
from stream.core.rules import Rules
from tests.reference.meeting import RANK, Kind, Tick, Word

LAST: Tick = 70
"""No word is about a later tick."""
UNITS = (3980, 4033)
SITES = (("a", 3980), ("b", 3980), ("c", 4033), ("nobody", 0))
KINDS: tuple[Kind, ...] = ("recorded", "started", "ended", *(("joined",) * 5), *(("left",) * 4))
BASE = 1_767_578_400
RULES = Rules(
    WorkingCalendar("none", {}, frozenset(), frozenset()),
    assumptions=Assumptions(meetings=OfMeetings(late_minutes=5, away_minutes=2, unended_hours=24)),
)


def some_words(random: Random) -> list[Word]:
    """What is said of one meeting, in any order; much of it contradicts the rest."""
    words = [_word(random, number) for number in range(random.choice([1, 2, 4, 8, 16, 24]))]
    random.shuffle(words)
    return words


def _word(random: Random, number: int) -> Word:
    at, unit = random.randrange(LAST), random.choice(UNITS)
    kind = random.choice(KINDS)
    if kind == "recorded":
        return Word(
            number, at, "recorded", unit,
            scheduled=_some(random, 0.6), started=_some(random, 0.2), ended=_some(random, 0.2),
            cancelled=random.random() < 0.1, never_started=random.random() < 0.1,
            invited=_sites(random) if random.random() < 0.6 else None,
            attended=_sites(random) if random.random() < 0.2 else None,
        )  # fmt: skip
    if kind in {"started", "ended"}:
        return Word(number, at, kind, unit)
    return Word(number, at, kind, unit, site=random.choice(SITES), leg=random.choice(["", "1", "1", "2"]))


def _some(random: Random, chance: float) -> Tick | None:
    return random.randrange(LAST) if random.random() < chance else None


def _sites(random: Random) -> tuple[tuple[str, int], ...]:
    return tuple(site for site in SITES if random.random() < 0.6)


def records_of(words: Sequence[Word]) -> list[MeetingRecord]:
    """The same as records, in the order in which they were said."""
    return [_record(word) for word in words]


def seconds(tick: Tick) -> int:
    """The moment of a tick."""
    return BASE + 30 * tick


def _record(word: Word) -> MeetingRecord:
    said = int(Said(RANK[word.kind]))
    if word.kind == "recorded":
        told = Told(
            _moment(word.scheduled), None, _moment(word.started), _moment(word.ended), word.cancelled,
            word.never_started, _named(word.invited), _named(word.attended),
        )  # fmt: skip
        return MeetingRecord(word.number, seconds(word.at), said, word.unit, told=told)
    site = None if word.site is None else Site(*word.site)
    return MeetingRecord(word.number, seconds(word.at), said, word.unit, 0, site, word.leg)


def _moment(tick: Tick | None) -> int | None:
    return None if tick is None else seconds(tick)


def _named(sites: Sequence[tuple[str, int]] | None) -> tuple[Site, ...] | None:
    return None if sites is None else tuple(Site(*site) for site in sites)
