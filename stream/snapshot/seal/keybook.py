"""The book of keys in the database: which key is used, and since when one is no more. Private parts never come here."""

import base64
from datetime import datetime
from typing import Any, Final

from psycopg import Connection

from stream.snapshot.seal.errors import SealError
from stream.snapshot.seal.keys import PublicKey
from stream.snapshot.seal.published import Endorsement, ListedKey
from stream.snapshot.seal.reading import read_published_keys
from stream.snapshot.store.queries import query

_ONE_CHANGES: Final = 0x10C_0072


def lock_keys(connection: Connection[Any]) -> None:
    """Let nobody else change the book until the end of the transaction."""
    connection.execute(query("seal_key_lock"), {"space": _ONE_CHANGES})


def key_in_use(connection: Connection[Any]) -> ListedKey | None:
    """The key that seals now: the newest that is neither retired nor revoked."""
    keys = read_published_keys(connection).keys
    return next((each for each in reversed(keys) if each.retired_at is None and each.revoked_at is None), None)


def add_key(
    connection: Connection[Any], key: PublicKey, made_at: datetime, endorsement: Endorsement | None = None
) -> None:
    """Put a new key into the book; with the word of the key before it, where that one can still give it."""
    told = {"statement": None, "endorsement": None, "by": None} if endorsement is None else {
        "statement": endorsement.statement.encode(),
        "endorsement": base64.b64decode(endorsement.signature),
        "by": endorsement.by,
    }  # fmt: skip
    connection.execute(
        query("seal_key_write"), {"id": key.id, "public": key.raw, "made_at": made_at, **told}
    )  # fmt: skip


def retire_key(connection: Connection[Any], key: str, at: datetime, reason: str | None) -> None:
    """Take the key out of use; what it has sealed stays good."""
    connection.execute(query("seal_key_take"), {"id": key})  # who seals with it just now has ended then, and is seen
    connection.execute(query("seal_key_retire"), {"id": key, "at": at, "reason": reason})


def revoke_key(connection: Connection[Any], key: str, at: datetime, reason: str) -> None:
    """Say that nobody is to trust the key from now on. Raises `SealError` where it was revoked before."""
    if connection.execute(query("seal_key_revoke"), {"id": key, "at": at, "reason": reason}).rowcount == 0:
        raise SealError(f"the key {key[:16]} was revoked before, or is none of the centre's")
