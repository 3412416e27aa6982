"""What adopting rules would do, and what was adopted, as JSON documents and as text for people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ioc.when import LOCAL

if TYPE_CHECKING:
    from rich.table import Table

    from ingest.rules.changes import CalendarChanges, RegisterChanges
    from ioc.adopting import Changes, Intent
    from stream.rulebook import Adoption

_SHOWN = 20
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def intent_json(intent: "Intent", state: str) -> Mapping[str, object]:
    """The document of an adoption: `state` is `adopted`, `in force already` or `would be adopted`."""
    from ingest.rules.adoption import kind_of

    return {
        "kind": kind_of(intent.data),
        "version": intent.data.version,
        "state": state,
        "replaces": intent.replaces,
        "waiting_partitions": sorted(intent.waiting),
        "changes": _changes_json(intent.changes),
    }


def intent_text(intent: "Intent", state: str) -> str:
    """The same for the person at the command line."""
    from ingest.rules.changes import CalendarChanges

    changes = intent.changes
    lines = _calendar_lines(changes) if isinstance(changes, CalendarChanges) else _register_lines(changes)
    head = f"{intent.data.version}: {state}" + (
        f", instead of {intent.replaces}" if intent.waiting and intent.replaces else ""
    )
    return "\n".join([head, *(f"  {line}" for line in lines)])


def adoption_json(adoption: "Adoption") -> Mapping[str, object]:
    """The document of rules that came into force."""
    return {
        "kind": adoption.kind,
        "version": adoption.version,
        "digest": adoption.digest,
        "known_at": adoption.known_at.isoformat(),
        "since": {
            str(part): {"position": since.position, "known_at": since.known_at.isoformat()}
            for part, since in sorted(adoption.since.items())
        },
    }


def adoptions_table(adoptions: "Sequence[Adoption]", partitions: int) -> "Table":
    """The versions that came into force, the newest first."""
    from rich.table import Table

    table = Table("version", "in force since", "partitions", "digest")
    for each in reversed(adoptions):
        since = f"{each.known_at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}"
        table.add_row(each.version, since, f"{len(each.since)} of {partitions}", each.digest[:12])
    return table


def shown_day(day: date) -> str:
    """A day with its weekday: `2026-01-02 Fri`."""
    return f"{day} {WEEKDAYS[day.weekday()]}"


def shown_hours(spans: Sequence[tuple[int, int]]) -> str:
    """Working hours: `07:30-11:30 13:30-17:30`."""
    from ingest.rules.hours import written

    return " ".join(f"{written(since)}-{written(until)}" for since, until in spans) or "free"


def shown_clock(seconds: int | None) -> str:
    """A time of day, or `none`."""
    from ingest.rules.hours import written

    return "none" if seconds is None else written(seconds)


def _changes_json(changes: "Changes") -> Mapping[str, object]:
    from ingest.rules.changes import CalendarChanges

    if not isinstance(changes, CalendarChanges):
        return {"added": changes.added, "removed": changes.removed, "changed": changes.changed}
    return {
        "free": [str(day) for day in changes.free],
        "worked": [str(day) for day in changes.worked],
        "hours": [
            {"weekday": WEEKDAYS[day], "before": shown_hours(before), "after": shown_hours(after)}
            for day, before, after in changes.hours
        ],
        "cut_off": None if changes.cut_off is None else [shown_clock(each) for each in changes.cut_off],
    }


def _calendar_lines(changes: "CalendarChanges") -> Iterator[str]:
    if not changes:
        yield "no day and no hour changes"
    yield from _listed("free from now on", [shown_day(day) for day in changes.free])
    yield from _listed("worked from now on", [shown_day(day) for day in changes.worked])
    for day, before, after in changes.hours:
        yield f"hours of {WEEKDAYS[day]}: {shown_hours(before)} → {shown_hours(after)}"
    if changes.cut_off is not None:
        yield "cut-off: " + " → ".join(shown_clock(each) for each in changes.cut_off)


def _register_lines(changes: "RegisterChanges") -> Iterator[str]:
    if not changes:
        yield "no procedure changes"
    yield from _listed("procedures added", list(changes.added))
    yield from _listed("procedures removed", list(changes.removed))
    yield from _listed("procedures changed", [f"{code} ({', '.join(each)})" for code, each in changes.changed.items()])


def _listed(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        more = f" … and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        yield f"{what} ({len(names)}): {', '.join(names[:_SHOWN])}{more}"
