"""Lists of applications: as many as the figure of the same level says, sorted by what working time is left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nsmallest
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from psycopg import Connection

from stream.apply.cases import APPLICATION, EVALUATION, PETITION, part_of
from stream.core.ledger import LEVELS, Measure
from stream.core.moment import Moment, date_of, datetime_of, day_of
from stream.core.rules import Rules
from stream.core.timeline import LETTER, Record
from stream.report.fields import number_of, read_fields
from stream.report.ii06a import Field
from stream.story.errors import NoSuchCaseError, StoryError
from stream.story.knowledge import Knowledge, read_knowledge
from stream.story.known import CaseRow, Counted, chunks, known_records
from stream.story.reading import nearest_codes
from stream.story.replay import Judged, judge
from stream.story.rows import rows
from stream.story.standing import Standing, standing

Flag: TypeAlias = Literal["open", "overdue", "due_soon", "paused", "late"]
"""`late`: late by the index (handbook section 5), which counts the overdue ones and some that wait."""

FLAGS: Final[tuple[Flag, ...]] = ("open", "overdue", "due_soon", "paused", "late")
FINDINGS: Final[Mapping[str, Measure]] = {
    measure.name.lower(): measure
    for measure in (
        Measure.UNUSUAL_MOVE,
        Measure.SETTLEMENT_TAKEN_BACK,
        Measure.IMPOSSIBLE_DATES,
        Measure.UNIT_OUT_OF_FORCE,
    )
}
OF_APPLICATIONS: Final = frozenset({APPLICATION, EVALUATION, PETITION})
_NARROWEST: Final = ("overdue", "due_soon", "paused", "open")


class Wanted(NamedTuple):
    """Which applications: None and nothing named is every one.

    `units` are codes as numbers, `field` a code (lĩnh vực), `channel` and `level` numbers, `received` local days, both
    included, `finding` a key of `FINDINGS`. Without a finding only open ones are listed.
    """

    flags: frozenset[Flag] = frozenset()
    finding: str | None = None
    units: tuple[int, ...] | None = None
    field: str | None = None
    channel: int | None = None
    level: int | None = None
    received_from: date | None = None
    received_to: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An application in a list: its code, what holds of it, and how it was filed."""

    code: str
    judged: Judged
    standing: Standing
    field: Field
    procedure: str | None

    @property
    def key(self) -> tuple[bool, int, str]:
        """Where it stands in a list: the least working time left first, what has no due date last."""
        left = self.standing.remaining
        return left is None, left or 0, self.code


class Listed(NamedTuple):
    """Some lines of a list, and how many there are in all."""

    number: int
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a list is read with: as of `as_of`, as known at `known_at` (None: all that is known)."""

    connection: Connection[Any]
    wanted: Wanted
    as_of: Moment
    known_at: datetime | None
    knowledge: Knowledge
    fields: Mapping[int, Field]
    procedures: Mapping[int, str]

    def line(self, number: int, code: str, kind: int, records: Sequence[Record]) -> Line:
        part = part_of(number)
        judged = judge(kind, part, records, self.knowledge.rulebook)
        application = judged.application
        held = standing(records, application, judged.entries, judged.rules.calendar, self.as_of)
        field = self.fields.get(application.field, Field(None, None))
        return Line(code, judged, held, field, self.procedures.get(application.procedure))

    def known(self, cases: Sequence[CaseRow]) -> Iterator[Line]:
        """The lines of these cases, by the records that were known; none where nothing was but a letter."""
        for number, code, kind, records in known_records(self.connection, cases, self.known_at):
            if any(record.status != LETTER for record in records):
                yield self.line(number, code, kind, records)

    def candidates(self) -> Iterator[Sequence[CaseRow]]:
        """Applications that may be wanted, some hundred at a time."""
        return chunks(self.connection, *self._statement())

    def _statement(self) -> tuple[str, dict[str, object]]:
        units = None if self.wanted.units is None else list(self.wanted.units)
        given: dict[str, object] = {"as_of": datetime_of(self.as_of), "units": units}
        known = {"known_at": self.known_at or "infinity"}
        if self.wanted.finding is not None:
            return "found_cases", given | known | {"measure": int(FINDINGS[self.wanted.finding])}
        if self.known_at is None:
            return "open_cases", given
        level = next((name for name in _NARROWEST if name in self.wanted.flags), "open")
        rise, fall = LEVELS[level]
        return "known_cases", given | known | {"rise": int(rise), "fall": int(fall)}

    def is_wanted(self, line: Line) -> bool:
        """Whether the line is one of those that were asked for."""
        wanted, application = self.wanted, line.judged.application
        received = application.received
        if received is None or received > self.as_of or not self._stands(line.standing) or not self._lies(line):
            return False
        if wanted.field is not None and line.field.code != wanted.field:
            return False
        if wanted.channel not in {None, application.channel}:
            return False
        if wanted.level not in {None, line.judged.rules.of_procedure(application.procedure).level}:
            return False
        day = date_of(day_of(received))
        return (wanted.received_from or day) <= day <= (wanted.received_to or day)

    def _stands(self, held: Standing) -> bool:
        """Without a finding only open ones count, with one every one that has it."""
        levels = held.levels
        if self.wanted.finding is None and "open" not in levels:
            return False
        late = bool(levels & {"overdue", "late_by_index"})
        return all(late if flag == "late" else flag in levels for flag in self.wanted.flags)

    def _lies(self, line: Line) -> bool:
        """In the unit of its moment; a finding counts in the unit that it was made of."""
        units = self.wanted.units
        if self.wanted.finding is None:
            return units is None or line.standing.unit in units
        measure = FINDINGS[self.wanted.finding]
        return any(
            each.measure == measure and each.at <= self.as_of and (units is None or each.unit in units)
            for each in line.judged.application.findings
        )


def read_list(  # noqa: PLR0913 - what, twice when, and which page
    connection: Connection[Any],
    wanted: Wanted,
    as_of: Moment,
    known_at: datetime | None,
    first: Rules,
    *,
    limit: int,
    after: str | None = None,
) -> Listed:
    """At most `limit` applications, after the one with the code `after`; call it inside a `snapshot`.

    Holds no more than the page and a chunk of cases at a time. `first` are the rules before any adoption. Raises
    `NoSuchCaseError` or `StoryError` for a code to go on after that was not known, `ReportError` for such a field.
    """
    fields = read_fields(connection)
    if wanted.field is not None:
        number_of(wanted.field, fields)
    knowledge = read_knowledge(connection, known_at, first)
    procedures = {number: code for code, number in knowledge.numbers.items()}
    reader = _Reader(connection, wanted, as_of, known_at, knowledge, fields, procedures)
    since = None if after is None else _place(reader, after)
    count = Counted()
    return Listed(
        lines=nsmallest(limit, (line for line in count.each(_lines(reader)) if since is None or line.key > since),
                        key=lambda line: line.key),
        number=count.n,
    )  # fmt: skip


def _lines(reader: _Reader) -> Iterator[Line]:
    for chunk in reader.candidates():
        yield from (line for line in reader.known(chunk) if reader.is_wanted(line))


def _place(reader: _Reader, code: str) -> tuple[bool, int, str]:
    """Where a list goes on after this case: its own place, whether it is still in the list or not."""
    found = rows(reader.connection, "case", {"code": code})
    if not found:
        raise NoSuchCaseError(code, nearest_codes(reader.connection, code))
    number, _, kind, _, packed = found[0]
    if kind not in OF_APPLICATIONS:
        raise StoryError(f"{code} is no application: a list of applications can't go on after it")
    lines = list(reader.known([(number, code, kind, packed)]))
    if not lines:
        raise StoryError(f"nothing was known of the case {code} then: a list can't go on after it")
    return lines[0].key
