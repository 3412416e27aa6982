"""The sources as the command line shows them: what is registered, what each promises and how it stands."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ioc.every import written

if TYPE_CHECKING:
    from ingest.store.sources import RegisteredSource
    from stream.sources.standing import SourceStanding

_LEVELS = {1: "province", 2: "district"}


def plain(found: "RegisteredSource", stand: "SourceStanding | None") -> dict[str, object]:
    """A source as JSON; `state` and `heard_at` are null where the centre has no figures yet."""
    heard_at = None if stand is None else stand.heard_at
    return {
        "id": found.id,
        "kind": found.kind,
        "agencies": dict(found.agencies),
        "levels": dict(found.levels),
        "added_at": found.added_at.isoformat(),
        "active": found.active,
        "unit_change": found.unit_change,
        "sends": list(found.streams),
        "cadence": found.cadence,
        "callback": found.callback,
        "declared": stand is not None and stand.since is not None,
        "state": None if stand is None else stand.state,
        "heard_at": None if heard_at is None else heard_at.isoformat(),
    }


def print_table(found: "Sequence[RegisteredSource]", known: "Mapping[str, SourceStanding]") -> None:
    """A line for each source."""
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for name in ("source", "kind", "agencies", "another unit is", "promises", "state", "added"):
        table.add_column(name, no_wrap=name in {"another unit is", "state"})
    for one in found:
        agencies = ", ".join(_agency(one, agency) for agency in sorted(one.agencies))
        promise, state = _promise(one), _state(one, known.get(one.id))
        table.add_row(one.id, one.kind, agencies, f"a {one.unit_change}", promise, state, f"{one.added_at:%Y-%m-%d}")
    Console().print(table)


def _promise(source: "RegisteredSource") -> str:
    every = "" if source.cadence is None else f" every {written(source.cadence)}"
    return ", ".join(source.streams) + every


def _agency(source: "RegisteredSource", agency: str) -> str:
    level = _LEVELS.get(source.levels.get(agency, 3))
    return f"{agency}={source.agencies[agency]}" + (f" ({level})" if level else "")


def _state(source: "RegisteredSource", stand: "SourceStanding | None") -> str:
    if not source.active:
        return "revoked"
    return "–" if stand is None else stand.state
