"""`ioc alert`: the rules, the alerts that are open, silences, and the service that tells people."""

import json
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import click

from ioc.home import home_option
from ioc.settings import Settings

_FORMAT = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)


@click.group()
def alert() -> None:
    """Check rules of alerts (cảnh báo), list alerts, be silent, send."""


@alert.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@_FORMAT
@home_option
def check(settings: Settings, file: Path | None, form: str) -> None:
    """Say which rules would hold with FILE (default: alerts.toml in the home), or what is wrong with it."""
    from ioc.alerting.deciding import rules_in
    from ioc.alerting.tables import rule_json, rules_table
    from stream.alerts.rules import read_rules

    rules = rules_in(settings.home) if file is None else read_rules(str(file), file.read_text(encoding="utf-8"))
    if form == "json":
        line = [{"rank": each.number, "name": each.name.vi, "within": str(each.within)} for each in rules.line.ranks]
        click.echo(_json({"rules": [rule_json(each) for each in rules], "line": line}))
    else:
        _print(rules_table(list(rules)))


@alert.command("list")
@click.option("--closed", is_flag=True, help="Those that closed in the last seven days.")
@_FORMAT
@home_option
def list_alerts(settings: Settings, form: str, *, closed: bool) -> None:
    """List the open alerts, with what was sent of each."""
    from ioc.alerting.tables import alerts_table
    from ioc.wiring import connect
    from stream.alerts.view import read_closed, read_open

    with connect(settings) as connection:
        found = read_closed(connection, datetime.now(UTC)) if closed else read_open(connection)
    if form == "json":
        click.echo(_json({"alerts": found}))
    else:
        _print(alerts_table(found))


@alert.command()
@home_option
def work(settings: Settings) -> None:
    """Evaluate the rules, send what became of alerts, and escalate what nobody answers, until stopped."""
    from ioc.alerting.opening import open_alerting

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with open_alerting(settings) as alerting:
        alerting.run(stop)


@alert.command()
@click.option("--rule", help="Of alerts of this rule.")
@click.option("--unit", help="Of alerts about this unit (five-digit code).")
@click.option("--hours", type=click.FloatRange(min=0.1, max=31 * 24), required=True, help="For so long.")
@click.option("--reason", required=True, help="Why; it stands on the page.")
@click.option("--by", default="ioc", show_default=True, help="Who asks for it (login).")
@home_option
def silence(settings: Settings, /, rule: str | None, unit: str | None, **told: Any) -> None:
    """Send nothing of a rule, of a unit or of a rule in a unit for a while; alerts are shown all the same."""
    if rule is None and unit is None:
        raise click.UsageError("say what to be silent of: --rule, --unit or both")
    from ioc.alerting.deciding import rules_in
    from ioc.wiring import connect
    from stream.alerts.silences import Wanted, write_silence
    from stream.personal import personal_in

    if not told["reason"].strip():
        raise click.UsageError("say why: the reason stands on the page")
    if rule is not None and rule not in rules_in(settings.home).rules:
        raise click.UsageError(f"no rule is called {rule!r}: `ioc alert check` has them")
    if (what := personal_in(told["reason"])) is not None:
        raise click.UsageError(f"the reason names a person ({what}): write it without")
    now = datetime.now(UTC)
    wanted = Wanted(rule, unit, told["reason"].strip(), told["by"], now + timedelta(hours=told["hours"]))
    with connect(settings) as connection:
        number = write_silence(connection, wanted, now)
    click.echo(_json({"silence": number, "rule": rule, "unit": unit, "until": wanted.until}))


@alert.command()
@click.argument("number", type=int)
@click.option("--by", default="ioc", show_default=True, help="Who ends it (login).")
@home_option
def speak(settings: Settings, number: int, by: str) -> None:
    """End the silence NUMBER before its time."""
    from ioc.wiring import connect
    from stream.alerts.silences import end_silence

    with connect(settings) as connection:
        end_silence(connection, number, by, datetime.now(UTC))


@alert.command()
@home_option
def test(settings: Settings) -> None:
    """Send a test by each channel. Exit status 1 where one of them fails, or none is set up."""
    from ioc.alerting.channel import SendError
    from ioc.alerting.opening import senders_of

    told = []
    for sender in senders_of(settings):
        try:
            sender.test()
            told.append({"channel": sender.channel, "where": sender.where, "sent": True, "error": None})
        except SendError as error:
            told.append({"channel": sender.channel, "where": sender.where, "sent": False, "error": str(error)})
    click.echo(_json({"channels": told}))
    if not told:
        raise click.ClickException("no channel is set up: set IOC_SMTP_URL or IOC_WEBHOOK_URL (docs/alerts.md)")
    if not all(each["sent"] for each in told):
        raise click.ClickException("a channel did not take the test")


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _print(table: object) -> None:
    from rich.console import Console

    Console().print(table)
