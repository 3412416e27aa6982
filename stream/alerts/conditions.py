"""Which cases of which unit are in a rule's condition now, and for long enough."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

from psycopg import Connection

from stream.alerts.lives import Found, Lives, Since
from stream.alerts.queries import query
from stream.alerts.rule import Rule
from stream.core.calendar import WorkingCalendar
from stream.core.handling import Handling
from stream.core.moment import Moment, datetime_of, day_of, moment_of, start_of
from stream.handling.reading import read_handlings

ByUnit: TypeAlias = Mapping[int, tuple[str, ...]]
"""The codes of cases by unit (five-digit code as a number), those that stand longest first where that is known."""
_Row: TypeAlias = tuple[Any, ...]
"""Unit, code, due date."""


class Conditions:
    """Reads cases in their conditions; keeps what it judged of single ones."""

    def __init__(self, lives: Lives) -> None:
        self._lives = lives

    def read(self, connection: Connection[Any], rule: Rule, now: Moment, calendar: WorkingCalendar) -> ByUnit:
        """The cases in the condition of a rule about cases; call it inside a snapshot."""
        longer = 0 if rule.longer_than is None else rule.longer_than.working(calendar)
        begun = _latest_before(now, longer, calendar)
        match rule.about:
            case "overdue":
                return _not_dismissed(connection, self._overdue(connection, begun))
            case "paused":
                return _not_dismissed(connection, self._since(connection, "paused_cases", begun))
            case "letter_owed":
                return _by_unit(self._since(connection, "late_cases", begun))
            case _:
                return _by_unit(rows_of(connection, "unanswered", {"now": datetime_of(now)}))

    def _overdue(self, connection: Connection[Any], begun: Moment) -> Sequence[_Row]:
        """Overdue from the local day after the due date on (`stream.core.clock.overdue_from`): dates are compared.

        Not while the clock stands, which a list of supplements tells as well as a status.
        """
        due_before = datetime_of(start_of(day_of(begun)))
        rows = rows_of(connection, "overdue_cases", {"due_before": due_before})
        since = self._judged(connection, rows)
        return [(row[1], row[2], row[5]) for row in rows if since[row[0]].paused is None]

    def _since(self, connection: Connection[Any], name: str, begun: Moment) -> Sequence[_Row]:
        rows = rows_of(connection, name, {"since": datetime_of(begun)})
        since = self._judged(connection, rows)
        kind = 0 if name == "paused_cases" else 1
        standing = [(row[1], at, row[2], row[5]) for row in rows if (at := since[row[0]][kind]) is not None]
        return [(unit, code, due) for unit, at, code, due in sorted(standing, key=_oldest) if at <= begun]

    def _judged(self, connection: Connection[Any], rows: Sequence[tuple[Any, ...]]) -> Mapping[int, Since]:
        found = [Found(number, unit, code, tuple(known)) for number, unit, code, *known in rows]
        return self._lives.since(connection, found)


def _oldest(standing: tuple[int, Moment, str, datetime | None]) -> tuple[int, Moment, str]:
    return standing[:3]


def _latest_before(now: Moment, working: int, calendar: WorkingCalendar) -> Moment:
    """The latest moment since which so much working time has passed: a night's end, not its beginning."""
    return now if working == 0 else calendar.subtract(now, working - 1) - 1


def _not_dismissed(connection: Connection[Any], rows: Sequence[_Row]) -> ByUnit:
    """Without those whose alarm was called false, as long as they are due when they were then."""
    handled = read_handlings(connection, [code for _, code, _ in rows])
    return _by_unit([row for row in rows if not _is_dismissed(handled.get(row[1]), row[2])])


def _is_dismissed(handling: Handling | None, due: datetime | None) -> bool:
    if handling is None or not handling.is_dismissed:
        return False
    return handling.dismissed_due == (None if due is None else moment_of(due))


def rows_of(connection: Connection[Any], name: str, given: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
    """The rows of a named statement."""
    return connection.execute(query(name), given).fetchall()


def _by_unit(rows: Sequence[tuple[Any, ...]]) -> ByUnit:
    return {unit: tuple(row[1] for row in each) for unit, each in groupby(rows, key=itemgetter(0))}
