"""What a file would be understood as, record by record: nothing is taken, no log and no database is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from ingest.contracts import registry
from ingest.contracts.envelope import decode_envelope
from ingest.errors import UnreadableFileError
from ingest.files.bodies import Portions
from ingest.files.given import Given
from ingest.files.portion import Placed, Understood

MOST_REFUSALS: Final = 1_000
"""How many refusals of a file are kept to be shown; the rest is counted."""


@dataclass(frozen=True, slots=True)
class SeenRecord:
    """An event as it would go into the log; `moments` are those of its data, by the names of its fields."""

    line: int | None
    type: str
    case: str
    time: datetime
    moments: Mapping[str, datetime | date]
    data: Mapping[str, Any]


@dataclass(slots=True)
class Seen:
    """A file: how much of it would be understood and how much refused, the first records, and the refusals."""

    path: Path
    understood: int = 0
    refused: int = 0
    passed_over: int = 0
    records: list[SeenRecord] = field(default_factory=list)
    refusals: list[Placed] = field(default_factory=list)


def see(path: Path, portions: Portions, given: Given, rows: int) -> Seen:
    """Read the whole file; keep its first `rows` records. Raises `UnreadableFileError`."""
    seen = Seen(path)
    try:
        for portion in portions(path, given, 0):
            seen.understood += len(portion.understood)
            seen.refused += portion.refused
            seen.passed_over += portion.passed_over
            seen.records += map(_record, portion.understood[: max(0, rows - len(seen.records))])
            seen.refusals += portion.refusals[: max(0, MOST_REFUSALS - len(seen.refusals))]
    except OSError as error:
        raise UnreadableFileError(f"{path} can't be read: {error.strerror or error}") from error
    return seen


def _record(understood: Understood) -> SeenRecord:
    envelope = decode_envelope(understood.entry.body)
    data = registry.decode(envelope)
    told = msgspec.json.decode(envelope.data)
    return SeenRecord(understood.line, envelope.type, envelope.subject, envelope.time, dict(_moments(data, "")), told)


def _moments(data: msgspec.Struct, path: str) -> Iterator[tuple[str, datetime | date]]:
    for name in data.__struct_fields__:
        value = getattr(data, name)
        if isinstance(value, date):
            yield f"{path}{name}", value
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, msgspec.Struct):
                    yield from _moments(item, f"{path}{name}[{index}].")
