"""Since when single applications wait, or owe a letter: judged once for each state of the case, then kept."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from psycopg import Connection

from stream.alerts.queries import query
from stream.apply.cases import APPLICATION, part_of
from stream.apply.lives import LIVES
from stream.core.application import Application
from stream.core.ledger import Entry, Measure
from stream.core.moment import Moment
from stream.core.rules import Rules
from stream.story.knowledge import read_knowledge
from stream.story.replay import judge

_OWES: Final = frozenset({int(Measure.OVERDUE_IN), int(Measure.LATE_UNSEEN)})
_MOST_KEPT: Final = 200_000


class Found(NamedTuple):
    """A case that may be in the condition; `edition` changes with every record of it, and with its due date.

    That one changes without a record where a register of procedures is adopted.
    """

    id: int
    unit: int
    code: str
    edition: tuple[Hashable, ...]


class Since(NamedTuple):
    """Since when it waits, and since when it owes a letter that was not sent; None: it does not."""

    paused: Moment | None
    owing: Moment | None


class Lives:
    """What was judged of cases. `first` are the rules before any adoption."""

    def __init__(self, first: Rules) -> None:
        self._first = first
        self._kept: dict[int, tuple[tuple[Hashable, ...], Since]] = {}

    def since(self, connection: Connection[Any], found: Iterable[Found]) -> Mapping[int, Since]:
        """The same for each of these cases; two statements more where any of them is new or has changed."""
        cases = list(found)
        changed = [each.id for each in cases if self._kept.get(each.id, (None,))[0] != each.edition]
        judged = self._judge(connection, changed) if changed else {}
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        for each in cases:
            if each.id in judged:
                self._kept[each.id] = (each.edition, judged[each.id])
        return {each.id: judged.get(each.id) or self._kept[each.id][1] for each in cases}

    def _judge(self, connection: Connection[Any], ids: list[int]) -> Mapping[int, Since]:
        rulebook = read_knowledge(connection, None, self._first).rulebook
        life = LIVES[APPLICATION]
        found: dict[int, Since] = {}
        for number, packed in connection.execute(query("timelines"), {"ids": ids}, binary=True):
            records = sorted(life.unpack(packed), key=life.order)
            judged = judge(APPLICATION, part_of(number), records, rulebook)
            found[number] = since_of(judged.application, judged.entries)
        return found


def since_of(application: Application, entries: Iterable[Entry]) -> Since:
    """Both, as the ledger counts them; an application that will owe a letter in the future says when."""
    paused = next((pause.start for pause in application.pauses if pause.end is None), None)
    owing = min((entry.at for entry in entries if entry.measure in _OWES), default=None)
    return Since(paused, owing if application.letter is None else None)
