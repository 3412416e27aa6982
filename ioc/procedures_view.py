"""A register of procedures as JSON documents and as tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from ingest.contracts.rules import Procedure, RegisterAdopted


def procedure_json(procedure: "Procedure") -> Mapping[str, object]:
    """All that the register says of a procedure, under the names of its columns."""
    import msgspec

    found = {name: msgspec.to_builtins(value) for name, value in msgspec.structs.asdict(procedure).items()}
    return {**found, "level": procedure.level.name.lower()}


def procedures_table(procedures: "Sequence[Procedure]", version: str) -> "Table":
    """One line a procedure."""
    from rich.table import Table

    table = Table("code", "name", "field", "level", "term", "fee", "online", title=f"{version}: {len(procedures)}")
    for each in procedures:
        term = "" if each.term is None else f"{each.term:g} {each.term_unit}"
        level = each.level.name.lower()
        table.add_row(each.code, each.name, each.field_name or each.field, level, term, f"{each.fee:,}", each.online)
    return table


def register_json(register: "RegisterAdopted") -> Mapping[str, object]:
    """How many procedures a register has, by level and online level."""
    return {"version": register.version, "procedures": len(register.procedures), "by_level": _counted(register)}


def register_table(register: "RegisterAdopted") -> "Table":
    """The same as a table."""
    from rich.table import Table

    table = Table("level", "procedures", "full", "partial", "none", title=f"{register.version}: nothing is wrong")
    for level, counts in _counted(register).items():
        table.add_row(level, str(sum(counts.values())), *(str(counts[kind]) for kind in ("full", "partial", "none")))
    return table


def _counted(register: "RegisterAdopted") -> Mapping[str, Mapping[str, int]]:
    found = Counter((each.level, each.online) for each in register.procedures)
    return {
        level.name.lower(): {kind: found[level, kind] for kind in ("full", "partial", "none")}
        for level in sorted({level for level, _ in found})
    }
