"""Which rows are chosen, and how many there would be with another condition: what filters show beside themselves."""

from collections.abc import Collection, Iterator
from functools import reduce
from typing import Any, Final

import numpy as np

from stream.core.moment import day_number, start_of
from stream.queue.course import NEVER
from stream.queue.held import STATES, Held, Mask
from stream.queue.queue import Queue
from stream.queue.wanted import Asked, Wanted

CHANNELS: Final = {1: "direct", 2: "online", 3: "postal"}


class Chosen:
    """The rows that are wanted, out of those that the scope allows."""

    def __init__(self, queue: Queue, held: Held, asked: Asked) -> None:
        self._queue = queue
        self._held = held
        self._asked = asked
        self._allowed = queue.columns["listed"] & _among(queue, asked.scope)
        self._conditions = {
            **dict(_of_case(queue, asked.wanted)),
            **dict(_of_time(queue, asked.wanted)),
            **dict(_of_handling(queue, held, asked.wanted)),
        }
        if asked.wanted.words:
            self._conditions["words"] = _found(queue, asked.wanted.words, self._allowed)

    @property
    def mask(self) -> Mask:
        """Every condition holds."""
        return self._without()

    def counts(self) -> dict[str, object]:
        """How many in each state, whatever state and holder were asked for; and by field, by unit and by channel.

        `warned` is None where nobody knows any chance: too little history, or nothing was worked out yet.
        """
        held, others = self._held, self._without("state", "holder")
        states: dict[str, object] = {state: _n(others & held.of(state)) for state in STATES}
        holder = self._queue.columns["holder"]
        return {
            "all": _n(others),
            **states,
            "warned": states["warned"] if self._queue.risks else None,
            "mine": _n(others & (holder == _place(self._queue, self._asked.login))),
            "none": _n(others & (holder < 0)),
            "fields": self._fields(),
            "units": {f"{unit:05d}": n for unit, n in self._values("unit", "units")},
            "channels": {CHANNELS[number]: n for number, n in self._values("channel", "channel") if number in CHANNELS},
        }

    def _fields(self) -> list[dict[str, Any]]:
        names, ranks = self._queue.names.fields, self._queue.names.field_ranks
        found = [(number, n) for number, n in self._values("field", "field") if number in names]
        found.sort(key=lambda each: int(ranks[each[0]]))
        return [{"code": names[number].code, "name": names[number].name, "number": n} for number, n in found]

    def _values(self, column: str, condition: str) -> Iterator[tuple[int, int]]:
        """How often each value of a column stands in the rows that are wanted but for a condition on it."""
        numbers = np.bincount(self._queue.columns[column][self._without(condition)])
        values = np.flatnonzero(numbers)
        return zip(values.tolist(), numbers[values].tolist(), strict=True)

    def _without(self, *names: str) -> Mask:
        kept = (mask for name, mask in self._conditions.items() if name not in names)
        return reduce(np.logical_and, kept, self._allowed)


def _of_case(queue: Queue, wanted: Wanted) -> Iterator[tuple[str, Mask]]:
    columns = queue.columns
    for name in ("kind", "channel", "level", "status"):
        value = getattr(wanted, name)
        if value is not None:
            yield name, columns[name] == value
    if wanted.units is not None:
        yield "units", _among(queue, wanted.units)
    if wanted.field is not None:
        yield "field", np.isin(columns["field"], queue.names.fields_with(wanted.field))
    if wanted.procedure is not None:
        yield "procedure", np.isin(columns["procedure"], queue.names.procedures_with(wanted.procedure))


def _of_time(queue: Queue, wanted: Wanted) -> Iterator[tuple[str, Mask]]:
    received, due = queue.columns["received"], queue.columns["due"]
    if wanted.received_from is not None:
        yield "received_from", received >= start_of(day_number(wanted.received_from))
    if wanted.received_to is not None:
        yield "received_to", received < start_of(day_number(wanted.received_to) + 1)
    if wanted.due_to is not None:
        yield "due_to", (due < start_of(day_number(wanted.due_to) + 1)) & (due != NEVER)


def _of_handling(queue: Queue, held: Held, wanted: Wanted) -> Iterator[tuple[str, Mask]]:
    holder = queue.columns["holder"]
    if wanted.state is not None:
        yield "state", held.of(wanted.state)
    if wanted.holder == "":
        yield "holder", holder < 0
    elif wanted.holder is not None:
        yield "holder", holder == _place(queue, wanted.holder)


def _found(queue: Queue, words: Collection[str], allowed: Mask) -> Mask:
    """The rows of which every word is found: in the code of the case, in its procedure's code or name."""
    columns, searched = queue.columns, queue.searched
    found = allowed
    for word in words:
        named = np.isin(columns["procedure"], queue.names.procedures_found(word)) & found
        left = np.flatnonzero(found & ~named)
        coded = np.fromiter((word in searched[slot] for slot in left.tolist()), dtype=np.bool_, count=len(left))
        found = named
        found[left[coded]] = True
    return found


def _among(queue: Queue, units: Collection[int] | None) -> Mask:
    unit = queue.columns["unit"]
    found: Mask = np.ones(len(unit), dtype=np.bool_) if units is None else np.isin(unit, list(units))
    return found


def _n(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


def _place(queue: Queue, login: str) -> int:
    """The number of a holder; one that nobody has where they hold nothing."""
    return queue.holders.index(login) if login in queue.holders else -2
