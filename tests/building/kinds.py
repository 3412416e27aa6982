"""Any kind of case without a store: its events folded into the state and the entries that a worker would make."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ingest.log.protocol import Entry as LogEntry
from stream.apply.lives import LIVES
from stream.apply.reading import Fact, read
from stream.apply.records import Numbers
from stream.core.ledger import LEVELS, Entry, Measure, postings
from stream.core.moment import Moment
from stream.core.rules import Rules

_NUMBERS = Numbers({}, {})


def facts(events: Iterable[LogEntry]) -> list[Fact]:
    """What the events say, each of a case."""
    found = [read(event.body) for event in events]
    assert all(isinstance(each, Fact) for each in found)
    return [each for each in found if isinstance(each, Fact)]


def state_and_entries(events: Iterable[LogEntry], rules: Rules) -> tuple[Any, frozenset[Entry]]:
    """What these events about one case make of it, in whatever order they come."""
    said = facts(events)
    life = LIVES[said[0].kind]
    records = [life.record(fact, _NUMBERS, pos) for pos, fact in enumerate(said)]
    state = life.fold(sorted(records, key=life.order), rules)
    return state, life.entries(state, rules)


def entries_of(events: Iterable[LogEntry], rules: Rules) -> frozenset[Entry]:
    """What these events about one case count for."""
    return state_and_entries(events, rules)[1]


def counted(found: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries by the name of their measure, in order of time."""
    named: dict[str, list[Entry]] = {}
    for entry in sorted(found, key=lambda each: each.at):
        named.setdefault(Measure(entry.measure).name, []).append(entry)
    return named


def level_at(found: Iterable[Entry], name: str, at: Moment) -> int:
    """How high a level stands just after a moment."""
    rise, fall = LEVELS[name]
    signs: Mapping[int, int] = {rise: 1, fall: -1}
    return sum(signs.get(each.measure, 0) for each in found if each.at <= at)


def posted_in_order_of_arrival(events: Sequence[LogEntry], rules: Rules) -> dict[Entry, int]:
    """What a ledger holds after these arrived one by one, those that came twice once: each entry with its net sum."""
    sums: dict[Entry, int] = {}
    before: frozenset[Entry] = frozenset()
    known: dict[int, LogEntry] = {}
    for event in events:
        known.setdefault(facts([event])[0].eid, event)
        after = entries_of(known.values(), rules)
        for entry, n in postings(before, after):
            sums[entry] = sums.get(entry, 0) + n
        before = after
    return {entry: n for entry, n in sums.items() if n}
