"""`ioc receive`: the receiver of snapshots, for provinces."""

import socket
from pathlib import Path
from typing import Any

import click

from ioc.home import home_option
from ioc.listening import check_open, is_loopback
from ioc.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8090, show_default=True, help="The port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open-to-network", is_flag=True, help="Allow a --host that others can reach.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where packages and receipts are kept (default: received in the home).",
)
@click.option(
    "--keys",
    type=_FILE,
    multiple=True,
    required=True,
    help="The sealer's public keys: keys.json or PEM files. Read again when they change.",
)
@click.option("--area", "areas", multiple=True, help="Take packages of this area only (as moc-chau). Repeat it.")
@click.option("--name", default=socket.gethostname, help="Who receives, as receipts say it (default: this machine).")
@click.option("--tls-cert", type=_FILE, help="PEM file of the certificate.")
@click.option("--tls-key", type=_FILE, help="PEM file of its key.")
@click.option("--token-file", type=_FILE, help="Who may come in: one token a line.")
@click.option("--receipt-key", type=_FILE, help="PEM file of an Ed25519 key to sign receipts with.")
@home_option
def receive(settings: Settings, /, host: str, port: int, *, open_to_network: bool, **told: Any) -> None:
    """Take sealed snapshots (POST /v1/snapshots), check them, keep them and answer with receipts, until stopped."""
    from ioc.receiving.serving import Served, serve

    if (told["tls_cert"] is None) != (told["tls_key"] is None):
        raise click.UsageError("--tls-cert and --tls-key go together")
    check_open(host, f"ioc: the receiver is open to the network on {host}:{port}", open_to_network=open_to_network)
    if not is_loopback(host) and (told["tls_cert"] is None or told["token_file"] is None):
        raise click.UsageError(f"--host {host} can be reached by others: add --tls-cert, --tls-key and --token-file")
    serve(
        Served(
            host, port, told["folder"] or settings.home / "received", told["keys"], told["name"],
            told["tls_cert"], told["tls_key"], told["token_file"], told["receipt_key"], told["areas"],
        )
    )  # fmt: skip
