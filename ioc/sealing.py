"""Keys of seals in a home: private parts in files that only their owner reads, public ones for everybody.

`<home>/secrets/snapshot-keys/<id>.pem` are private; `<home>/snapshot-keys/` has `keys.json` and the public keys as PEM,
written anew whenever a key changes.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from psycopg import Connection

from ioc.errors import IocError
from ioc.services.secret import keep_secret
from ioc.settings import Settings
from stream.snapshot.seal.errors import KeyFileError, SealError
from stream.snapshot.seal.keybook import add_key, key_in_use, lock_keys, retire_key, revoke_key
from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.seal.published import ListedKey, PublishedKeys, endorse, published_files
from stream.snapshot.seal.reading import read_published_keys

_log = structlog.get_logger(__name__)


class MissingKeyError(SealError, IocError):
    """The private part of the key in use is not in this home: nothing is sealed, rather than sealed unsigned."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"the private key secrets/snapshot-keys/{file.name} of the home is missing, or is not the one in use:"
            " restore it from the backup (the folder `secrets`), or make a new one with `ioc keys new --reason …`,"
            " which the province then has to be told of"
        )


def signing_key(settings: Settings, connection: Connection[Any], now: datetime) -> SigningKey:
    """The key to seal with now; the first one is made here, with a loud line, when it is first needed.

    Asked for each seal, so that a key that was replaced meanwhile is used no more. Raises `SealError`.
    """
    listed = key_in_use(connection)
    return _first_key(settings, connection, now) if listed is None else private_key(settings, listed.id)


def private_key(settings: Settings, key: str) -> SigningKey:
    """The private key with that id. Raises `MissingKeyError` where it is not in the home, or another one is."""
    file = _private_file(settings, key)
    try:
        found = SigningKey.from_pem(file.read_text())
    except (FileNotFoundError, KeyFileError):
        raise MissingKeyError(file) from None
    if found.id != key:
        raise MissingKeyError(file)
    return found


def new_key(settings: Settings, connection: Connection[Any], now: datetime, reason: str | None) -> SigningKey:
    """A key that no other one endorses: the first, or where the key before was revoked or lost (with a reason)."""
    with connection.transaction():
        lock_keys(connection)
        in_use = key_in_use(connection)
        if in_use is not None:
            if _private_file(settings, in_use.id).exists():
                raise IocError(
                    f"the key {in_use.id[:16]} is in use: `ioc keys rotate` replaces it, and endorses the new"
                )
            if reason is None:
                raise IocError(f"the key {in_use.id[:16]} is in use, its private part is lost: say so with --reason")
            retire_key(connection, in_use.id, now, reason)
        made = _made(settings, connection, now)
    publish(settings, connection)
    return made


def rotate_key(settings: Settings, connection: Connection[Any], now: datetime, reason: str) -> SigningKey:
    """A key that takes the place of the one in use, which signs that it does. Raises `SealError`."""
    with connection.transaction():
        lock_keys(connection)
        in_use = key_in_use(connection)
        if in_use is None:
            raise IocError("no key is in use: `ioc keys new` makes one")
        old, new = private_key(settings, in_use.id), SigningKey.generate()
        keep_secret(_private_file(settings, new.id), new.pem)
        retire_key(connection, old.id, now, reason)
        add_key(connection, new.public, now, endorse(old, new.public, now, reason))
    publish(settings, connection)
    return new


def revoke(settings: Settings, connection: Connection[Any], key: str, now: datetime, reason: str) -> ListedKey:
    """Revoke the key whose id begins with `key`; answers what is published of it now."""
    with connection.transaction():
        lock_keys(connection)
        matching = [each.id for each in read_published_keys(connection).keys if each.id.startswith(key)]
        if len(matching) != 1:
            raise IocError(f"{len(matching)} keys begin with {key!r}: `ioc keys list` has them")
        revoke_key(connection, matching[0], now, reason)
    return next(each for each in publish(settings, connection).keys if each.id == matching[0])


def publish(settings: Settings, connection: Connection[Any], out: Path | None = None) -> PublishedKeys:
    """Write the list of keys to `out` (default: in the home), and every public key and endorsement beside it.

    A key that nobody endorses and whose private part is not in this home is told loudly: who can write the database
    could have put it there, and whoever is given the list believes it.
    """
    published = read_published_keys(connection)
    for each in published.keys:
        if each.endorsement is None and not has_private(settings, each.id):
            _log.warning("snapshot.key_of_nobody", key=each.id, advice="publish it only if you know whose it is")
    file = out or keys_file(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    for name, body in published_files(published).items():
        _write(file if name == "keys.json" else file.with_name(name), body)
    return published


def keys_file(settings: Settings) -> Path:
    """Where the home keeps the list of its public keys."""
    return settings.home / "snapshot-keys" / "keys.json"


def has_private(settings: Settings, key: str) -> bool:
    """Whether the private part of the key is in this home."""
    return _private_file(settings, key).exists()


def _first_key(settings: Settings, connection: Connection[Any], now: datetime) -> SigningKey:
    with connection.transaction():
        lock_keys(connection)
        in_use = key_in_use(connection)
        if in_use is not None:  # another one was quicker
            return private_key(settings, in_use.id)
        if read_published_keys(connection).keys:
            raise SealError("no key is in use, the last one was revoked: `ioc keys new` makes another one")
        made = _made(settings, connection, now)
    publish(settings, connection)
    _log.warning(
        "snapshot.first_key_made", key=made.id, public=str(keys_file(settings)),
        advice="give the public key to the province, and keep the home's folder `secrets` in the backup",
    )  # fmt: skip
    return made


def _made(settings: Settings, connection: Connection[Any], now: datetime) -> SigningKey:
    made = SigningKey.generate()
    keep_secret(_private_file(settings, made.id), made.pem)
    add_key(connection, made.public, now)
    return made


def _private_file(settings: Settings, key: str) -> Path:
    return settings.home / "secrets" / "snapshot-keys" / f"{key}.pem"


def _write(file: Path, body: bytes) -> None:
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_bytes(body)
    draft.replace(file)
