"""What the planner reads from PostgreSQL: partitions, cases, rules, the numbers of fields and procedures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection
from psycopg.abc import Params

from stream.apply.cases import Case, number_of, part_of
from stream.apply.lives import LIVES
from stream.apply.reached import Look
from stream.apply.rulebook import InForce, Rule, Rulebook
from stream.core.rules import Rules
from stream.errors import MeaningError
from stream.first_rules import MEANING
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
    """Reads on a connection of its own, in autocommit mode, with `search_path` set to the stream's schema.

    Raises `MeaningError` where the ledger was posted by another meaning of the events.
    """

    def __init__(self, connection: Connection, first: Rules) -> None:
        self._connection = connection
        self._fields: dict[str, int] = dict(connection.execute(query("load_fields")).fetchall())
        self._procedures: dict[str, int] = dict(connection.execute(query("load_procedures")).fetchall())
        self._kept: set[str] = set()
        self.rulebook = Rulebook(first, self._procedures)
        connection.execute(query("write_meaning"), {"version": MEANING})
        [(meaning,)] = connection.execute(query("load_meaning")).fetchall()
        if meaning != MEANING:
            raise MeaningError(meaning, MEANING)

    def claim(self, parts: Sequence[int]) -> Mapping[int, Claim]:
        """Take these partitions; whoever had them before can't write them any more."""
        rows = self._connection.execute(query("write_claim"), {"parts": list(parts)}).fetchall()
        return {row[0]: Claim(*row) for row in rows}

    def tell_reached(self, look: Look, claims: Iterable[Claim]) -> None:
        """Keep how far these partitions are applied, those of them that are still ours."""
        ours = list(claims)
        given = {"parts": [claim.part for claim in ours], "epochs": [claim.epoch for claim in ours]}
        self._connection.execute(query("write_reached"), {**given, "seconds": look.seconds_ago, "oldest": look.oldest})

    def load_cases(self, codes: list[str]) -> Iterator[Case]:
        """Those of these cases that exist, as they were posted."""
        return self._cases("load_cases", {"codes": codes})

    def load_open(self, part: int) -> Iterator[Case]:
        """The open cases of a partition, as they were posted."""
        return self._cases("load_open_cases", {"first": number_of(part, 0), "end": number_of(part + 1, 0)})

    def rules_in_force(self) -> Iterator[InForce]:
        """Which rules the partitions go by, in order of position."""
        for part, pos, *rule in self._connection.execute(query("load_part_rules")):
            yield InForce(part, pos, Rule(*rule))

    def keep_rule(self, rule: Rule) -> None:
        """Keep a calendar or a register, outside of any batch, which harms nobody."""
        if rule.digest not in self._kept:
            self._connection.execute(query("write_rule"), rule._asdict())
            self._kept.add(rule.digest)

    def field_numbers(self, names: Mapping[str, str | None]) -> Mapping[str, int]:
        """The numbers of these fields; new ones are numbered outside of any batch, which harms nobody."""
        new = {code: name for code, name in names.items() if code not in self._fields}
        if new:
            given = {"codes": list(new), "names": list(new.values())}
            self._fields.update(self._connection.execute(query("write_fields"), given).fetchall())
        return self._fields

    def procedure_numbers(self, codes: Iterable[str]) -> Mapping[str, int]:
        """The numbers of these procedures, likewise."""
        new = {code for code in codes if code not in self._procedures}
        if new:
            given = {"codes": sorted(new)}
            self._procedures.update(self._connection.execute(query("write_procedures"), given).fetchall())
        return self._procedures

    def heartbeats(self) -> Mapping[str, int]:
        """The last heartbeat of each source, in seconds since 1970."""
        rows = self._connection.execute(query("load_signs_of_life")).fetchall()
        return {source: int(at.timestamp()) for source, at in rows}

    def _cases(self, name: str, given: Params) -> Iterator[Case]:
        for number, code, kind, procedure, is_open, packed in self._connection.execute(query(name), given, binary=True):
            life = LIVES[kind]
            timeline = life.unpack(packed)
            part, last = part_of(number), max(record.pos for record in timeline)
            rules = self.rulebook.newest(part) if is_open else self.rulebook.at(part, last)
            state = life.fold(timeline, rules)
            entries = life.entries(state, rules)
            yield Case(number, code, kind, timeline, entries, rules, procedure, state, stored=True)
