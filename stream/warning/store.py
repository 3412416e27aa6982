"""Warnings in the store: what pages read. Nothing here learns, so that reading costs no library."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from psycopg import Connection
from psycopg.rows import tuple_row

from stream.core.moment import datetime_of, day_of, moment_of, start_of
from stream.warning.assumptions import assumed
from stream.warning.queries import query


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - what it is called everywhere in the product; the built-in is not used here
    """The chance that an open application misses its due date (handbook 3.4): never a fact.

    `facts`: "level" (of the like cases: "procedure_in_unit", "procedure", "field", "all"; or "overdue"), "like" (how
    many of these were still open after "waited" working seconds), "longer" (how many of those took more than
    "remaining" more), "used" (share of the term, only of "field" and "all", which are compared by it), "load" and
    "usual" (open cases of the unit, now and commonly, None where that is not known), "day" (working seconds of a day),
    "chance".
    """

    chance: float
    facts: Mapping[str, Any]
    learnt_at: datetime
    scored_at: datetime

    @property
    def warned(self) -> bool:
        """Whether it stands on the list "will be late"; what is overdue already is no warning any more."""
        return self.facts["level"] != "overdue" and is_warned(self.chance)


@dataclass(frozen=True, slots=True)
class Model:
    """What was last learnt, and from what.

    `enough` is false where there was too little history: then `facts` says what is missing, and there are no warnings.
    `calibration_error`: by how much chances and outcomes differed on history that was held out; None where too few.
    """

    learnt_at: datetime
    cases: int
    late: int
    since: datetime | None
    until: datetime | None
    version: str
    calibration_error: float | None
    enough: bool
    facts: Mapping[str, Any]


class Scored(NamedTuple):
    """A case, its chance to miss its due date, and the facts that tell why."""

    case: int
    chance: float
    facts: Mapping[str, Any]


def is_warned(chance: float) -> bool:
    """Whether a chance puts a case on the list "will be late" (`assumptions.toml`, C)."""
    return chance >= assumed().warned_from


def read_warnings(connection: Connection[Any]) -> Mapping[int, Warning]:
    """The warnings by the number of the case; none where there was not enough history."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        found = cursor.execute(query("read_warnings")).fetchall()
    return {case: Warning(chance, facts, learnt_at, scored_at) for case, chance, facts, learnt_at, scored_at in found}


def read_listed(
    connection: Connection[Any], now: datetime, limit: int, least: float | None = None
) -> Sequence[tuple[str, Warning]]:
    """The likeliest to be late with their codes, without those overdue by `now`; `least`: by default the list's chance.

    Whatever was due before this local day is overdue (handbook 3.4).
    """
    midnight = datetime_of(start_of(day_of(moment_of(now))))
    given = {"least": assumed().warned_from if least is None else least, "limit": limit, "midnight": midnight}
    with connection.cursor(row_factory=tuple_row) as cursor:
        return [(code, Warning(*found)) for code, *found in cursor.execute(query("read_listed"), given).fetchall()]


def read_model(connection: Connection[Any]) -> Model | None:
    """What was last learnt; None where nothing was yet."""
    with connection.cursor(row_factory=tuple_row) as cursor:
        found = cursor.execute(query("read_model")).fetchone()
    return None if found is None else Model(*found)


def write_model(connection: Connection[Any], model: Model) -> None:
    """Keep what was learnt, beside all before it; that nothing could be learnt is kept until something is."""
    given = {name: getattr(model, name) for name in Model.__slots__}
    with connection.transaction():
        connection.execute(query("clear_lacking"))
        connection.execute(query("write_model"), given | {"facts": _json(model.facts)})


def replace_warnings(
    connection: Connection[Any], rows: Iterable[Scored], learnt_at: datetime, scored_at: datetime
) -> None:
    """All warnings anew, in one transaction: whoever reads sees the old ones or the new ones."""
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(query("clear_warnings"))
        with cursor.copy("copy warning (case_id, chance, facts, learnt_at, scored_at) from stdin") as copy:
            for case, chance, facts in rows:
                copy.write_row([case, chance, _json(facts), learnt_at, scored_at])


def _json(facts: Mapping[str, Any]) -> str:
    return msgspec.json.encode(facts).decode()
