"""`ioc ingest poll`: ask a bridge for its statistics again and again, and put what it says into the log."""

import signal
from threading import Event

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.kind_asked import registered
from ioc.settings import Settings


@click.command()
@click.argument("source_id", metavar="SOURCE")
@click.option(
    "--url", required=True, envvar="IOC_POLL_URL", metavar="URL",
    help="The bridge's statistics: http://bridge:8080/colibri/stats. With a password in it, give it as IOC_POLL_URL:"
    " the processes of a machine see each other's arguments.",
)  # fmt: skip
@click.option(
    "--every", type=click.FloatRange(1, 3600), default=10.0, show_default=True, help="Seconds from poll to poll."
)
@click.option("--endpoint", metavar="CODE", help="Which endpoint of the source it is (default: its only one).")
@home_option
def poll(settings: Settings, source_id: str, url: str, every: float, endpoint: str | None) -> None:
    """Poll a Jitsi Videobridge: samples of its quality, whether it answers, and a heartbeat each minute."""
    from ingest.polling import Bridge, Poller
    from ingest.refusal import RefusedError
    from ioc.wiring import open_log

    source = registered(settings, source_id, "jitsi")
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    log = open_log(settings)
    try:
        with Bridge(url) as bridge:
            Poller(log, source, bridge, endpoint=endpoint, every=every).run(stop)
    except RefusedError as error:
        raise IocError(
            f"{error}: `ioc source add {source_id} --kind jitsi --agency CODE=UNIT`, or --endpoint"
        ) from None
    finally:
        log.close()
