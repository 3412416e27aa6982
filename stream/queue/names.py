"""The names of fields and procedures by the store's numbers: what a row shows, sorts by and is found by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from psycopg import Connection

from stream.queue.words import begins_a_word, folded
from stream.queue.working import Moments
from stream.report.fields import read_fields
from stream.store.queries import query as store_query
from stream.store.register import read_register


class Name(NamedTuple):
    """A code, and what it is called where that is known."""

    code: str
    name: str | None


@dataclass(frozen=True)
class Names:
    """Fields (lĩnh vực) and procedures (thủ tục hành chính) by their numbers."""

    fields: Mapping[int, Name]
    procedures: Mapping[int, Name]

    @cached_property
    def field_ranks(self) -> Moments:
        """The place of each field by name, indexed by its number."""
        return _ranks(self.fields)

    @cached_property
    def procedure_ranks(self) -> Moments:
        """The same of procedures."""
        return _ranks(self.procedures)

    def adds_to(self, before: "Names") -> bool:
        """Whether all that had a name is called as before."""
        return before.fields.items() <= self.fields.items() and before.procedures.items() <= self.procedures.items()

    def fields_with(self, code: str) -> Sequence[int]:
        """The numbers of the field of that code."""
        return [number for number, name in self.fields.items() if name.code == code]

    def procedures_with(self, code: str) -> Sequence[int]:
        """The same of a procedure."""
        return [number for number, name in self.procedures.items() if name.code == code]

    def procedures_found(self, word: str) -> Sequence[int]:
        """The procedures that have a word which begins so in their name, or these letters anywhere in their code."""
        return [number for number, (code, text) in self._searched.items() if word in code or begins_a_word(word, text)]

    @cached_property
    def _searched(self) -> Mapping[int, tuple[str, str]]:
        return {number: (folded(each.code), folded(each.name or "")) for number, each in self.procedures.items()}


def read_names(connection: Connection[Any]) -> Names:
    """Codes as the store has them; names from the register in force, those of fields else as they were told."""
    register = read_register(connection) or ()
    called = {procedure.code: procedure.name for procedure in register}
    of_fields = {procedure.field: procedure.field_name for procedure in register if procedure.field_name}
    numbers: dict[str, int] = dict(connection.execute(store_query("load_procedures")).fetchall())
    fields = {
        number: Name(each.code, each.name or of_fields.get(each.code))
        for number, each in read_fields(connection).items()
        if each.code is not None
    }
    return Names(fields, {number: Name(code, called.get(code)) for code, number in numbers.items()})


def _ranks(names: Mapping[int, Name]) -> Moments:
    """By name, then by code; what has no name comes last. A number that is not known has no place: -1."""
    ranks = np.full(max(names, default=0) + 1, -1, dtype=np.int64)
    ordered = sorted(names, key=lambda number: _key(names[number]))
    ranks[ordered] = np.arange(len(ordered))
    return ranks


def _key(name: Name) -> tuple[bool, str, str, str]:
    return name.name is None, folded(name.name or ""), name.name or "", name.code
