"""What is done with a letter before it is sent: prepared, numbered anew, made void. Connections are in autocommit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from dashboard.access.people import Person
from dashboard.accounts.audit import record
from dashboard.letters.dates import check_new_date, proposed
from dashboard.letters.errors import LetterError
from dashboard.letters.form import the_form
from dashboard.letters.letter import Promise, compose, local_day, renumbered
from dashboard.letters.owing import Owing, read_owing
from dashboard.letters.store import (
    Kept,
    New,
    keep,
    make_void,
    next_number,
    read_letters,
    renumber,
    standing_letter,
)
from dashboard.letters.typed import free_text, number_typed, reason_of


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and when: a letter is of this moment."""

    person: Person
    now: datetime

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.now)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a letter shall say.

    The key of a usual reason or a text; the new date, None for the one that is proposed; the registry's number, None
    for the next one of the series.
    """

    reason: str | None
    text: str | None
    new_date: date | None
    number: str | None


def prepare(connection: Connection[Any], code: str, wish: Wish, asker: Asker) -> Kept:
    """Prepare the letter that an application owes. Raises `LetterError`."""
    form = the_form()
    owing = read_owing(connection, code, asker.person.scope, asker.now)
    if (other := standing_letter(read_letters(connection, code))) is not None:
        raise LetterError("already_sent" if other.state == "sent" else "already_prepared")
    if not owing.is_due:
        raise LetterError("not_owed")
    new_date = wish.new_date or proposed(owing.calendar, asker.today, form.propose_after)
    check_new_date(owing.calendar, new_date, asker.today, form.promise_within)
    reason = reason_of(form, wish.reason, wish.text)
    number = None if wish.number is None else number_typed(wish.number)
    with connection.transaction():
        return _kept(connection, owing, Promise(number or "", reason, new_date), asker)


def _kept(connection: Connection[Any], owing: Owing, promise: Promise, asker: Asker) -> Kept:
    """The letter, in a transaction that gives its number back where it is not kept."""
    form, late, writer = the_form(), owing.late, owing.writer
    if late is None or writer is None:
        raise LetterError("no_unit")
    unit, year, number, shown = int(writer.code), asker.today.year, None, promise.number
    if not shown:
        number, shown = next_number(connection, unit, year, form.number)
    letter = compose(form, late, Promise(shown, promise.reason, promise.new_date), asker.today)
    new = New(owing.code, unit, year, number, shown, letter, promise.reason, promise.new_date)
    return keep(connection, new, asker.person.login, asker.now)


def set_number(connection: Connection[Any], code: str, number: str, asker: Asker) -> Kept:
    """Write the number that the registry gave on it, and on record who did. Raises `LetterError`."""
    letter, shown = the_letter(connection, code, asker), number_typed(number)
    with connection.transaction():
        changed = renumber(connection, letter, shown, renumbered(the_form(), letter.letter, shown))
        facts = {"case": code, "was": letter.shown, "number": shown}
        record(connection, asker.person, "letter.numbered", facts, asker.now)
    return changed


def void(connection: Connection[Any], code: str, reason: str, asker: Asker) -> Kept:
    """It is not to be sent: its number is kept as void, with the reason. Raises `LetterError`."""
    letter = the_letter(connection, code, asker)
    return make_void(connection, letter, free_text(reason), asker.person.login, asker.now)


def the_letter(connection: Connection[Any], code: str, asker: Asker) -> Kept:
    """The letter of an application in the asker's scope that is not void. Raises `LetterError`."""
    read_owing(connection, code, asker.person.scope, asker.now)
    letter = standing_letter(read_letters(connection, code))
    if letter is None:
        raise LetterError("no_letter")
    return letter
