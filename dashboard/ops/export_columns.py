"""What a list of cases that is taken away says of each, in the words of the page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from dashboard.data.answers import TIME_ZONE
from dashboard.text import Words
from stream.apply.cases import APPLICATION, DOCUMENT
from stream.story.naming import status_said

Cell: TypeAlias = str | float | datetime | None
Row: TypeAlias = Mapping[str, Any]
"""As `stream.queue.told` has it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the words of a row need besides: the language, the units by code, the seconds of a working day."""

    words: Words
    units: Mapping[str, str]
    working_day: int


def heads(words: Words) -> Sequence[str]:
    """The first line."""
    return [words[f"queue_export.{name}"] for name in COLUMNS]


def cells(row: Row, frame: Frame) -> Iterator[Cell]:
    """The line of a row."""
    return (said(row, frame) for said in COLUMNS.values())


def remaining_said(row: Row, frame: Frame) -> str:
    """What is left of the working time, as the page says it (`dashboard/assets/ops/said.js`)."""
    left, words = row["remaining"], frame.words
    if left is None:
        return words["queue.overdue" if row["overdue"] else "queue.no_due"]
    key = "left" if left >= 0 else "over" if row["overdue"] else "past_hour"
    return words[f"queue.{key}"].format(time=_lasting(abs(left), frame))


def _lasting(seconds: int, frame: Frame) -> str:
    """In the two largest measures that say something; begun minutes do not count."""
    minutes, per_day = seconds // 60, max(frame.working_day // 60, 1)
    days, hours, rest = minutes // per_day, minutes % per_day // 60, minutes % per_day % 60
    amounts = {"days": days, "hours": hours} if days else {"hours": hours, "minutes": rest}
    said = [frame.words[f"queue.{name}"].format(n=n) for name, n in amounts.items() if n]
    return " ".join(said) or frame.words["queue.no_minute"]


def _state(row: Row, frame: Frame) -> str:
    left = row["remaining"]
    is_soon = left is not None and left <= frame.working_day
    is_paused = row["paused"] is not None
    state = "overdue" if row["overdue"] else "paused" if is_paused else "due_soon" if is_soon else "running"
    return frame.words[f"queue.state_{state}"]


def _hours(row: Row, _: Frame) -> float | None:
    return None if row["remaining"] is None else round(row["remaining"] / 3_600, 2)


def _status(row: Row, frame: Frame) -> str:
    kind = DOCUMENT if row["kind"] == "document" else APPLICATION
    return status_said(kind, row["status"]).of(frame.words.language)


def _reason(row: Row, frame: Frame) -> str | None:
    return None if row["paused"] is None else frame.words[f"queue.paused_{row['paused']['reason']}"]


def _unit(row: Row, frame: Frame) -> str:
    return frame.units.get(row["unit"], row["unit"])


def _chance(row: Row, _: Frame) -> float | None:
    return None if row["risk"] is None else round(100 * row["risk"]["chance"], 1)


def _why(row: Row, frame: Frame) -> str | None:
    return None if row["risk"] is None else row["risk"]["why"][frame.words.language]


def _letter(row: Row, frame: Frame) -> str | None:
    return None if row["letter"] == "none" else frame.words[f"queue.letter_{row['letter']}"]


def _word(name: str, before: str) -> Callable[[Row, Frame], str | None]:
    return lambda row, frame: None if row[name] is None else frame.words[f"{before}{row[name]}"]


def _named(name: str, key: str) -> Callable[[Row, Frame], str | None]:
    return lambda row, _: None if row[name] is None else row[name][key]


def _moment(*path: str) -> Callable[[Row, Frame], datetime | None]:
    """Local time without its offset: tables know none."""

    def read(row: Row, _: Frame) -> datetime | None:
        found: Any = row
        for name in path:
            found = None if found is None else found[name]
        return None if found is None else datetime.fromisoformat(found).astimezone(TIME_ZONE).replace(tzinfo=None)

    return read


def _handled(key: str) -> Callable[[Row, Frame], Cell]:
    return lambda row, _: row["handling"][key] or None


COLUMNS: Final[Mapping[str, Callable[[Row, Frame], Cell]]] = {
    "case": lambda row, _: row["case"],
    "kind": _word("kind", "queue_export.kind_"),
    "state": _state,
    "remaining": remaining_said,
    "remaining_hours": _hours,
    "due": _moment("due_at"),
    "received": _moment("received_at"),
    "procedure_code": _named("procedure", "code"),
    "procedure": _named("procedure", "name"),
    "field_code": _named("field", "code"),
    "field": _named("field", "name"),
    "unit_code": lambda row, _: row["unit"],
    "unit": _unit,
    "channel": _word("channel", "queue.channel_"),
    "level": _word("level", "queue_export.level_"),
    "status": _status,
    "paused_reason": _reason,
    "paused_since": _moment("paused", "since"),
    "late_by_index": lambda row, frame: frame.words["queue_export.yes"] if row["late_by_index"] else None,
    "holder": _handled("holder"),
    "acknowledged_by": _handled("acknowledged_by"),
    "acknowledged_until": _moment("handling", "acknowledged_until"),
    "rank": _handled("rank"),
    "respond_by": _moment("handling", "respond_by"),
    "comments": _handled("comments"),
    "letter": _letter,
    "chance": _chance,
    "why": _why,
}
