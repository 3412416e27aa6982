"""Letters in the database. Every function takes a connection in autocommit; times are aware."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import msgspec
from psycopg import Connection
from psycopg.errors import UniqueViolation
from psycopg.rows import tuple_row
from psycopg.types.json import Jsonb

from dashboard.letters.errors import LetterError, Refusal
from dashboard.letters.letter import Letter
from dashboard.letters.queries import query

_TAKEN: Final[dict[str, Refusal]] = {"letter_standing": "already_prepared", "letter_shown": "number_taken"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter as it is kept; `number` is that of the series, `shown` what is written on it."""

    id: int
    case: str
    unit: int
    year: int
    number: int | None
    shown: str
    letter: Letter
    reason: str
    new_date: date
    state: str
    prepared_at: datetime
    prepared_by: str
    sent_at: datetime | None
    sent_by: str | None
    void_at: datetime | None
    void_by: str | None
    void_reason: str | None

    @property
    def standing(self) -> str:
        """`prepared`, `sending` (marked as sent, and the log does not know yet), `sent` or `void`."""
        return "sending" if self.state == "prepared" and self.sent_at is not None else self.state


def read_letters(connection: Connection[Any], case: str) -> Sequence[Kept]:
    """All letters of an application, the newest first: at most one of them is not void."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        return [_kept(row) for row in cursor.execute(query("read_letters"), {"case": case}).fetchall()]


def standing_letter(letters: Sequence[Kept]) -> Kept | None:
    """The one that is not void."""
    return next((each for each in letters if each.state != "void"), None)


def next_number(connection: Connection[Any], unit: int, year: int, written: str) -> tuple[int, str]:
    """The next number of a series, and how it is `written`; one that the registry gave to a letter is passed over.

    Inside a transaction: until it ends, others who ask for the same series wait, so that no number is given twice and
    none is lost where the letter is not kept after all.
    """
    while True:
        row = connection.execute(query("write_series"), {"unit": unit, "year": year}).fetchone()
        assert row is not None, "an upsert answers its row"  # noqa: S101 - for the reader and the type checker
        number: int = row[0]
        shown = written.format(n=number)
        given = {"unit": unit, "year": year, "shown": shown}
        if connection.execute(query("find_shown"), given).fetchone() is None:
            return number, shown


@dataclass(frozen=True, slots=True)
class New:
    """A letter that is to be kept: of the series' `number`, or None under the registry's."""

    case: str
    unit: int
    year: int
    number: int | None
    shown: str
    letter: Letter
    reason: str
    new_date: date


def keep(connection: Connection[Any], new: New, by: str, at: datetime) -> Kept:
    """Keep it. Raises `LetterError` where the application has one already, or the number is taken."""
    given = {
        "case": new.case, "unit": new.unit, "year": new.year, "number": new.number, "shown": new.shown,
        "content": Jsonb(msgspec.to_builtins(new.letter)), "reason": new.reason, "new_date": new.new_date,
        "at": at, "by": by,
    }  # fmt: skip
    return _changed(connection, "write_letter", given, "already_prepared")


def claim(connection: Connection[Any], letter: Kept, by: str, at: datetime) -> Kept:
    """Mark it as sent by somebody; who was first stays. Raises `LetterError` where it is void by now."""
    return _changed(connection, "write_claim", {"id": letter.id, "by": by, "at": at}, "void")


def lock(connection: Connection[Any], letter: Kept) -> Kept:
    """The letter as it is now, held until the transaction ends."""
    return _changed(connection, "lock_letter", {"id": letter.id}, "no_letter")


def mark_sent(connection: Connection[Any], letter: Kept) -> Kept:
    """The log has it."""
    return _changed(connection, "write_sent", {"id": letter.id}, "void")


def renumber(connection: Connection[Any], letter: Kept, shown: str, content: Letter) -> Kept:
    """Write another number on it. Raises `LetterError` where that is taken, or it is sent or void by now."""
    given = {"id": letter.id, "shown": shown, "content": Jsonb(msgspec.to_builtins(content))}
    return _changed(connection, "write_number", given, "being_sent")


def make_void(connection: Connection[Any], letter: Kept, reason: str, by: str, at: datetime) -> Kept:
    """Its number counts for nothing from now on. Raises `LetterError` where it is sent, or void already."""
    return _changed(connection, "write_void", {"id": letter.id, "reason": reason, "by": by, "at": at}, "being_sent")


def _changed(connection: Connection[Any], name: str, given: dict[str, Any], none: Refusal) -> Kept:
    try:
        with connection.cursor(row_factory=tuple_row) as cursor:
            row = cursor.execute(query(name), given).fetchone()
    except UniqueViolation as error:
        raise LetterError(_TAKEN.get(error.diag.constraint_name or "", "number_taken")) from error
    if row is None:
        raise LetterError(none)
    return _kept(row)


def _kept(row: Sequence[Any]) -> Kept:
    id_, case, unit, year, number, shown, content, *rest = row
    return Kept(id_, case, unit, year, number, shown, msgspec.convert(content, Letter), *rest)
