"""What was sealed, read again as it was: packages, and the keys as they are published."""

import base64
from datetime import datetime
from typing import Any

from psycopg import Connection

from stream.snapshot.content.moments import second
from stream.snapshot.seal.errors import NotSealedError
from stream.snapshot.seal.keys import PublicKey
from stream.snapshot.seal.package import Package, pack
from stream.snapshot.seal.published import Endorsement, ListedKey, PublishedKeys
from stream.snapshot.store.queries import query


def read_package(connection: Connection[Any], kind: str, period: str, version: int) -> bytes:
    """The package of a seal, the same bytes whenever it is asked for. Raises `NotSealedError`."""
    package = read_sealed(connection, kind, period, version)
    return pack(package.manifest, package.signature, package.files)


def read_sealed(connection: Connection[Any], kind: str, period: str, version: int) -> Package:
    """The same, as its parts. Raises `NotSealedError`."""
    place = {"kind": kind, "period": period, "version": version}
    row = connection.execute(query("seal_read"), place).fetchone()
    if row is None:
        raise NotSealedError(f"{kind} {period} version {version} is not sealed")
    files = connection.execute(query("seal_read_files"), place).fetchall()
    return Package(bytes(row[0]), bytes(row[1]), {name: bytes(body) for name, body in files})


def read_manifest_before(connection: Connection[Any], kind: str, number: int) -> bytes | None:
    """The manifest with the number before `number`, or None for the first."""
    row = connection.execute(query("seal_read_number"), {"kind": kind, "number": number - 1}).fetchone()
    return None if row is None else bytes(row[0])


def read_published_keys(connection: Connection[Any]) -> PublishedKeys:
    """All public keys of the centre, as they are published."""
    rows = connection.execute(query("seal_key_read")).fetchall()
    return PublishedKeys(keys=tuple(_listed(row) for row in rows))


def _listed(row: tuple[Any, ...]) -> ListedKey:
    name, public, made_at, retired_at, revoked_at, reason, statement, signature, endorsed_by = row
    endorsement = None
    if statement is not None:
        shown = base64.b64encode(bytes(signature)).decode()
        endorsement = Endorsement(by=endorsed_by, statement=bytes(statement).decode(), signature=shown)
    return ListedKey(
        id=name,
        pem=PublicKey(bytes(public)).pem,
        made_at=second(made_at),
        retired_at=_text(retired_at),
        revoked_at=_text(revoked_at),
        reason=reason,
        endorsement=endorsement,
    )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else second(moment)
