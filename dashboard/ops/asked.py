"""What an address asks of the queue: `?unit=03979&state=overdue&sort=due`. The page's own address says the same."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, TypeVar

from starlette.datastructures import QueryParams

from dashboard.access.people import Person
from dashboard.data.answers import TIME_ZONE
from geo.errors import GeoError
from geo.responsible import responsible_on
from stream.apply.cases import APPLICATION, DOCUMENT
from stream.personal import personal_in
from stream.queue.choosing import CHANNELS
from stream.queue.held import STATES
from stream.queue.wanted import KEYS, MOST, Asked, Order, Wanted
from stream.queue.words import words_of
from stream.report.ii06a import LEVEL_CODES, UNKNOWN

COMMON: Final = 100
"""Rows of a page where nobody says how many."""
_LONGEST: Final = 255
_FARTHEST: Final = 10_000_000
_KINDS: Final = {"application": APPLICATION, "document": DOCUMENT}
_CHANNELS: Final = {name: number for number, name in CHANNELS.items()}
_LEVELS: Final = {name: number for number, name in LEVEL_CODES.items() if number != UNKNOWN}
_OF_THE_PAGE: Final = frozenset({"lang", "theme", "view", "case"})
"""What stands in the page's address besides: how it looks, which view it came from, where the cursor is."""

_T = TypeVar("_T")


class NotUnderstoodError(ValueError):
    """A filter that there is not, or a value that it can't have; `facts` say which, and what it could have been."""

    retriable = False

    def __init__(self, parameter: str, value: str, expected: str) -> None:
        super().__init__(f"{parameter}={value}: {expected}")
        self.facts = {"parameter": parameter, "value": value[:_LONGEST], "reason": expected}


def asked_of(query: QueryParams, person: Person, now: datetime) -> Asked:
    """The page that an address asks for, within what the person may see. Raises `NotUnderstoodError`."""
    given = _Given(query)
    today = now.astimezone(TIME_ZONE).date()
    wanted = Wanted(
        kind=given.one("kind", _named(_KINDS)),
        units=_units(given.many("unit"), today),
        field=given.one("field", str),
        procedure=given.one("procedure", str),
        channel=given.one("channel", _named(_CHANNELS)),
        level=given.one("level", _named(_LEVELS)),
        status=given.one("status", _between(0, 99)),
        state=given.one("state", _named({state: state for state in STATES})),
        holder=given.one("holder", lambda text: {"me": person.login, "none": ""}.get(text, text)),
        words=given.one("q", words_of) or (),
        received_from=given.one("received_from", _day),
        received_to=given.one("received_to", _day),
        due_to=given.one("due_to", _day),
    )
    order = Order(
        by=given.one("sort", _named({key: key for key in KEYS})) or "remaining",
        descending=given.one("dir", _named({"asc": False, "desc": True})) or False,
    )
    start, count = given.one("start", _between(0, _FARTHEST)), given.one("count", _between(0, MOST))
    given.check()
    return Asked(
        wanted=wanted, order=order, start=start or 0, count=COMMON if count is None else count,
        scope=person.scope.units_on(today), login=person.login,
    )  # fmt: skip


class _Given:
    """The parameters of an address, each asked for once; an empty one is none."""

    def __init__(self, query: QueryParams) -> None:
        self._given: dict[str, list[str]] = {}
        for name, value in query.multi_items():
            if value:
                self._given.setdefault(name, []).append(value)

    def many(self, name: str) -> Sequence[str]:
        """Every value of a parameter."""
        return self._given.pop(name, [])

    def one(self, name: str, read: Callable[[str], _T]) -> _T | None:
        """The value of a parameter as `read` makes it of the text; None where it is not given."""
        values = self.many(name)
        if not values:
            return None
        if len(values) > 1:
            raise NotUnderstoodError(name, values[1], "given twice")
        if len(values[0]) > _LONGEST:
            raise NotUnderstoodError(name, values[0], f"at most {_LONGEST} characters")
        try:
            return read(values[0])
        except ValueError as error:
            raise NotUnderstoodError(name, values[0], str(error)) from None

    def check(self) -> None:
        """Nothing may be left that nobody asked for."""
        for name in self._given.keys() - _OF_THE_PAGE:
            raise NotUnderstoodError(name, self._given[name][0], "there is no such filter")


def _named(values: Mapping[str, _T]) -> Callable[[str], _T]:
    def read(text: str) -> _T:
        if text not in values:
            raise ValueError(f"one of {', '.join(values)}")
        return values[text]

    return read


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _day(text: str) -> date:
    try:
        found = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=TIME_ZONE).date()
    except ValueError:
        found = date.min
    if not 1990 <= found.year <= 2100:
        raise ValueError("a day is written as 2026-03-02")
    return found


def _units(codes: Iterable[str], today: date) -> frozenset[int] | None:
    """The units that the codes name: one by its five digits, or all of an area."""
    found: set[int] = set()
    given = list(codes)
    for code in given:
        if len(code) == 5 and code.isascii() and code.isdigit():
            found.add(int(code))
            continue
        try:
            found |= responsible_on([(code, today)], today)
        except GeoError:
            raise NotUnderstoodError("unit", code, "a unit is named by five digits, an area by its code") from None
    return frozenset(found) if given else None


def query_of(query: QueryParams) -> dict[str, Any]:
    """The parameters as they are told in the record of who took what away, which keeps nothing of a citizen."""
    return {name: [_without_person(each) for each in query.getlist(name)] for name in query.keys() - _OF_THE_PAGE}


def _without_person(value: str) -> str:
    return value if personal_in(value) is None else "***"
