"""The objects that were sealed, by the digest of their canonical JSON; some are kept, since what is sealed stays so."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, Final

import msgspec
from psycopg import Connection

from dashboard.archive.queries import query
from stream.snapshot.content.document import Snapshot

KEPT: Final = 32 * 1024 * 1024
"""Bytes of JSON whose objects are kept: of an ordinary one some 300 kB, of a large restatement 20 MB."""


class UnreadableError(Exception):
    """What lies in the archive under this digest is no snapshot: somebody changed it, or the program is too old."""

    retriable = False


class Objects:
    """For any thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Snapshot, int]] = OrderedDict()
        self._lock = Lock()

    def read(self, connection: Connection[Any], digests: Sequence[str]) -> Mapping[str, Snapshot]:
        """The objects with these digests, as far as they are there; raises `UnreadableError`."""
        with self._lock:
            found = {digest: self._kept[digest] for digest in digests if digest in self._kept}
        missing = [digest for digest in digests if digest not in found]
        if missing:
            rows = connection.execute(query("read_objects"), {"digests": missing}).fetchall()
            found |= {digest: (_decoded(body), len(body)) for digest, body in rows}
        self._keep(found)
        return {digest: snapshot for digest, (snapshot, _) in found.items()}

    def _keep(self, found: Mapping[str, tuple[Snapshot, int]]) -> None:
        with self._lock:
            for digest, each in found.items():
                self._kept[digest] = each
                self._kept.move_to_end(digest)
            while sum(size for _, size in self._kept.values()) > KEPT:
                self._kept.popitem(last=False)


def _decoded(body: bytes) -> Snapshot:
    try:
        return msgspec.json.decode(body, type=Snapshot)
    except msgspec.DecodeError as error:
        raise UnreadableError(str(error)) from error
