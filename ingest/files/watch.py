"""A watched folder: what is laid into it is taken, and moved to where its sender sees what became of it.

`taken/` holds what was read, `errors/` the lists of refusals to send back, `refused/` what can't be read at all with
the reason beside it. Nothing is lost by a crash: what was not moved is taken again, and what of it is in the log
counts once.
"""

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from ingest.errors import IngestError, UnreadableFileError
from ingest.files.ready import ReadyFiles
from ingest.files.refused import sentences
from ingest.files.take import FileChangedError, FileTaker, Taken

TAKEN: Final = "taken"
ERRORS: Final = "errors"
REFUSED: Final = "refused"
_LOCK: Final = ".ioc-watch.lock"

_logger = structlog.get_logger("ingest.files.watch")


class FolderInUseError(IngestError):
    """Another watcher has the folder."""


class FolderAwayError(IngestError):
    """The folder can't be read just now: a share may be away."""

    retriable = True


class StoppedError(Exception):
    """Raised through a file that is being taken, to end cleanly: what is durable is remembered."""

    retriable = True


@contextmanager
def sole_watcher(folder: Path) -> Iterator[None]:
    """Hold the folder while the block runs. Raises `FolderInUseError` where another process does."""
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
                raise FolderInUseError(f"{folder} is watched by another process already") from error
            raise FolderAwayError(f"{folder} can't be locked: {error.strerror or error}") from error
        yield


@dataclass
class FolderWatcher:
    """Takes the files of a folder. `taker` writes its lists of refusals into `errors/` of the folder.

    `alive` is called while a long file is taken, portion by portion; `stopping` says whether to end.
    """

    folder: Path
    taker: FileTaker
    ready: ReadyFiles
    stopping: Callable[[], bool]
    alive: Callable[[], None]

    def prepare(self) -> None:
        """Make the folders inside. Raises `FolderAwayError`."""
        try:
            for name in (TAKEN, ERRORS, REFUSED):
                (self.folder / name).mkdir(exist_ok=True)
        except OSError as error:
            raise FolderAwayError(f"{self.folder} can't be used: {error.strerror or error}") from error

    def look(self) -> int:
        """Take what is ready; answers how many files were moved.

        Raises `FolderAwayError`, and what `FileTaker.take` does where the log is away: look again later.
        """
        try:
            ready = self.ready.look()
        except OSError as error:
            raise FolderAwayError(f"{self.folder} can't be read: {error.strerror or error}") from error
        moved = 0
        for path, state in ready:
            if self.stopping():
                break
            try:
                taken = self.taker.take(path, self._on_bytes)
            except StoppedError:
                break
            except FileChangedError:
                self.ready.forget(path)
                continue
            except UnreadableFileError:
                if path.exists():  # renamed or taken away while it was read: not ours to judge
                    self.ready.forget(path)
                    _logger.warning("watch.unreadable")
                continue
            if not self.ready.is_still(path, state):  # another one of this name was laid over it
                self.ready.forget(path)
                continue
            try:
                self._move(path, taken)
            except OSError as error:
                raise FolderAwayError(f"a file of {self.folder} can't be moved: {error.strerror or error}") from error
            moved += 1
        return moved

    def _on_bytes(self, done: int) -> None:
        del done
        if self.stopping():
            raise StoppedError
        self.alive()

    def _move(self, path: Path, taken: Taken) -> None:
        self.ready.forget(path)
        target = _free(self.folder / (REFUSED if taken.unreadable else TAKEN), path.name)
        if taken.unreadable and taken.refusals is not None:
            reasons = sentences(taken.refusals)
            target.with_name(f"{target.name}.reason.txt").write_text(reasons, encoding="utf-8-sig", newline="\r\n")
        path.replace(target)
        _logger.info(
            "watch.taken",
            to=target.parent.name,
            accepted=taken.accepted,
            refused=taken.refused,
            before=taken.was_finished,
        )


def _free(folder: Path, name: str) -> Path:
    """A path that nothing has: a file of the same name that came before stays."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - keeps "a.tar" whole in "a.tar.gz"
    found, number = folder / name, 1
    while found.exists():
        number += 1
        found = folder / f"{stem} ({number}){suffix}"
    return found
