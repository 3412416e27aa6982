"""`ioc up`: everything in one folder."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ioc.errors import IocError
from ioc.home import home_option
from ioc.settings import Settings


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The wall's port (default: IOC_PORT, else 8050).")
@click.option("--simulator/--no-simulator", default=True, help="Whether to make up a district's events.")
@click.option("--kafka", is_flag=True, help="Run a real Apache Kafka broker as the event log (needs Java and Maven).")
@click.option("--speed", type=click.FloatRange(0.1, 10_000), default=1.0, show_default=True, help="Simulated traffic.")
@click.option("--workers", type=click.IntRange(1, 16), default=1, show_default=True, help="Workers that apply.")
@click.option(
    "--profile",
    type=click.Choice(["today", "2024"]),
    default="today",
    show_default=True,
    help="The simulated district: today's eight units, or the fifteen of 2024.",
)
@home_option
def up(settings: Settings, /, port: int | None, **wanted: Any) -> None:
    """Run everything in one folder: database, event log, door, worker, wall and simulator. Ctrl-C stops it.

    What IOC_DATABASE_URL, IOC_REDIS_URL or IOC_KAFKA name elsewhere is used and not started. All listeners bind to
    loopback. Logs go to stderr and to the folder `logs` in the home.
    """
    from ioc.services.output import open_logs
    from ioc.services.plan import Wanted, make_plan
    from ioc.services.ports import Ports
    from ioc.services.service import Service
    from ioc.services.state import ServiceState, supervising, write_state
    from ioc.services.supervisor import Supervisor

    if wanted["profile"] == "2024" and wanted["speed"] > 1:
        raise click.UsageError("the district of 2024 has no present to speed up: --speed is for --profile today")
    if port is not None:
        settings = replace(settings, port=port)
    with supervising(settings.home), Ports() as free:
        _keep_to_one_log(settings.home, "kafka" if wanted["kafka"] or settings.kafka else "postgres")

        def live(address: str) -> None:
            click.echo(f"The wall is live: {address}")
            _tell_first_steps(plan.settings)

        plan = make_plan(settings, Wanted(**wanted), free, live)

        def keep(services: Mapping[str, ServiceState]) -> None:
            write_state(settings.home, replace(plan.state, services=services))

        keep({})
        names = [part.name for part in plan.parts if isinstance(part, Service)]
        with open_logs(settings.home / "logs", names) as logs:
            asyncio.run(Supervisor(plan.parts, logs, keep).run())


def _tell_first_steps(settings: Settings) -> None:
    """Where nobody can sign in yet: how the first administrator is made. There is no password that comes along."""
    from datetime import UTC, datetime

    from dashboard.accounts.store import read_accounts
    from ioc.wiring import connect

    with connect(settings) as connection:
        if not read_accounts(connection, datetime.now(UTC)):
            click.echo("Nobody can sign in yet: ioc account add LOGIN --role administrator", err=True)


def _keep_to_one_log(home: Path, kind: str) -> None:
    """Refuse another event log than the home was begun with: its positions would mean other events."""
    file = home / "event-log"
    if not file.exists():
        file.write_text(json.dumps(kind))
    began_with = json.loads(file.read_text())
    if began_with != kind:
        raise IocError(
            f"{home} was begun with the event log in {began_with} and can't go on with {kind}: choose another --home"
        )
