"""Lists of cases without a clock of their own: as many as the figure of their level says, what is due next first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from typing import Any, Final, NamedTuple

from psycopg import Connection

from stream.apply.cases import CERTIFICATE, DOCUMENT, ENDPOINT, MEETING, part_of
from stream.apply.lives import LIVES
from stream.core.ledger import LEVELS
from stream.core.moment import Moment, datetime_of
from stream.core.rules import Rules
from stream.story.errors import NoSuchCaseError, StoryError
from stream.story.knowledge import Knowledge, read_knowledge
from stream.story.known import CaseRow, Counted, chunks, known_records
from stream.story.reading import nearest_codes
from stream.story.replay import judge
from stream.story.rows import rows
from stream.story.standing import Standing, plain_standing

LISTED: Final[Mapping[int, Mapping[str, str]]] = {
    DOCUMENT: {"open": "documents_open", "overdue": "documents_overdue"},
    CERTIFICATE: {"open": "certificates", "due_soon": "certificates_expiring"},
    MEETING: {"open": "meetings_on"},
    ENDPOINT: {"open": "endpoints_away"},
}
"""The level that a flag asks for, by kind; of endpoints those that are away."""


class WantedPlain(NamedTuple):
    """Which cases of a kind: those for which a level stands. `units` are codes as numbers, None is all of them."""

    kind: int
    flag: str = "open"
    units: tuple[int, ...] | None = None

    @property
    def level(self) -> str:
        """The level; raises `StoryError` for a flag that the kind does not have."""
        levels = LISTED[self.kind]
        if self.flag not in levels:
            known = ", ".join(f"--{flag.replace('_', '-')}" for flag in levels)
            raise StoryError(f"--{self.flag.replace('_', '-')} is not of this kind of case; there are {known}")
        return levels[self.flag]


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A case in a list, and what holds of it."""

    code: str
    kind: int
    standing: Standing
    received: Moment | None

    @property
    def key(self) -> tuple[bool, int, str]:
        """Where it stands in a list: what is due first, then what never is."""
        due = self.standing.due
        return due is None, due or 0, self.code


class PlainListed(NamedTuple):
    """Some lines of a list, and how many there are in all."""

    number: int
    lines: Sequence[PlainLine]


def read_plain_list(  # noqa: PLR0913 - what, twice when, and which page
    connection: Connection[Any],
    wanted: WantedPlain,
    as_of: Moment,
    known_at: datetime | None,
    first: Rules,
    *,
    limit: int,
    after: str | None = None,
) -> PlainListed:
    """At most `limit` cases, after the one with the code `after`; call it inside a `snapshot`.

    Raises `StoryError` for a flag that the kind does not have and for a code that the list can't go on after.
    """
    rise, fall = LEVELS[wanted.level]
    given: dict[str, object] = {
        "rise": int(rise), "fall": int(fall), "as_of": datetime_of(as_of), "known_at": known_at or "infinity",
        "units": None if wanted.units is None else list(wanted.units),
    }  # fmt: skip
    reader = _Reader(connection, read_knowledge(connection, known_at, first), as_of, known_at)
    since = None if after is None else reader.place(after)
    counted = Counted()
    lines = counted.each(line for chunk in chunks(connection, "known_cases", given) for line in reader.lines(chunk))
    found = nsmallest(limit, (line for line in lines if since is None or line.key > since), key=lambda line: line.key)
    return PlainListed(counted.n, found)


@dataclass(frozen=True, slots=True)
class _Reader:
    connection: Connection[Any]
    knowledge: Knowledge
    as_of: Moment
    known_at: datetime | None

    def lines(self, cases: Sequence[CaseRow]) -> Iterator[PlainLine]:
        for number, code, kind, records in known_records(self.connection, cases, self.known_at):
            judged = judge(kind, part_of(number), records, self.knowledge.rulebook)
            said = [record for record in records if record.at <= self.as_of]
            then = LIVES[kind].fold(said, judged.rules) if said else None
            held = plain_standing(then, judged.entries, self.as_of)
            yield PlainLine(code, kind, held, judged.state.received)

    def place(self, code: str) -> tuple[bool, int, str]:
        """Where a list goes on after this case: its own place, whether it is still in the list or not."""
        found = rows(self.connection, "case", {"code": code})
        if not found:
            raise NoSuchCaseError(code, nearest_codes(self.connection, code))
        number, _, kind, _, packed = found[0]
        lines = list(self.lines([(number, code, kind, packed)])) if kind in LISTED else []
        if not lines:
            raise StoryError(f"a list of this kind can't go on after {code}")
        return lines[0].key
