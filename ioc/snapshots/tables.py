"""Slots, schedules and receivers as tables and as JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.table import Table

from ioc.when import LOCAL
from stream.snapshot.schedule.schedule import AfterPeriod, Schedule, Schedules


def slots_table(slots: Sequence[Mapping[str, Any]]) -> Table:
    """Slots, one a line."""
    table = Table("kind", "period", "v", "due", "state", "no.", "late", "delivered", "error", box=None, pad_edge=False)
    for each in slots:
        state = "PARTIAL" if each["is_partial"] else each["state"]
        sent = f"{each['delivered']}/{each['receivers']}" if each["number"] is not None else ""
        table.add_row(
            each["kind"], each["period"], str(each["version"]), _local(each["due_at"]), state, _text(each["number"]),
            ", ".join(each["late"]), sent, _text(each["error"]),
        )  # fmt: skip
    return table


def schedules_table(held: Schedules) -> Table:
    """Schedules, one a line."""
    table = Table("kind", "title", "when", "late sources", "to", "restated", box=None, pad_edge=False)
    for each in held:
        told = schedule_json(each)
        policy = each.late_sources if each.late_sources == "partial" else f"hold, {each.hold_for} at most"
        restated = f"{each.restate.within_days} days" if each.restate else "never"
        table.add_row(each.id, each.title.vi, told["when"], policy, ", ".join(each.receivers), restated)
    return table


def schedule_json(schedule: Schedule) -> dict[str, Any]:
    """A schedule for programs."""
    return {
        "id": schedule.id,
        "title": schedule.title.vi,
        "period": schedule.period,
        "calendar": schedule.calendar,
        "when": _when(schedule),
        "late_sources": schedule.late_sources,
        "hold_for": str(schedule.hold_for),
        "on_time_within": schedule.on_time_within,
        "receivers": list(schedule.receivers),
        "kpis": None if schedule.kpis is None else list(schedule.kpis),
        "units": schedule.by_unit,
        "certainty": schedule.basis.certainty,
        "basis": schedule.basis.text,
    }


def receivers_json(held: Schedules, wrong: Mapping[str, str]) -> list[dict[str, Any]]:
    """Receivers for programs, each with what is wrong with it."""
    return [
        {"id": each.id, "title": each.title.vi, "channel": each.channel, "problem": wrong.get(each.id)}
        for each in held.receivers.values()
    ]


def _when(schedule: Schedule) -> str:
    clock = f"{schedule.at // 3600:02}:{schedule.at // 60 % 60:02}"
    if not isinstance(schedule.days, AfterPeriod):
        return f"{clock} each {'working day' if schedule.days.working else 'day'}"
    rolls = ", or the next working day" if schedule.days.rolls else ""
    return f"{clock} on day {schedule.days.number} after the {schedule.calendar} {schedule.period}{rolls}"


def _local(when: datetime) -> str:
    return f"{when.astimezone(LOCAL):%Y-%m-%d %H:%M}"


def _text(value: object) -> str:
    return "" if value is None else str(value)
