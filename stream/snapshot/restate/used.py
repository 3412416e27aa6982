"""Which procedures came to be used between two moments of knowledge, or no longer were: behind counts of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from stream.core.moment import Day
from stream.kpi.terms import Count
from stream.snapshot.restate.learnt import Known
from stream.store.register import Use, read_counts


@dataclass(frozen=True, slots=True)
class Using:
    """A count of used procedures: of which receipts, and on which day the register is looked at."""

    of: Count
    use: Use
    day: Day


def read_turned(
    connection: Connection[Any], asked: Iterable[Using], units: Sequence[int], known: Known
) -> Mapping[Using, Mapping[int | None, frozenset[str]]]:
    """The procedures that were gained or lost, by their codes, for each unit and for the area (None).

    Six statements at most, none where nothing is asked for.
    """
    wanted = list(dict.fromkeys(asked))
    if not wanted:
        return {}
    uses = list(dict.fromkeys(each.use for each in wanted))
    earlier, later = (read_counts(connection, uses, units, moment) for moment in known)
    return {
        each: _turned(earlier.used(each.of, each.use, each.day), later.used(each.of, each.use, each.day))
        for each in wanted
    }


def _turned(
    earlier: Mapping[int, frozenset[str]], later: Mapping[int, frozenset[str]]
) -> dict[int | None, frozenset[str]]:
    found: dict[int | None, frozenset[str]] = {
        unit: earlier.get(unit, frozenset()) ^ later.get(unit, frozenset()) for unit in {*earlier, *later}
    }
    found[None] = _all(earlier.values()) ^ _all(later.values())
    return found


def _all(codes: Collection[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*codes)
