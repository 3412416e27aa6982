"""Which files of a watched folder can be read: those that nobody writes to any more, and that are whole.

Looked at by polling: a share of the network tells nobody what happens in it.
"""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from ingest.spreadsheet.archive import is_whole

_TEMPORARY: Final = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", ".swp", ".lock")
_SIGNS: Final = ("~$", ".", "~")


class State(NamedTuple):
    """What a file looks like from outside."""

    size: int
    written: int  # nanoseconds
    number: int


class _Waiting(NamedTuple):
    state: State
    since: float


@dataclass
class ReadyFiles:
    """Remembers what files looked like: one is ready when it stayed the same for `steady` seconds.

    A workbook without its end is waited for up to `patience` seconds: then it counts as ready, and is refused by name.
    """

    folder: Path
    steady: float
    patience: float
    clock: Callable[[], float]
    _seen: dict[Path, _Waiting] = field(default_factory=dict)

    def look(self) -> list[tuple[Path, State]]:
        """The files that are ready, those that were laid in first first. Raises `OSError` where the folder is away."""
        now, found = self.clock(), dict(_files(self.folder))
        self._seen = {path: seen for path, seen in self._seen.items() if path in found}
        ready = []
        for path, state in found.items():
            seen = self._seen.get(path)
            if seen is None or seen.state != state:
                self._seen[path] = _Waiting(state, now)
            elif now - seen.since >= self.steady and (now - seen.since >= self.patience or _is_whole(path)):
                ready.append((path, state))
        return sorted(ready, key=lambda each: (each[1].written, each[0].name))

    def is_still(self, path: Path, state: State) -> bool:
        """Whether a file still looks as it did."""
        return dict(_files(self.folder)).get(path) == state

    def forget(self, path: Path) -> None:
        """Wait for a file anew."""
        self._seen.pop(path, None)


def _files(folder: Path) -> Iterator[tuple[Path, State]]:
    for path in folder.iterdir():
        if path.name.startswith(_SIGNS) or path.name.lower().endswith(_TEMPORARY):
            continue
        try:
            found = path.lstat()
        except FileNotFoundError:  # renamed meanwhile
            continue
        if stat.S_ISREG(found.st_mode):  # no link: it could lead anywhere
            yield path, State(found.st_size, found.st_mtime_ns, found.st_ino)


def _is_whole(path: Path) -> bool:
    """What can be told from outside: a workbook has its end. An empty file is one that somebody is about to fill."""
    try:
        with path.open("rb") as file:
            begin = file.read(2)
        return bool(begin) and (begin != b"PK" or is_whole(path))
    except OSError:  # held by who writes it
        return False
