"""The keys that a receiver trusts, read again when their files change: a key that was replaced needs no restart."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import structlog

from stream.snapshot.seal.errors import KeyFileError
from stream.snapshot.seal.keyring import Keyring, read_keyring

_log = structlog.get_logger(__name__)


class TrustedFiles:
    """Key files: public keys (PEM) and at most one `keys.json`. Raises `KeyFileError` where they can't be used."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files
        self._lock = Lock()
        self._mark = self._now()
        self._ring = self._read()

    def ring(self) -> Keyring:
        """The newest keys that could be read: a file with a mistake changes nothing."""
        with self._lock:
            mark = self._now()
            if mark != self._mark:
                self._mark = mark
                try:
                    self._ring = self._read()
                    _log.info("receive.keys", trusted=len(self._ring.trusted))
                except KeyFileError as error:
                    _log.error("receive.keys_refused", reason=str(error))
            return self._ring

    def _now(self) -> object:
        try:
            return [(each.st_mtime_ns, each.st_size, each.st_ino) for each in map(Path.stat, self._files)]
        except OSError:
            return None

    def _read(self) -> Keyring:
        try:
            return read_keyring([each.read_bytes() for each in self._files])
        except OSError as error:
            raise KeyFileError(f"a file of keys can't be read: {error}") from error
