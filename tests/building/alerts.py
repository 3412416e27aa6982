"""The alerting service in tests: what it goes by, one evaluation at a moment, and what it kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from stream.alerts.conditions import Conditions
from stream.alerts.evaluating import Became, evaluate_alerts, facts_of
from stream.alerts.judging import Cause
from stream.alerts.keeping import Standing, write_happening, write_standing
from stream.alerts.lives import Lives
from stream.alerts.machine import Alert, Happening
from stream.alerts.observing import Observer
from stream.alerts.rule import Level
from stream.alerts.rules import AlertRules, read_rules, shipped_rules
from stream.core.moment import moment_of
from stream.first_rules import first_rules
from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import Bilingual

CHANNELS = ("email", "webhook")


class Service:
    """What the service holds between two evaluations, without its loop."""

    def __init__(self, connection: psycopg.Connection, rules: AlertRules | None = None) -> None:
        self.connection = connection
        self.rules = shipped_rules() if rules is None else rules
        self.observer = Observer(load_catalogue(), Conditions(Lives(first_rules())))

    def at(self, now: datetime, channels: Sequence[str] = CHANNELS) -> Sequence[Became]:
        """Evaluate once, as of a moment."""
        look = self.observer.look(self.connection, self.rules, now)
        return evaluate_alerts(self.connection, self.rules, look, channels)


def only(*names: str, own: str = "") -> AlertRules:
    """Those of the shipped rules, with a centre's file over them."""
    rules = read_rules("alerts.toml", own)
    return AlertRules({name: rule for name, rule in rules.rules.items() if name in names}, rules.line)


def alerts(connection: psycopg.Connection) -> list[Mapping[str, Any]]:
    """All alerts, oldest first."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return list(cursor.execute("select * from alert order by id").fetchall())


def happened(became: Sequence[Became]) -> list[tuple[str, str, str]]:
    """What became of which alert: rule, subject, what."""
    return [(each.standing.cause.rule, each.standing.cause.subject, each.happening.kind) for each in became]


def live(connection: psycopg.Connection) -> None:
    """The worker is at the head of the log, whatever the clock says: figures are not frozen."""
    connection.execute("update part_offset set reached_at = null")


def told_of(
    connection: psycopg.Connection,
    at: datetime,
    *,
    channels: Sequence[str] = CHANNELS,
    subject: str = "03980",
    level: Level = "alarm",
    number: int = 2,
    title: str | None = None,
) -> int:
    """An alert that opened just now, and what is to be sent of it; answers its number."""
    rule = replace(shipped_rules().rules["overdue_long"], level=level)
    if title is not None:
        rule = replace(rule, title=Bilingual(title, title))
    moment, codes = moment_of(at), tuple(f"H52-{each}" for each in range(min(number, 50)))
    alert = Alert(
        "open", moment, moment, opened=moment, value=number, worst=number, cases=codes, number=number, told=True
    )
    standing = Standing(0, Cause(rule.id, subject), level, alert)
    written = replace(standing, id=write_standing(connection, None, standing, facts_of(rule)))
    write_happening(connection, written, Happening("opened", is_told=True), channels, at)
    return written.id
