"""The chances that open cases are late, as the queue holds them (`stream.warning`)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias

from psycopg import Connection
from psycopg.rows import tuple_row

from stream.queue.queries import query
from stream.story.words import Language
from stream.warning import read_warnings, sentence

_LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")


class Risk(NamedTuple):
    """The chance that a case misses its due date; `is_warned` where it stands on the list "will be late"."""

    chance: float
    is_warned: bool
    facts: Mapping[str, Any]

    @property
    def why(self) -> dict[str, str]:
        """One sentence, by language."""
        return {language: sentence(self.facts, language) for language in _LANGUAGES}


Risks: TypeAlias = Mapping[int, Risk]
"""By the number of the case."""


def read_scored_at(connection: Connection[Any]) -> datetime | None:
    """When chances were last worked out: all of them at once, each working hour; None: never."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        [(scored_at,)] = cursor.execute(query("scored_at")).fetchall()
        return scored_at if isinstance(scored_at, datetime) else None


def read_risks(connection: Connection[Any]) -> Risks:
    """Every chance that is known now."""
    found = read_warnings(connection)
    return {number: Risk(each.chance, each.warned, each.facts) for number, each in found.items()}
