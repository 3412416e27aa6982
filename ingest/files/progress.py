"""How far a file was taken in."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Progress:
    """What of a file is durable.

    `done` counts bytes in a file of lines and records in a file of one body; `refusals_size` is how many
    bytes of its file of refusals belong to what is done.
    """

    done: int = 0
    accepted: int = 0
    refused: int = 0
    refusals_size: int = 0
    finished: bool = False


class TakenFiles(Protocol):
    """The memory of taken files, by content and source."""

    def read(self, digest: bytes, source: str) -> Progress:
        """How far; the beginning for a file that was never seen."""
        ...

    def write(self, digest: bytes, source: str, progress: Progress) -> None:
        """Remember it."""
        ...
