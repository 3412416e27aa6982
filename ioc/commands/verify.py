"""`ioc verify`: whether packages are what was sealed, with the public key alone; with the database, computed again."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.settings import Settings

if TYPE_CHECKING:
    from ioc.verifying import Verified
    from stream.snapshot.seal.keyring import Keyring

_PATH = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("files", metavar="FILE...", type=_PATH, nargs=-1, required=True)
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A public key (PEM) or keys.json, got by another way than the package (default: the home's own). Repeat it.",
)
@click.option("--quick", is_flag=True, help="Do not render the files again: signature, digests, JSON and chain only.")
@click.option("--recompute", is_flag=True, help="Compute everything again in the running centre, and compare.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@home_option
def verify(settings: Settings, /, files: tuple[Path, ...], keys: tuple[Path, ...], form: str, **how: bool) -> None:
    """Check packages: FILE is a package, a folder of packages, an unpacked one, or a manifest.json beside its files.

    Exit status 0: all of it is proven. 1: it is not, each finding says why. 2: called wrongly.
    """
    from ioc.verify_view import document, is_proven, lines
    from ioc.verifying import given_in, together
    from ioc.verifying import verify as verify_one

    try:
        ring = _ring(settings, keys)
        paths = given_in(files)
    except IocError as error:
        raise click.UsageError(str(error)) from error
    verified = [verify_one(path, ring) for path in paths]
    if not how["quick"]:
        verified = [_rendered(each) for each in verified]
    if how["recompute"]:
        verified = _recomputed(settings, verified)
    chain = together(verified)
    if form == "json":
        click.echo(
            json.dumps(document(verified, chain, ring, recomputed=how["recompute"]), ensure_ascii=False, indent=2)
        )
    else:
        click.echo("\n".join(lines(verified, chain)))
    if not is_proven(verified, chain):
        click.get_current_context().exit(1)


def _ring(settings: Settings, keys: Sequence[Path]) -> "Keyring":
    from ioc.verifying import keys_in

    own = settings.home / "snapshot-keys" / "keys.json"
    if not keys and not own.is_file():
        raise IocError("say whose seal it has to be: --key PUBLIC.pem or --key keys.json, which the centre publishes")
    return keys_in(keys or [own])


def _rendered(verified: "Verified") -> "Verified":
    """Only what is proven so far: files of a stranger are not opened, they may be made to break what reads them."""
    from ioc.verifying import added
    from stream.snapshot.seal.renderings import check_renderings

    package, snapshot = verified.checked.package, verified.checked.snapshot
    if package is None or snapshot is None or not verified.checked.findings.is_proven:
        return verified
    return added(verified, list(check_renderings(snapshot, package.files)))


def _recomputed(settings: Settings, verified: Sequence["Verified"]) -> list["Verified"]:
    from ioc.verifying import added
    from ioc.wiring import connect
    from stream.snapshot.seal.recomputing import recompute

    found = []
    with connect(settings) as connection:
        for each in verified:
            package, snapshot = each.checked.package, each.checked.snapshot
            if package is None or snapshot is None:
                found.append(each)
            else:
                found.append(added(each, list(recompute(connection, package, snapshot))))
    return found
