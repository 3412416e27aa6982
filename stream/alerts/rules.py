"""All rules of alerts: those that the program brings, and what a centre wrote over them, checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from stream.alerts.line import Line, WrittenLine, line_of, shipped_line
from stream.alerts.rule import FieldError, Rule, WrittenRule, checked
from stream.alerts.written import Place, converted, table_of
from stream.kpi.catalogue import Catalogue, load_catalogue

RULES_FILE: Final = "rules.toml"
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,49}")


@dataclass(frozen=True, slots=True)
class AlertRules:
    """The rules in force by id, and the line that escalations go along."""

    rules: Mapping[str, Rule]
    line: Line

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def __len__(self) -> int:
        return len(self.rules)


@cache
def shipped_rules() -> AlertRules:
    """The rules that the program brings. Raises `AlertRuleError`."""
    return read_rules()


def read_rules(file: str | None = None, text: str = "", catalogue: Catalogue | None = None) -> AlertRules:
    """The shipped rules, with what the text of a centre's `file` says over them.

    A table of the file with the name of a shipped rule changes the fields that it names; any other is a rule of its
    own. `off = true` leaves a rule out, and `[[line]]` takes the place of the shipped line. Raises `AlertRuleError`.
    """
    kpis = catalogue or load_catalogue()
    shipped = table_of(RULES_FILE, (files(__package__) / RULES_FILE).read_text(encoding="utf-8"))
    own = {} if file is None else table_of(file, text)
    ranks = own.pop("line", None)
    found = [
        *(_rule(Place(RULES_FILE, name), table, kpis) for name, table in shipped.items() if name not in own),
        *(_rule(Place(file or "", name), _over(shipped.get(name), table), kpis) for name, table in own.items()),
    ]
    line = shipped_line()
    if ranks is not None:
        line = line_of(converted({"line": ranks}, WrittenLine, Place(file or "")).line, file or "")
    return AlertRules(MappingProxyType({each.id: each for each in found if each is not None}), line)


def _over(shipped: object, own: object) -> object:
    """The shipped table with the centre's fields over it; where these have a limit, the shipped ones go."""
    if not isinstance(shipped, dict) or not isinstance(own, dict):
        return own
    sides = {"above", "below", "clear"}
    kept = {name: value for name, value in shipped.items() if not (name in sides and {"above", "below"} & own.keys())}
    return {**kept, **own}


def _rule(place: Place, table: object, kpis: Catalogue) -> Rule | None:
    name = place.name or ""
    if _ID.fullmatch(name) is None:
        raise Place(place.file).error(repr(name), "an id is made of a-z, 0-9 and _, and begins with a letter")
    if not isinstance(table, dict):
        raise place.error(None, f"is no rule: write [{name}] and its fields below")
    written: WrittenRule = converted(_numbers(table), WrittenRule, place)
    try:
        rule = checked(name, written, kpis.kpis.get)
    except FieldError as error:
        raise place.error(error.field, str(error)) from None
    return None if written.off else rule


def _numbers(table: Mapping[str, Any]) -> dict[str, Any]:
    """A limit may be written as a whole number."""
    return {name: float(value) if type(value) is int and name in _LIMITS else value for name, value in table.items()}


_LIMITS: Final = frozenset({"above", "below", "clear"})
