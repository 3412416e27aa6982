"""Reading all that the page of a case tells: its story, how it is handled, what is tied to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from psycopg import Connection

from dashboard.access.people import Scope
from dashboard.ops.behind_scope import sees
from dashboard.ops.case_asked import CaseAsked
from stream.core.handling import UNTOUCHED, Handling, fold_handling
from stream.core.moment import Moment, date_of, day_of, moment_of
from stream.core.rules import Rules
from stream.handling.reading import ToldAct, read_acts
from stream.store.reading import snapshot
from stream.store.register import read_register
from stream.story.errors import StoryError
from stream.story.reading import Story, read_story

Names: TypeAlias = Callable[[Connection[Any]], Mapping[str, str]]
"""Reads what people are called, by their logins."""
MOST_TIES: Final = 20
"""Tied cases of which more than the code is told."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A case that is tied to another one; `story` None: it is outside the scope, or too many are tied."""

    code: str
    story: Story | None


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a case in one snapshot."""

    story: Story
    handling: Handling
    acts: Sequence[ToldAct]
    ties: Sequence[Tied]
    names: Mapping[str, str]
    procedure_name: str | None

    @property
    def as_of(self) -> Moment:
        """The moment as of which it is told."""
        return moment_of(self.story.as_of)


def read_case(
    connection: Connection[Any], asked: CaseAsked, now: datetime, scope: Scope, first: Rules, names: Names
) -> Read | None:
    """The case; None where there is none, none was known of then, or its unit is outside the scope."""
    with snapshot(connection):
        story = _seen(connection, asked.code, asked, now, scope, first)
        if story is None:
            return None
        at = asked.moment(now)
        told = [
            each for each in read_acts(connection, asked.code, asked.known_at) if each.at <= at or not asked.is_past
        ]
        records = [each.record for each in told]
        handling = fold_handling(records, first) if records else UNTOUCHED
        ties = [
            Tied(code, _seen(connection, code, asked, now, scope, first) if place < MOST_TIES else None)
            for place, code in enumerate(handling.ties)
        ]
        return Read(story, handling, told, ties, names(connection), _name_of(connection, story.procedure))


def _seen(
    connection: Connection[Any], code: str, asked: CaseAsked, now: datetime, scope: Scope, first: Rules
) -> Story | None:
    try:
        story = read_story(connection, code, asked.moment(now), asked.known_at, first)
    except StoryError:
        return None
    return story if sees(scope, story.standing.unit, date_of(day_of(_moment_of_unit(story)))) else None


def _name_of(connection: Connection[Any], procedure: str | None) -> str | None:
    """What the procedure is called in the register in force."""
    if procedure is None:
        return None
    register = read_register(connection) or ()
    return next((each.name for each in register if each.code == procedure), None)


def _moment_of_unit(story: Story) -> Moment:
    """When its unit was its unit: at its end, or as of when it is told; the same code may mean another place today."""
    ended = story.judged.state.ended
    return story.standing.as_of if ended is None else min(ended, story.standing.as_of)
