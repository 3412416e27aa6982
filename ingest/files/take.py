"""Take a file into the log: what was interrupted goes on, what is finished is not taken twice."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path

from ingest.errors import UnreadableFileError
from ingest.files import refused
from ingest.files.bodies import Portions
from ingest.files.given import Given
from ingest.files.portion import Portion
from ingest.files.progress import Progress, TakenFiles
from ingest.log.protocol import EventLog

OnBytes = Callable[[int], None]
"""Called with how many bytes of the file are done."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: records over all its runs, and where its refusals are when there are any.

    `sheet` is the list of refusals for people, of a table. `unreadable`: nothing of it could be read.
    """

    path: Path
    accepted: int
    refused: int
    refusals: Path | None
    was_finished: bool
    sheet: Path | None = None
    unreadable: bool = False


class FileChangedError(UnreadableFileError):
    """A file was written to while it was read: take it again once it is whole."""

    retriable = True


@dataclass(frozen=True)
class FileTaker:
    """Takes files of one kind and source into a log.

    Refusals go to `<file>.refused.jsonl` beside the file, or into `refusals_folder`: file, line, index, field
    and reasons, never the record; of a table (`is_table`) also to a sheet for who sent it. With `from_start`, what was
    taken before is sent again; it counts once. `given` says what is known of a file.
    """

    log: EventLog
    memory: TakenFiles
    portions: Portions
    given: Callable[[Path], Given]
    refusals_folder: Path | None = None
    from_start: bool = False
    is_table: bool = False

    def take(self, path: Path, on_bytes: OnBytes) -> Taken:
        """Take a file to its end.

        Raises `LogUnavailableError` or `RegisterUnavailableError` when it has to stop before: another run goes
        on there; `FileChangedError` for a file that is still being written; `UnreadableFileError` for one that can't be
        read. What `on_bytes` raises stops it too.
        """
        try:
            return self._take(path, on_bytes)
        except OSError as error:
            raise UnreadableFileError(f"{path} can't be taken in: {error.strerror or error}") from error

    def _take(self, path: Path, on_bytes: OnBytes) -> Taken:
        before, given = _state(path), self.given(path)
        digest = _digest(path, given)
        told = refused.files(path, digest, self.refusals_folder)
        progress = Progress() if self.from_start else self.memory.read(digest, given.source.id)
        if progress.refused and not told.lines.exists():
            progress = Progress()  # its list of refusals was taken away: make it again
        was_finished = progress.finished
        if not was_finished:
            if progress.done == 0:  # nothing is durable yet; refusals of a body of one file come with its beginning
                progress = Progress()
            refused.cut(told.lines, progress.refusals_size)
            for portion in self.portions(path, given, progress.done):
                progress = self._taken(portion, path, progress, told)
                self.memory.write(digest, given.source.id, progress)
                on_bytes(portion.bytes_read)
            if _state(path) != before:
                raise FileChangedError(f"{path} was changed while it was read")
            progress = replace(progress, finished=True)
            self._write_sheet(told, progress)
            self.memory.write(digest, given.source.id, progress)
        on_bytes(before[0])
        if not progress.refused:
            return Taken(path, progress.accepted, 0, None, was_finished)
        sheet = told.sheet if self.is_table else None
        unreadable = progress.accepted == 0 and refused.is_of_the_whole(told.lines)
        return Taken(path, progress.accepted, progress.refused, told.lines, was_finished, sheet, unreadable)

    def _taken(self, portion: Portion, path: Path, progress: Progress, told: refused.Files) -> Progress:
        if portion.understood:
            self.log.append([entry for _, entry in portion.understood])
        return replace(
            progress,
            done=portion.done,
            accepted=progress.accepted + len(portion.understood),
            refused=progress.refused + portion.refused,
            refusals_size=progress.refusals_size + refused.write(told.lines, path.name, portion.refusals),
        )

    def _write_sheet(self, told: refused.Files, progress: Progress) -> None:
        """Before the file counts as taken: who is told of refusals finds the sheet."""
        if self.is_table and progress.refused:
            refused.write_sheet(told)


def _state(path: Path) -> tuple[int, int]:
    found = os.stat(path)  # noqa: PTH116 - one call for both, of a path that may be a share's
    return found.st_size, found.st_mtime_ns


def _digest(path: Path, given: Given) -> bytes:
    """Of the content, and of how it is read: with another mapping it is another file."""
    with path.open("rb") as file:
        content = file_digest(file, "sha256").digest()
    return content if given.mapping is None else sha256(content + given.mapping.text.encode()).digest()
