"""Displays as the command line shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from dashboard.displays.facts import Standing

_AWAY_AFTER = 150.0  # seconds; as on the page (dashboard/assets/displays/state.js)


def state_of(display: "Standing", now: datetime) -> str:
    """pending, revoked, never (approved and not seen since), live or away."""
    if display.state != "approved":
        return display.state
    if display.seen_at is None:
        return "never"
    return "away" if (now - display.seen_at).total_seconds() > _AWAY_AFTER else "live"


def plain(display: "Standing", now: datetime) -> dict[str, Any]:
    """A display as JSON; `standing` is what `state_of` says."""
    told: dict[str, Any] = msgspec.to_builtins(display)
    return {"id": display.id, "standing": state_of(display, now), **told}


def print_table(found: "Sequence[Standing]", now: datetime) -> None:
    """A line for each display."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table()
    for name in ("id", "name", "state", "last seen", "shows", "heap", "healed"):
        table.add_column(name, justify="right" if name in {"id", "heap"} else "left")
    for one in found:
        scenes = ", ".join(one.scenes or ())
        shows = f"{scenes} each {one.seconds} s" if one.scenes and len(one.scenes) > 1 else scenes
        heap = "" if one.heap_bytes is None else f"{one.heap_bytes / 1e6:.0f} MB"
        table.add_row(str(one.id), escape(one.name or "–"), state_of(one, now), _ago(one.seen_at, now), shows,
            heap, _healed(one))  # fmt: skip
    Console().print(table)


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "–"
    seconds = max(0.0, (now - moment).total_seconds())
    for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name} ago"
    return f"{seconds:.0f} s ago"


def _healed(one: "Standing") -> str:
    counts = {"reopen": one.reopens, "refetch": one.refetches, "reload": one.reloads, "stall": one.stalls,
        "restart": one.restarts}  # fmt: skip
    return ", ".join(f"{name} {count}" for name, count in counts.items() if count)
