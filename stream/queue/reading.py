"""Filling the queue from the store, and following it: what became known since is read by its place in the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from psycopg import Connection
from psycopg.rows import tuple_row

from ingest.contracts.acts import HANDLING as PREFIX
from stream.apply.cases import HANDLING
from stream.apply.rulebook import InForce, Rule, Rulebook
from stream.core.handling import Handling, fold_handling, unpack_handling
from stream.core.moment import Moment, moment_of
from stream.core.rules import Rules
from stream.first_rules import first_rules
from stream.handling.reading import read_handlings
from stream.queue.course import Course
from stream.queue.judging import Packed, course_of
from stream.queue.names import Names, read_names
from stream.queue.queries import query
from stream.queue.queue import Queue
from stream.queue.risks import Risks, read_risks, read_scored_at
from stream.store.queries import query as store_query
from stream.store.reading import snapshot

_AT_ONCE: Final = 1_000
_FAR_BEHIND: Final = 100_000
"""After so many events it is quicker to load everything than to look for what each of them is about."""
_ANY_PART: Final = 0
"""Rules are adopted in every partition."""


class Mark(NamedTuple):
    """How far the queue knows: the next position of each partition, and what else it hangs on (`mark.sql`)."""

    positions: Mapping[int, int]
    schema: int
    rules: int
    names: str

    def goes_on_from(self, before: "Mark") -> bool:
        """Whether not too many events lead here: no other schema, no other rules, no partition that went back."""
        is_same = (self.schema, self.rules) == (before.schema, before.rules)
        behind = sum(self.positions.values()) - sum(before.positions.values())
        went_on = all(self.positions.get(part, -1) >= pos for part, pos in before.positions.items())
        return is_same and went_on and behind <= _FAR_BEHIND


@dataclass(frozen=True, slots=True)
class Follower:
    """A queue, how far it knows, the rules that its cases are judged by, and when chances were worked out."""

    queue: Queue
    mark: Mark
    rulebook: Rulebook
    scored_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What became known since: courses by the code of the case (None: not open any more), handling, perhaps names."""

    mark: Mark
    moment: Moment
    courses: Mapping[str, Course | None] = field(default_factory=dict)
    handlings: Mapping[str, Handling] = field(default_factory=dict)
    names: Names | None = None
    scored_at: datetime | None = None
    risks: Risks | None = None


def load(connection: Connection[Any], first: Rules, now: datetime) -> Follower:
    """All that is open at a moment, in one state of the database; `first` are the rules before any adoption.

    The connection finds the tables of the stream by its search path and is not inside a transaction.
    """
    with snapshot(connection):
        mark = read_mark(connection)  # first: `stream.rebuild.replace` locks its table before all else
        numbers: dict[str, int] = dict(_rows(connection, store_query("load_procedures")))
        rulebook = Rulebook(first, numbers)
        in_force = _rows(connection, store_query("load_part_rules"))
        rulebook.restart(InForce(part, pos, Rule(*rule)) for part, pos, *rule in in_force)
        moment = moment_of(now)
        queue = Queue(read_names(connection), moment, rulebook.newest(_ANY_PART).calendar.working_day)
        with connection.cursor(name="open_cases", row_factory=tuple_row, binary=True) as cursor:
            cursor.itersize = _AT_ONCE
            for row in cursor.execute(query("open"), {"now": now}):
                course = course_of(Packed(*row), rulebook, moment)
                if course is not None:
                    queue.put(course)
        for code, handling in read_handlings(connection, queue.slots).items():
            queue.handle(code, handling)
        scored_at = read_scored_at(connection)
        queue.warn(read_risks(connection))
    queue.settle()
    return Follower(queue, mark, rulebook, scored_at)


def look(connection: Connection[Any], follower: Follower, now: datetime) -> News | None:
    """What events brought since the queue last knew; None where events do not say it all: it has to be loaded again.

    One statement where nothing happened, else as many as kinds of things did, in one state of the database.
    """
    if (mark := read_mark(connection)) == follower.mark:
        return News(mark, moment_of(now), scored_at=follower.scored_at)
    with snapshot(connection):
        mark, before = read_mark(connection), follower.mark
        if not mark.goes_on_from(before):
            return None
        moved = {part: pos for part, pos in mark.positions.items() if pos > before.positions.get(part, 0)}
        given = {
            "parts": list(moved), "since": [before.positions.get(part, 0) for part in moved],
            "until": list(moved.values()), "most": _FAR_BEHIND, "now": now,
        }  # fmt: skip
        touched = [Packed(*row) for row in _rows(connection, query("touched"), given)] if moved else []
        courses = {
            each.code: None if each.timeline is None else course_of(each, follower.rulebook, moment_of(now))
            for each in touched
            if each.kind != HANDLING
        }
        queue = follower.queue
        by_clock = set(queue.due_by(moment_of(now)))  # what it ends may begin anew
        known = {code for code, course in courses.items() if course is not None}
        come = [code for code in known if code not in queue.slots or code in by_clock]
        handlings = {**_handlings(touched, queue), **read_handlings(connection, come)}
        names = None if mark.names == before.names else read_names(connection)
    return News(mark, moment_of(now), courses, handlings, names, follower.scored_at)


def with_risks(connection: Connection[Any], follower: Follower, news: News) -> News:
    """The same with the chances, where they were worked out anew: one statement where they were not."""
    scored_at = read_scored_at(connection)
    if scored_at == follower.scored_at:
        return news
    return replace(news, scored_at=scored_at, risks=read_risks(connection))


def take(follower: Follower, news: News) -> tuple[Follower, Mapping[str, int | None] | None]:
    """Bring the queue up to what became known; answers the rows that changed, each with the unit that it had before.

    None instead of the rows: all of them may have changed, since something is called otherwise now.
    """
    queue = follower.queue
    codes = {*news.courses, *news.handlings, *queue.due_by(news.moment)}
    before = {code: queue.unit_of(code) for code in codes}
    queue.advance(news.moment)
    renamed = news.names is not None and not news.names.adds_to(queue.names)
    queue.names = news.names or queue.names
    for code, course in news.courses.items():
        if course is None:
            queue.remove(code)
        else:
            queue.put(course)
    for code, handling in news.handlings.items():
        queue.handle(code, handling)
    queue.settle()
    warned = () if news.risks is None else queue.warn(news.risks)
    before = {code: queue.unit_of(code) for code in warned} | before
    return replace(follower, mark=news.mark, scored_at=news.scored_at), None if renamed else before


def read_mark(connection: Connection[Any]) -> Mark:
    """How far everything is applied; one statement."""
    rows = _rows(connection, query("mark"))
    positions = {part: position for part, position, *_ in rows if part is not None}
    *_, schema, rules, names = rows[0]
    return Mark(positions, schema, rules, names)


def _handlings(touched: Iterable[Packed], queue: Queue) -> Mapping[str, Handling]:
    """How cases of the queue are handled; what else was handled is looked up when it comes."""
    found = {each.code.removeprefix(PREFIX): each.timeline for each in touched if each.kind == HANDLING}
    return {
        code: fold_handling(unpack_handling(packed), first_rules())
        for code, packed in found.items()
        if packed is not None and code in queue.slots
    }


def _rows(connection: Connection[Any], statement: bytes, given: Mapping[str, object] | None = None) -> list[Any]:
    with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
        return cursor.execute(statement, given).fetchall()
