"""`ioc keys`: what snapshots are sealed with, and what the province checks them with."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ioc.home import home_option
from ioc.settings import Settings

if TYPE_CHECKING:
    from stream.snapshot.seal.published import ListedKey


@click.group()
def keys() -> None:
    """Make, replace, revoke and publish the keys (Ed25519) that snapshots are sealed with."""


@keys.command()
@click.option("--reason", help="Why no key before endorses it; needed where a key is in use and its private part lost.")
@home_option
def new(settings: Settings, reason: str | None) -> None:
    """Make a key that no other one endorses: the first, or after one was revoked or lost."""
    from ioc.sealing import new_key
    from ioc.wiring import connect

    with connect(settings) as connection:
        made = new_key(settings, connection, datetime.now(UTC), reason)
    _tell(settings, made.id)


@keys.command("list")
@home_option
def list_keys(settings: Settings) -> None:
    """List all keys: which is in use, which were replaced or revoked, and whether the private part is in this home."""
    from ioc.sealing import has_private
    from ioc.wiring import connect
    from stream.snapshot.seal.reading import read_published_keys

    with connect(settings) as connection:
        listed = read_published_keys(connection).keys
    click.echo(_json({"keys": [_shown(each) | {"private": has_private(settings, each.id)} for each in listed]}))


@keys.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Default: snapshot-keys/keys.json here.")
@home_option
def publish(settings: Settings, out: Path | None) -> None:
    """Write keys.json with all public keys, and beside it every key as PEM: what the province is given."""
    from ioc.sealing import keys_file
    from ioc.sealing import publish as write
    from ioc.wiring import connect

    with connect(settings) as connection:
        published = write(settings, connection, out)
    told = {"file": str((out or keys_file(settings)).absolute()), "keys": [each.id for each in published.keys]}
    click.echo(_json(told))


@keys.command()
@click.option("--reason", default="thay khóa định kỳ", show_default=True, help="Why; it stands in the endorsement.")
@home_option
def rotate(settings: Settings, reason: str) -> None:
    """Replace the key in use: it signs that the new one takes its place, so that who trusts it can follow."""
    from ioc.sealing import rotate_key
    from ioc.wiring import connect

    with connect(settings) as connection:
        made = rotate_key(settings, connection, datetime.now(UTC), reason)
    _tell(settings, made.id)


@keys.command()
@click.argument("key", metavar="ID")
@click.option("--reason", required=True, help="Why; it is published.")
@home_option
def revoke(settings: Settings, key: str, reason: str) -> None:
    """Say that nobody is to trust the key ID (or what its id begins with) any more: stolen, or lost."""
    from ioc.sealing import revoke as revoke_now
    from ioc.wiring import connect

    if len(key) < 8:
        raise click.UsageError("give eight digits of the id at least: `ioc keys list` has them")
    if not reason.strip():
        raise click.UsageError("say why: it is published")
    with connect(settings) as connection:
        revoked = revoke_now(settings, connection, key, datetime.now(UTC), reason.strip())
    click.echo(_json(_shown(revoked)))


def _tell(settings: Settings, key: str) -> None:
    from ioc.sealing import keys_file

    click.echo(_json({"key": key, "public": str(keys_file(settings))}))
    click.echo("Give the public key to the province, and keep the folder `secrets` in the backup.", err=True)


def _shown(each: "ListedKey") -> dict[str, Any]:
    return {
        "id": each.id,
        "state": "revoked" if each.revoked_at else "retired" if each.retired_at else "in_use",
        "made_at": each.made_at,
        "retired_at": each.retired_at,
        "revoked_at": each.revoked_at,
        "reason": each.reason,
        "endorsed_by": each.endorsement.by if each.endorsement else None,
    }


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)
