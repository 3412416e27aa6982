"""`ioc dashboard`: what people see."""

import click

from ioc.home import home_option
from ioc.listening import check_open
from ioc.settings import Settings


@click.group()
def dashboard() -> None:
    """Serve the wall and the pages about data."""


@dashboard.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port (default: IOC_PORT, else 8050).")
@click.option("--open-to-network", is_flag=True, help="Allow a --host that others can reach.")
@home_option
def serve(settings: Settings, *, host: str, port: int | None, open_to_network: bool) -> None:
    """Serve the wall at /wall/ and the data page at /data/ until stopped."""
    from dashboard.serve import serve as run
    from dashboard.server import create_server
    from ioc.boundaries import watched
    from ioc.operating import operators_of
    from ioc.wiring import connect

    listening_port = port or settings.port
    check_open(
        host,
        f"Open to the network: whoever reaches {host}:{listening_port} sees the figures of the wall"
        " and the state of the sources, without a password. Figures only: no personal data, and nothing can be"
        " changed without the operator's key.",
        open_to_network=open_to_network,
    )
    server = create_server(
        lambda: connect(settings),
        settings.redis_url,
        imported=watched(settings.home),
        operators=operators_of(settings),
    )
    run(server, host=host, port=listening_port)
