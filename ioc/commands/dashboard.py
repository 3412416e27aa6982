"""`ioc dashboard`: what people see."""

from typing import TYPE_CHECKING, Literal

import click

from ioc.home import home_option
from ioc.listening import check_open, is_loopback
from ioc.settings import Settings

if TYPE_CHECKING:
    from stream.alerts.line import Line


@click.group()
def dashboard() -> None:
    """Serve the wall and the pages about data."""


@dashboard.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port (default: IOC_PORT, else 8050).")
@click.option("--open-to-network", is_flag=True, help="Allow a --host that others can reach.")
@click.option(
    "--access",
    type=click.Choice(["open", "enrolled"]),
    help="Who may look at figures: anybody who reaches it, or enrolled displays and people who sign in (default: open"
    " on loopback, enrolled beyond). Cases need a person always.",
)
@home_option
def serve(
    settings: Settings, *, host: str, port: int | None, open_to_network: bool,
    access: Literal["open", "enrolled"] | None,
) -> None:  # fmt: skip
    """Serve the wall at /wall/, the data page at /data/ and the displays at /displays/ until stopped."""
    from dashboard.ops.outward import Outward
    from dashboard.serve import serve as run
    from dashboard.server import create_server
    from ioc.boundaries import watched
    from ioc.operating import entry_of, operators_of
    from ioc.snapshots.configuring import SchedulesInForce
    from ioc.telling import tell_of
    from ioc.wiring import connect

    listening_port = port or settings.port
    rule = access or ("open" if is_loopback(host) else "enrolled")
    check_open(
        host,
        f"Open to the network: whoever reaches {host}:{listening_port} {_SEES[rule]}",
        open_to_network=open_to_network,
    )
    schedules = SchedulesInForce(settings.home)
    server = create_server(
        lambda: connect(settings),
        settings.redis_url,
        imported=watched(settings.home),
        entry=entry_of(settings, rule),
        outward=Outward(
            tell_of(settings), operators_of(settings), _line_of(settings), schedules, lambda: schedules.problem
        ),
    )
    run(server, host=host, port=listening_port)


def _line_of(settings: Settings) -> "Line":
    """The line of escalations as the service goes by it; the shipped one where the centre's file has a mistake."""
    from ioc.alerting.deciding import RulesInForce

    rules = RulesInForce(settings.home)
    rules.renew()
    return rules.rules.line


_SEES = {
    "open": "sees the figures of the wall and the state of the sources, without a password. No personal data; cases are"
    " seen, and anything is changed, by people who sign in at /sign-in/ only.",
    "enrolled": "sees nothing without a session: a display is enrolled at /display/ and approved at /displays/, people"
    " sign in at /sign-in/ with accounts that `ioc account add` makes. Put TLS before it: displays need https.",
}
