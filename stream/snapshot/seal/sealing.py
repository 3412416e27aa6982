"""Sealing a snapshot in the transaction of who makes it: nothing is sealed unless all of it is, and none twice."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from psycopg import Connection, errors

from stream.snapshot.content.document import Snapshot
from stream.snapshot.seal.errors import RetiredKeyError, SealError, SealRaceError
from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.seal.making import FIRST, Place, Sealed, sealable, signed
from stream.snapshot.seal.moments import moment_of
from stream.snapshot.store.queries import query

__all__ = ["Sealed", "seal"]

_ONE_SEALS: Final = 0x10C_0071
"""Advisory lock of who appends to a chain; the second number of it is the kind's."""


def seal(
    connection: Connection[Any], snapshot: Snapshot, files: Mapping[str, bytes], key: SigningKey, sealed_at: datetime
) -> Sealed:
    """Number, sign, chain and keep a snapshot with its renderings; the slot's row has to be there.

    Runs in the caller's transaction and holds the kind's chain until its end. Raises `SealError` for what must not be
    sealed (a draft; a JSON that is not the snapshot's; a key that is out of use), `SealRaceError` where another one
    sealed meanwhile.
    """
    sealable(snapshot, files)
    kind = {"kind": snapshot.kind}
    connection.execute(query("seal_lock"), {"space": _ONE_SEALS, **kind})
    _check_key(connection, key)
    _check_restated(connection, snapshot)
    last = connection.execute(query("seal_last"), kind).fetchone()
    place = FIRST if last is None else Place(last[0] + 1, last[1])
    sealed = signed(snapshot, files, key, place, sealed_at)
    try:
        _write(connection, sealed, files)
    except (errors.UniqueViolation, errors.SerializationFailure) as error:
        raise SealRaceError(f"another one sealed {snapshot.kind} meanwhile") from error
    return sealed


def _check_key(connection: Connection[Any], key: SigningKey) -> None:
    if connection.execute(query("seal_key_in_use"), {"id": key.id}).fetchone() is None:
        raise RetiredKeyError(f"the key {key.id[:16]} is not in use: `ioc keys list` has the one that is")


def _check_restated(connection: Connection[Any], snapshot: Snapshot) -> None:
    restates = snapshot.restates
    if restates is None:
        return
    asked = {"kind": snapshot.kind, "period": snapshot.period.name, "version": restates.version}
    row = connection.execute(query("seal_restated"), asked).fetchone()
    if row is None or row[0] != restates.digest:
        raise SealError(
            f"version {restates.version}, which this one restates, was not sealed as {restates.digest[:16]}"
        )


def _write(connection: Connection[Any], sealed: Sealed, files: Mapping[str, bytes]) -> None:
    manifest = sealed.manifest
    place = {"kind": manifest.kind, "period": manifest.period, "version": manifest.version}
    told = {
        "number": manifest.number,
        "digest": sealed.digest,
        "previous": manifest.previous,
        "key": manifest.key,
        "due_at": moment_of(manifest.due_at),
        "as_of": moment_of(manifest.as_of),
        "known_at": moment_of(manifest.known_at),
        "sealed_at": moment_of(manifest.sealed_at),
        "is_partial": manifest.is_partial,
        "late": list(manifest.late),
        "manifest": sealed.body,
        "signature": sealed.signature,
    }
    connection.execute(query("seal_write"), {**place, **told})
    bodies = {
        "names": list(manifest.files),
        "digests": [each.sha256 for each in manifest.files.values()],
        "bodies": [files[name] for name in manifest.files],
    }
    connection.execute(query("seal_write_file"), {**place, **bodies})
