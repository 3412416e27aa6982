"""`ioc doctor`: what runs, what is missing, what to do."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ioc.home import home_option
from ioc.settings import Settings

if TYPE_CHECKING:
    from ioc.diagnosis.finding import Finding


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@home_option
def doctor(settings: Settings, form: str) -> None:
    """Say what runs, what is missing and what to do. Exit status 1 when something that is needed is broken."""
    findings = _look(settings)
    healthy = all(finding.state != "broken" for finding in findings)
    if form == "json":
        document = {"healthy": healthy, "home": str(settings.home), "findings": [asdict(each) for each in findings]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        _print(findings)
    if not healthy:
        raise click.exceptions.Exit(1)


def _look(settings: Settings) -> "Sequence[Finding]":
    from ioc.diagnosis.database import look_at_database
    from ioc.diagnosis.deliveries import look_at_deliveries
    from ioc.diagnosis.log import look_at_log
    from ioc.diagnosis.machine import look_at_disk, look_at_tools
    from ioc.diagnosis.redis import look_at_redis
    from ioc.diagnosis.services import look_at_services
    from ioc.diagnosis.snapshots import look_at_snapshots

    found = [*look_at_services(settings), *look_at_database(settings)]
    if any(each.topic == "migrations" and each.state == "ok" for each in found):
        found += [look_at_log(settings), *look_at_snapshots(settings), *look_at_deliveries(settings)]
    return [*found, look_at_redis(settings), look_at_disk(settings.home), *look_at_tools()]


def _print(findings: "Sequence[Finding]") -> None:
    from rich.console import Console
    from rich.table import Table

    marks = {"ok": "[green]ok[/]", "absent": "[yellow]absent[/]", "broken": "[red]broken[/]"}
    table = Table("", "state", "found", "what to do", box=None, pad_edge=False)
    for each in findings:
        table.add_row(each.topic, marks[each.state], each.what, each.todo)
    Console().print(table)
