"""What is known of a file beside its content."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ingest.registration import Source
from ingest.sources.edxml.chain import Trust


class MappingFile(NamedTuple):
    """A file that says how another one is to be read; `name` is for sentences about it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """Who sends the file, when it was last written (aware), and how it is to be read where its kind asks that.

    `trust` is what signatures of documents are checked against; None where no chain is configured.
    """

    source: Source
    at: datetime
    mapping: MappingFile | None = None
    trust: Trust | None = None
