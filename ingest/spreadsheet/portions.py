"""A table as the taker of files reads it: portions of rows, from the row after the last that was taken."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.files.given import Given
from ingest.files.portion import Placed, Portion, Understood
from ingest.log.protocol import Entry
from ingest.refusal import BODY, Reason, Refusal, RefusedError, refuse
from ingest.spreadsheet.application import application
from ingest.spreadsheet.fill import fill
from ingest.spreadsheet.mapping import Mapping
from ingest.spreadsheet.mapping_file import read_mapping
from ingest.spreadsheet.other import other
from ingest.spreadsheet.problems import MappingError, Problem, TableError
from ingest.spreadsheet.table import RecordRow, records

_MOST_ROWS: Final = 2_000
_MISSING: Final = Reason("missing", "thiếu, bắt buộc phải có")


def portions(path: Path, given: Given, done: int) -> Iterator[Portion]:
    """The rows below `done`, as `given.mapping` says; at least one portion.

    What can't be read is refused: with the row from which on, where the rows above could be. Raises `MappingError`.
    """
    mapping = _mapping(given)
    size = path.stat().st_size
    part = _Part(done)
    try:
        for record in records(path, mapping):
            if record.row.number <= done:
                continue
            part.add(record, mapping, given)
            if part.rows >= _MOST_ROWS:
                yield part.portion(int(size * min(record.share, 1.0)))
                part = _Part(record.row.number)
    except TableError as error:
        place = f"dòng/row {error.row}" if error.row else BODY
        part.refusals.append(Placed(error.row, refuse(None, place, error.reason)))
        part.refused += 1
        yield part.portion(size)
        return
    yield part.portion(size)


def _mapping(given: Given) -> Mapping:
    if given.mapping is None:
        raise MappingError("spreadsheet", [Problem("the file", "a mapping is needed")])
    return read_mapping(*given.mapping)


class _Part:
    """Rows that go together."""

    def __init__(self, done: int) -> None:
        self.rows = 0
        self.refused = 0
        self.refusals: list[Placed] = []
        self._understood: list[Understood] = []
        self._passed_over = 0
        self._done = done

    def add(self, record: RecordRow, mapping: Mapping, given: Given) -> None:
        """Read a row."""
        number = record.row.number
        self.rows += 1
        self._done = number
        found = _row(record, mapping, given)
        if found is None:
            self._passed_over += 1
        elif isinstance(found, Entry):
            self._understood.append(Understood(number, found))
        else:
            self.refused += 1
            self.refusals += [Placed(number, refusal) for refusal in found]

    def portion(self, bytes_read: int) -> Portion:
        """What has been read."""
        return Portion(self._understood, self.refusals, self._done, bytes_read, self.refused, self._passed_over)


def _row(record: RecordRow, mapping: Mapping, given: Given) -> Entry | list[Refusal] | None:
    """The event of a row, its refusals, or None where the mapping says that it is no record."""
    row, head = record.row, record.head
    said, problems = fill(row, head, mapping, given.source)
    if not problems:
        if mapping.row_needs and not any(name in said for name in mapping.row_needs):
            return None
        problems = [RefusedError(name, _MISSING) for name in mapping.fields if _lacks(name, said, mapping)]
    if not problems:
        try:
            if mapping.event == "application":
                return application(said, given.source)
            return other(mapping.event, said, given.source, given.at)
        except RefusedError as error:
            problems = [error]
    return [refuse(row.number, head.place(row.number, error.field), error.reason) for error in problems]


def _lacks(name: str, said: object, mapping: Mapping) -> bool:
    return mapping.fields[name].required and isinstance(said, dict) and name not in said
