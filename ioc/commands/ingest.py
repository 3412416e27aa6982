"""`ioc ingest`: serve the door, or take in what comes another way."""

import signal
import socket
import sys
from contextlib import suppress

import click
import structlog

from ioc.commands.ingest_check import check
from ioc.commands.ingest_file import file
from ioc.commands.ingest_pack import pack
from ioc.commands.ingest_poll import poll
from ioc.commands.ingest_watch import watch
from ioc.home import home_option
from ioc.listening import check_open
from ioc.settings import Settings


@click.group()
def ingest() -> None:
    """Serve the door, take in files, watch a folder, check what would be understood, make a vendor's pack."""


for _command in (file, watch, check, poll, pack):
    ingest.add_command(_command)


@ingest.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port (default: IOC_DOOR_PORT, else 8070).")
@click.option("--open-to-network", is_flag=True, help="Allow a --host that others can reach.")
@home_option
def serve(settings: Settings, host: str, port: int | None, *, open_to_network: bool) -> None:
    """Serve the door: sources push their events here, each with its own token."""
    port = port or settings.door_port
    check_open(
        host,
        f"ioc: the door is open to the network on {host}:{port}: everyone there can reach /v1/events,"
        " /v1/onestop/sync, /v1/documents/edxml, /v1/conference/bigbluebutton and /v1/health, without encryption:"
        " put a TLS proxy before it",
        open_to_network=open_to_network,
    )
    _serve(settings, host, port)


def _serve(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from ingest.door import create_door
    from ioc.trusting import open_trust
    from ioc.wiring import open_log, open_source_book

    trust = open_trust(settings)
    log, book = open_log(settings), open_source_book(settings)
    config = uvicorn.Config(
        create_door(log, book, trust=trust),
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,  # the door writes its own lines, which never carry what was sent
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    # uvicorn finishes what it is doing and then raises the signal again: that is a clean end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family, backlog=1024) as listener, suppress(KeyboardInterrupt):
            structlog.get_logger("ioc.door").info("door.serving", host=host, port=port)
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        log.close()
        book.close()
