"""What a file is cut into: as much as goes into the log at once."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.log.protocol import Entry
from ingest.refusal import Refusal


class Placed(NamedTuple):
    """A refusal and the line or row it is in, from 1; None in a file of one body."""

    line: int | None
    refusal: Refusal


class Understood(NamedTuple):
    """An event and the line or row that it is from, from 1; None in a file of one body."""

    line: int | None
    entry: Entry


class Portion(NamedTuple):
    """Events that go into the log together, and where the file has been read to when they are there.

    `refused` counts records: one of them can have several refusals. `passed_over` counts rows that a mapping says are
    no records.
    """

    understood: Sequence[Understood]
    refusals: Sequence[Placed]
    done: int
    bytes_read: int
    refused: int
    passed_over: int = 0
