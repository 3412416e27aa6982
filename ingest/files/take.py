"""Take a file into the log: what was interrupted goes on, what is finished is not taken twice."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path

import msgspec

from ingest.contracts.envelope import encode_envelope
from ingest.errors import UnreadableFileError
from ingest.files.portions import Placed, Portion, portions
from ingest.files.progress import Progress, TakenFiles
from ingest.log.protocol import Entry, EventLog
from ingest.registration import Source

OnBytes = Callable[[int], None]
"""Called with how many bytes of the file are done."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file: counts over all its runs, and where its refusals are when there are any."""

    path: Path
    accepted: int
    refused: int
    refusals: Path | None
    was_finished: bool


@dataclass(frozen=True)
class FileTaker:
    """Takes files of one source into a log.

    Refusals go to `<file>.refused.jsonl` beside the file, or into `refusals_folder`: file, line, index, field
    and reasons, never the record. With `from_start`, what was taken before is sent again; it counts once.
    """

    log: EventLog
    memory: TakenFiles
    source: Source
    refusals_folder: Path | None = None
    from_start: bool = False

    def take(self, path: Path, on_bytes: OnBytes) -> Taken:
        """Take a file to its end.

        Raises `LogUnavailableError` or `RegisterUnavailableError` when it has to stop before: another run goes
        on there; `UnreadableFileError` for a file that can't be read.
        """
        try:
            return self._take(path, on_bytes)
        except OSError as error:
            raise UnreadableFileError(f"{path} can't be taken in: {error.strerror or error}") from error

    def _take(self, path: Path, on_bytes: OnBytes) -> Taken:
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").digest()
        refusals = self._refusals_of(path, digest)
        progress = Progress() if self.from_start else self.memory.read(digest, self.source.id)
        was_finished = progress.finished
        if not was_finished:
            progress = self._go_on(path, digest, progress, refusals, on_bytes)
        on_bytes(path.stat().st_size)
        kept = refusals if progress.refused else None
        return Taken(path, progress.accepted, progress.refused, kept, was_finished)

    def _go_on(self, path: Path, digest: bytes, progress: Progress, refusals: Path, on_bytes: OnBytes) -> Progress:
        if progress.done == 0:  # nothing is durable yet; refusals of a body of one file come with its beginning
            progress = Progress()
        _cut(refusals, progress.refusals_size)
        for portion in portions(path, self.source, progress.done):
            self._append(portion)
            progress = replace(
                progress,
                done=portion.done,
                accepted=progress.accepted + len(portion.envelopes),
                refused=progress.refused + len(portion.refusals),
                refusals_size=progress.refusals_size + _write(refusals, path, portion.refusals),
            )
            self.memory.write(digest, self.source.id, progress)
            on_bytes(portion.bytes_read)
        progress = replace(progress, finished=True)
        self.memory.write(digest, self.source.id, progress)
        return progress

    def _append(self, portion: Portion) -> None:
        entries = [Entry(envelope.subject, encode_envelope(envelope)) for envelope in portion.envelopes]
        if entries:
            self.log.append(entries)

    def _refusals_of(self, path: Path, digest: bytes) -> Path:
        if self.refusals_folder is None:
            return path.with_name(f"{path.name}.refused.jsonl")
        # Files of one name from several folders may meet there.
        return self.refusals_folder / f"{path.name}.{digest.hex()[:8]}.refused.jsonl"


def _cut(refusals: Path, size: int) -> None:
    """Drop refusals of an interrupted portion, which is taken again."""
    if refusals.exists():
        if size == 0:
            refusals.unlink()
        else:
            os.truncate(refusals, min(size, refusals.stat().st_size))


def _write(refusals: Path, path: Path, placed: Sequence[Placed]) -> int:
    if not placed:
        return 0
    lines = b"".join(
        msgspec.json.encode({"file": path.name, "line": line, **msgspec.structs.asdict(refusal)}) + b"\n"
        for line, refusal in placed
    )
    refusals.parent.mkdir(parents=True, exist_ok=True)
    with refusals.open("ab") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    return len(lines)
