"""What is wrong with a table as a whole, or with the mapping that it is to be read by."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.errors import IngestError
from ingest.refusal import Reason


class Problem(NamedTuple):
    """One thing that is wrong with a mapping, and where: `line 12, columns.status`."""

    place: str
    told: str


class MappingError(IngestError):
    """A mapping can't be used; the sentence says where and why. `problems` are all that were found."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{name}, {place}: {told}" for place, told in problems[:10]))
        self.problems = tuple(problems)


class TableError(ValueError):
    """From here on a table can't be read: `row` is where, None for the whole file."""

    retriable = False

    def __init__(self, reason: Reason, row: int | None = None) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.row = row
