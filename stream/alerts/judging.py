"""What a value says by a rule, and what an alert is about. Pure."""

from typing import Final, NamedTuple

from stream.alerts.machine import Observation, Verdict
from stream.alerts.rule import Rule
from stream.kpi.figure import State

AREA: Final = "area"
"""The subject of a rule about the whole area; a unit's is its five-digit code, a source's `source:` and its id."""
KEPT_CODES: Final = 50
"""Codes of cases that an alert keeps; the queue has all of them."""
TRUSTED: Final[frozenset[State]] = frozenset({"live", "restated"})
"""States in which a figure can breach a limit. Else its source is what is wrong, and that has an alert of its own."""


class Cause(NamedTuple):
    """Of what there is one alert: a rule and its subject."""

    rule: str
    subject: str


def verdict(rule: Rule, value: float) -> Verdict:
    """On which side of the rule's limits a value lies."""
    sign = 1 if rule.is_above else -1
    if sign * value > sign * rule.limit:
        return "breach"
    return "well" if sign * value <= sign * rule.clear else "between"


def of_figure(rule: Rule, value: float | None, state: State | None) -> Observation:
    """What a figure says. Without data there is nothing that could be wrong; a figure that is not live says nothing."""
    if state is not None and state not in TRUSTED:
        return Observation("unknown", value, held=state)
    return Observation("well" if value is None else verdict(rule, value), value)


def of_cases(rule: Rule, codes: tuple[str, ...], state: State = "live") -> Observation:
    """What the cases of a unit in the rule's condition say, by how far its sources can be trusted."""
    number = len(codes)
    if state not in TRUSTED:
        return Observation("unknown", float(number), held=state)
    return Observation(verdict(rule, number), float(number), codes[:KEPT_CODES], number)


def unseen(rule: Rule | None) -> Observation:
    """What it means that nothing was seen of a subject: a source is well again, a unit or a rule is gone."""
    return Observation("well", 0.0) if rule is not None and rule.kind == "sources" else Observation("gone")
