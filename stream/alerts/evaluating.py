"""One evaluation: what was seen goes through every alert's life, in one transaction. Twice the same changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from psycopg import Connection

from stream.alerts.judging import Cause, unseen
from stream.alerts.keeping import Standing, forget, read_standing, write_happening, write_standing
from stream.alerts.machine import Alert, Happening, Moments, Stepped, Terms, step
from stream.alerts.observing import Look
from stream.alerts.rule import Rule
from stream.alerts.rules import AlertRules
from stream.alerts.silences import Silence, is_silenced, read_silences
from stream.core.moment import moment_of
from stream.store.queries import query as store_query

WRITTEN_EVERY: Final = 60
"""Seconds after which an alert of which nothing changed but the time is written again."""


class Became(NamedTuple):
    """What became of an alert."""

    standing: Standing
    happening: Happening


def evaluate_alerts(
    connection: Connection[Any], rules: AlertRules, look: Look, channels: Sequence[str]
) -> Sequence[Became]:
    """Put what was seen into the book, and what is to be told of it into the outbox of each channel.

    The connection is in autocommit and in no transaction. Of several services one evaluates at a time.
    """
    found: list[Became] = []
    with connection.transaction():
        connection.execute(
            store_query("read_frozen")
        )  # first: `stream.rebuild.replace` locks its table before all else
        standing, silences = read_standing(connection), read_silences(connection, look.now)
        for cause in dict.fromkeys([*standing, *look.seen]):
            before = standing.get(cause)
            rule = rules.rules.get(cause.rule)
            stepped = _stepped(cause, None if before is None else before.alert, rule, look, silences)
            after = _written(connection, cause, (before, stepped), rule)
            if after is None:
                continue
            for happening in stepped.happenings:
                write_happening(connection, after, happening, channels, look.now)
                found.append(Became(after, happening))
    return found


def facts_of(rule: Rule) -> Mapping[str, Any]:
    """What is told of a rule to those who do not have its file."""
    return {
        "title": {"vi": rule.title.vi, "en": rule.title.en},
        "kind": rule.kind,
        "about": rule.about,
        "limit": rule.limit,
        "clear": rule.clear,
        "is_above": rule.is_above,
        "for": str(rule.lasts),
        "longer_than": None if rule.longer_than is None else str(rule.longer_than),
    }


def _stepped(cause: Cause, alert: Alert | None, rule: Rule | None, look: Look, silences: Sequence[Silence]) -> Stepped:
    seen = look.seen.get(cause) or unseen(rule)
    terms = Terms() if rule is None else Terms(rule.lasts.working(look.calendar), rule.clear_for.plain)
    when = Moments(moment_of(look.now), look.calendar.measure)
    is_above = rule is None or rule.is_above
    return step(alert, seen, when, terms, silenced=is_silenced(silences, cause), is_above=is_above)


def _written(
    connection: Connection[Any], cause: Cause, way: tuple[Standing | None, Stepped], rule: Rule | None
) -> Standing | None:
    """The alert as it stands in the store then; None where there is none, or nothing changed that matters."""
    before, stepped = way
    if stepped.alert is None:
        if before is not None:
            forget(connection, before)
        return None
    level = "warn" if rule is None else rule.level
    if before is None:
        after = Standing(0, cause, level, stepped.alert)
    else:
        after = replace(before, alert=stepped.alert, level=before.level if rule is None else level)
        if not stepped.happenings and not _matters(before.alert, stepped.alert):
            return None
    number = write_standing(connection, before, after, None if rule is None else facts_of(rule))
    return replace(after, id=number)


def _matters(before: Alert, after: Alert) -> bool:
    """Whether anything changed but how long it has been looked at."""
    same = replace(after, seen=before.seen, worked=before.worked) == before
    if after.phase == "pending" and after.held is not None:
        return True  # the time of what is not known must not count
    return not same or after.seen - before.seen >= WRITTEN_EVERY
