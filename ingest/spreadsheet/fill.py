"""From a row to what its fields say: every cell that is wrong is found, not only the first."""

from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from ingest.refusal import RefusedError
from ingest.registration import Source
from ingest.spreadsheet.cells import Row
from ingest.spreadsheet.dates import When, moment_of
from ingest.spreadsheet.fields import HOUR
from ingest.spreadsheet.head import Head
from ingest.spreadsheet.mapping import Mapping
from ingest.spreadsheet.values import Value, value

Said: TypeAlias = dict[str, str | int | bool | date | tuple[str, ...]]
"""What a row says, by field. Moments are local and naive."""


class Filled(NamedTuple):
    """What a row says, and what is wrong with its cells."""

    said: Said
    problems: list[RefusedError]


def fill(row: Row, head: Head, mapping: Mapping, source: Source) -> Filled:
    """Read the cells of a row."""
    read: dict[str, Value] = {}
    problems: list[RefusedError] = []
    for name, column in head.columns.items():
        try:
            found = value(row.cells.get(column), name, mapping.fields[name], mapping)
        except RefusedError as error:
            problems.append(error)
        else:
            if found is not None:
                read[name] = found
    said: Said = dict(mapping.constants)
    for name, found in read.items():
        try:
            _say(said, name, found, read, mapping)
        except RefusedError as error:
            problems.append(error)
    _add_derived(said, mapping, source)
    return Filled(said, problems)


def _say(said: Said, name: str, found: Value, read: dict[str, Value], mapping: Mapping) -> None:
    if isinstance(found, timedelta):
        return
    if not isinstance(found, When):
        said[name] = found
    elif mapping.fields[name].meaning == "day":
        said[name] = found.local.date()
    else:
        hour = read.get(f"{name}{HOUR}")
        said[name] = moment_of(found, hour if isinstance(hour, timedelta) else mapping.hours.get(name), name)


def _add_derived(said: Said, mapping: Mapping, source: Source) -> None:
    """The status that the dates tell, and the agency of a source that has only one."""
    for name, status in mapping.status_from.items():
        if name in said:
            said["status"] = status
            break
    if "agency" in mapping.fields and "agency" not in said and len(source.agencies) == 1:
        said["agency"] = next(iter(source.agencies))
