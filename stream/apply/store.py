"""What the planner reads from PostgreSQL: partitions, cases, the numbers of fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection

from stream.apply.cases import Case
from stream.core.application import fold_ordered
from stream.core.calendar import WorkingCalendar
from stream.core.entries import entries
from stream.core.timeline import unpack
from stream.store.queries import query


@dataclass(frozen=True, slots=True)
class Claim:
    """A partition that is ours in this epoch: where to read on, and whether it was halted."""

    part: int
    epoch: int
    next_pos: int
    halted: str | None
    tolerate_until: int


class Store:
    """Reads on a connection of its own, in autocommit mode, with `search_path` set to the stream's schema."""

    def __init__(self, connection: Connection, calendar: WorkingCalendar) -> None:
        self._connection = connection
        self._calendar = calendar
        self._fields: dict[str, int] = dict(connection.execute(query("load_fields")).fetchall())

    def claim(self, parts: Sequence[int]) -> Mapping[int, Claim]:
        """Take these partitions; whoever had them before can't write them any more."""
        rows = self._connection.execute(query("write_claim"), {"parts": list(parts)}).fetchall()
        return {row[0]: Claim(*row) for row in rows}

    def load_cases(self, codes: list[str]) -> Iterator[Case]:
        """Those of these cases that exist."""
        for number, code, procedure, packed in self._connection.execute(
            query("load_cases"), {"codes": codes}, binary=True
        ):
            timeline = unpack(packed)
            application = fold_ordered(timeline, self._calendar)
            yield Case(
                number, code, timeline, entries(application, self._calendar), procedure, application, stored=True
            )

    def field_numbers(self, names: Mapping[str, str | None]) -> Mapping[str, int]:
        """The numbers of these fields; new ones are numbered outside of any batch, which harms nobody."""
        new = {code: name for code, name in names.items() if code not in self._fields}
        if new:
            given = {"codes": list(new), "names": list(new.values())}
            self._fields.update(self._connection.execute(query("write_fields"), given).fetchall())
        return self._fields

    def heartbeats(self) -> Mapping[str, int]:
        """The last heartbeat of each source, in seconds since 1970."""
        rows = self._connection.execute(query("load_signs_of_life")).fetchall()
        return {source: int(at.timestamp()) for source, at in rows}
