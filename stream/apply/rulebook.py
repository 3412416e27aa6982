"""Which rules each partition goes by, and since which position: adopted ones lie in the log between the facts."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from ingest.contracts.registry import Adopted
from ingest.contracts.rules import CalendarAdopted, RegisterAdopted
from stream.adopted import calendar_of, procedure_rules
from stream.core.rules import Rules

Kind: TypeAlias = Literal["calendar", "procedures"]


class Rule(NamedTuple):
    """A calendar or a register as the store keeps it; `content` is the event's data as JSON."""

    kind: Kind
    version: str
    digest: str
    content: bytes


class InForce(NamedTuple):
    """Since this position the partition goes by this rule."""

    part: int
    pos: int
    rule: Rule


class _Chosen(NamedTuple):
    """The digests of a calendar and a register; None is the program's own first one."""

    calendar: str | None = None
    procedures: str | None = None


def rule_of(data: Adopted) -> Rule:
    """What an event brings. The same content has the same digest, whatever event brought it."""
    content = msgspec.json.encode(data)
    kind: Kind = "calendar" if isinstance(data, CalendarAdopted) else "procedures"
    return Rule(kind, data.version, blake2b(content, digest_size=16).hexdigest(), content)


class Rulebook:
    """The rules of every partition at every position. `numbers` are those of the procedures, and only grow."""

    def __init__(self, first: Rules, numbers: Mapping[str, int]) -> None:
        self._first = first
        self._numbers = numbers
        self._rules: dict[str, Rule] = {}
        self._made: dict[_Chosen, Rules] = {_Chosen(): first}
        self._chosen: dict[int, list[tuple[int, _Chosen]]] = {}

    def restart(self, in_force: Iterable[InForce]) -> None:
        """Begin anew from what the store holds, in order of position within each partition."""
        self._chosen.clear()
        for part, pos, rule in in_force:
            self.adopt(part, pos, rule)

    def goes_by(self, part: int, rule: Rule) -> bool:
        """Whether the partition goes by this rule already."""
        newest = self._newest(part)
        return rule.digest == (newest.calendar if rule.kind == "calendar" else newest.procedures)

    def adopt(self, part: int, pos: int, rule: Rule) -> None:
        """From this position on the partition goes by this rule; `newest` says whether it can."""
        self._rules[rule.digest] = rule
        chosen = self._newest(part)._replace(**{rule.kind: rule.digest})
        self._chosen.setdefault(part, []).append((pos, chosen))

    def forget_newest(self, part: int) -> None:
        """Take the last adoption of the partition back: it can't be gone by."""
        self._chosen[part].pop()

    def newest(self, part: int) -> Rules:
        """The rules that the next record of the partition is applied by.

        Raises `ValueError` where they can't be gone by.
        """
        return self._of(self._newest(part))

    def at(self, part: int, pos: int) -> Rules:
        """The rules that the record at this position was applied by."""
        chosen = next((each for since, each in reversed(self._chosen.get(part, [])) if since <= pos), _Chosen())
        return self._of(chosen)

    def _newest(self, part: int) -> _Chosen:
        chosen = self._chosen.get(part)
        return chosen[-1][1] if chosen else _Chosen()

    def _of(self, chosen: _Chosen) -> Rules:
        made = self._made.get(chosen)
        if made is None:
            made = self._made[chosen] = self._make(chosen)
        return made

    def _make(self, chosen: _Chosen) -> Rules:
        calendar = self._first.calendar
        if chosen.calendar is not None:
            calendar = calendar_of(msgspec.json.decode(self._rules[chosen.calendar].content, type=CalendarAdopted))
        if chosen.procedures is None:
            return replace(self._first, calendar=calendar)
        register = msgspec.json.decode(self._rules[chosen.procedures].content, type=RegisterAdopted)
        return replace(self._first, calendar=calendar, procedures=procedure_rules(register, self._numbers, calendar))
