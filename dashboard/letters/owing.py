"""Of which application a letter is asked for: whether it owes one, what the letter says of it, and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection

from dashboard.access.people import Scope
from dashboard.letters.errors import LetterError
from dashboard.letters.letter import Late, local_day
from dashboard.ops.behind_scope import sees
from geo.errors import GeoError
from geo.responsible import responsible_on
from geo.units import Unit, unit_by_code
from stream.apply.cases import APPLICATION
from stream.core.application import Application
from stream.core.calendar import WorkingCalendar
from stream.core.moment import datetime_of
from stream.first_rules import first_rules
from stream.rulebook import adopted, newest
from stream.sources.calendar import read_calendar
from stream.store.reading import snapshot
from stream.story.errors import NoSuchCaseError
from stream.story.letters import Told, procedure_name, told_letters
from stream.story.reading import Story, read_story


@dataclass(frozen=True, slots=True)
class Owing:
    """An application as far as a letter is concerned.

    `since` is when it first was late, None where it never was; `is_due` whether the letter is still to be sent. `told`
    are the letters that the log knows. `writer` is the unit in force today that answers for the application's unit.
    """

    code: str
    unit: int
    since: datetime | None
    is_due: bool
    told: Sequence[Told]
    late: Late | None
    writer: Unit | None
    calendar: WorkingCalendar


def read_owing(connection: Connection[Any], code: str, scope: Scope, now: datetime) -> Owing:
    """What is known now. Raises `LetterError` for what is no application, or lies outside of the scope."""
    with snapshot(connection):
        try:
            story = read_story(connection, code, now, None, first_rules())
        except NoSuchCaseError:
            raise LetterError("no_such_case") from None
        calendar = read_calendar(connection)
        name = procedure_name(story) or _registered(connection, story.procedure)
    if story.kind != APPLICATION:
        raise LetterError("no_such_case")
    application, held = story.judged.application, story.standing
    unit, day = held.unit or application.unit, _day_of(application, now)
    if not sees(scope, unit, day):
        raise LetterError("no_such_case")
    writer = _writer(unit, day, local_day(now))
    return Owing(
        code=code,
        unit=unit,
        since=None if held.letter_owed_since is None else datetime_of(held.letter_owed_since),
        is_due=held.letters_due > 0,
        told=told_letters(story),
        late=_late(story, application, writer, name),
        writer=writer,
        calendar=calendar,
    )


def _registered(connection: Connection[Any], procedure: str | None) -> str | None:
    """The name of a procedure in the register that was adopted last."""
    found = newest(adopted(connection), "procedures") if procedure is not None else None
    procedures = () if found is None else found.register().procedures
    return next((each.name for each in procedures if each.code == procedure), None)


def _day_of(application: Application, now: datetime) -> date:
    """A day on which its unit was in force: today, or of what ended before a merger the day of its end."""
    return local_day(now if application.ended is None else min(now, datetime_of(application.ended)))


def _writer(unit: int, day: date, today: date) -> Unit | None:
    """Who answers for the unit now: itself, or what it went into where that is one unit."""
    code = f"{unit:05d}"
    try:
        [found] = responsible_on([(code, day)], today)
        return unit_by_code(f"{found:05d}", today)
    except (GeoError, ValueError):
        return None


def _late(story: Story, application: Application, writer: Unit | None, name: str | None) -> Late | None:
    if application.received is None or application.due is None or writer is None:
        return None
    return Late(
        code=story.code,
        procedure=name,
        procedure_code=story.procedure,
        received=datetime_of(application.received),
        due=datetime_of(application.due),
        is_settled=application.ended is not None,
        unit_title=writer.title,
        unit_name=writer.name,
    )
