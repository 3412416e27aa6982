"""Reading the register of procedures that is in force, and which of its procedures were used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
from psycopg import Connection

from ingest.contracts.rules import Procedure, RegisterAdopted
from stream.core.ledger import Measure
from stream.core.moment import Day, Moment, date_of, datetime_of, start_of
from stream.kpi.register import codes_of
from stream.kpi.terms import Count
from stream.store.columns import columns
from stream.store.pieces import pieces, rest_of_day
from stream.store.queries import query

_REGISTERS: Final[dict[str, tuple[Procedure, ...]]] = {}
"""Registers by their digest: what a digest stands for never changes."""
_MOST: Final = 8


class Use(NamedTuple):
    """Received applications of a channel (None: all) with all of some traits, from a local day up to a moment."""

    channel: int | None
    traits: int
    since: Day
    until: Moment


def read_register(connection: Connection[Any], known_at: datetime | None = None) -> tuple[Procedure, ...] | None:
    """The register in force, as far as was known; None where none was ever adopted.

    One statement, and one more for a register that was not read before.
    """
    row = connection.execute(query("read_register"), {"known_at": known_at}).fetchone()
    if row is None:
        return None
    [digest] = row
    if digest not in _REGISTERS:
        content = connection.execute(query("read_register_content"), {"digest": digest}).fetchone()
        if len(_REGISTERS) >= _MOST:
            _REGISTERS.clear()
        _REGISTERS[digest] = () if content is None else msgspec.json.decode(content[0], type=RegisterAdopted).procedures
    return _REGISTERS[digest]


def read_used(
    connection: Connection[Any], uses: Sequence[Use], units: Sequence[int], known_at: datetime | None = None
) -> list[Mapping[int, frozenset[str]]]:
    """For each use in order, the codes of the procedures it has by unit, whether in the register or not.

    One statement: whole months come from sums, what a window has of other months from the ledger.
    """
    if not uses:
        return []
    months: list[Sequence[object]] = []
    stretches: list[Sequence[object]] = []
    for number, use in enumerate(uses):
        for table, sign, start, stop in _pieces(use):
            rows = months if table == "month" else stretches
            rows.append((number, sign, use.channel, use.traits, start, stop))
    names = ("keys", "signs", "channels", "traits", "starts", "stops")
    whole = [
        (number, use.channel, use.traits, datetime_of(start_of(use.since)), datetime_of(use.until))
        for number, use in enumerate(uses)
    ]
    parameters = {
        **columns("month_", names, months),
        **columns("ledger_", names, stretches),
        **columns("", ("keys", "channels", "traits", "starts", "stops"), whole),
        "first": min(start for *_, start, _ in whole),
        "last": max(stop for *_, stop in whole),
        "units": list(units),
        "known_at": known_at,
        "received": int(Measure.RECEIVED),
    }
    found: list[dict[int, frozenset[str]]] = [{} for _ in uses]
    for number, unit, codes in connection.execute(query("read_used"), parameters).fetchall():
        found[number][unit] = frozenset(codes)
    return list(found)


@dataclass(frozen=True, slots=True)
class Counts:
    """The register in force (None: none was ever adopted), and which procedures were used, in the register or not."""

    register: tuple[Procedure, ...] | None
    uses: Mapping[Use, Mapping[int, frozenset[str]]]

    @property
    def has_register(self) -> bool:
        """Whether there is anything to count."""
        return self.register is not None

    def counted(self, count: Count, day: Day) -> int:
        """How many procedures of the register meet the conditions of a count on a local day."""
        return len(codes_of(self.register or (), count, day))

    def used(self, count: Count, use: Use, day: Day) -> Mapping[int, frozenset[str]]:
        """Which of them were used, by unit."""
        wanted = codes_of(self.register or (), count, day)
        return {unit: codes & wanted for unit, codes in self.uses[use].items()}


NO_COUNTS: Final = Counts(None, {})


def read_counts(
    connection: Connection[Any], uses: Sequence[Use], units: Sequence[int], known_at: datetime | None
) -> Counts:
    """What procedures are counted from; three statements at most."""
    found = zip(uses, read_used(connection, uses, units, known_at), strict=True)
    return Counts(read_register(connection, known_at), dict(found))


def _pieces(use: Use) -> Iterator[tuple[str, int, object, object]]:
    """Whole months as dates, everything else as moments of the ledger."""
    for piece in pieces(use.since, use.until):
        if piece.grain == "month":
            yield "month", piece.sign, date_of(piece.start), date_of(piece.stop)
        else:
            yield "ledger", piece.sign, datetime_of(start_of(piece.start)), datetime_of(start_of(piece.stop))
    rest = rest_of_day(use.since, use.until)
    if rest is not None:
        yield "ledger", -1, datetime_of(rest[0]), datetime_of(rest[1])
