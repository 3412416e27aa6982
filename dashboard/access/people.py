"""People who sign in: their role, the units that they may see cases of, and what each role may do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from fastapi import HTTPException, Request

from geo.responsible import responsible_on

Role: TypeAlias = Literal["leader", "operator", "analyst", "administrator"]
"""Lãnh đạo, cán bộ điều hành, chuyên viên phân tích, quản trị. A display is no person: see `dashboard.displays`."""
Right: TypeAlias = Literal["look", "cases", "act", "export", "repair", "archive", "administer"]
"""To look at figures, see cases, act on them, take lists away, mend data in quarantine, read what was sent to the
province, let others in."""

RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    "leader": frozenset({"look", "cases", "archive"}),
    "analyst": frozenset({"look", "cases", "export"}),
    "operator": frozenset({"look", "cases", "act", "export", "repair"}),
    "administrator": frozenset({"look", "cases", "act", "export", "repair", "archive", "administer"}),
}
PERSON: Final = "ioc.person"
"""Under this name the guard leaves the `Person` who asks in the scope of a request."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which units a person may see cases: units or areas, each as it was on a day; None is everything."""

    entries: tuple[tuple[str, date], ...] | None = None

    def units_on(self, day: date) -> frozenset[int] | None:
        """The codes, as numbers, of the units in force on `day` that the scope stands for; None: all there are."""
        return None if self.entries is None else responsible_on(self.entries, day)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in: `login` is what they type, `name` what others read."""

    id: int
    login: str
    name: str
    role: Role
    scope: Scope = field(default_factory=Scope)

    def may(self, right: Right) -> bool:
        """Whether the role gives that right."""
        return right in RIGHTS[self.role]


SCRIPT: Final = Person(0, "ioc", "ioc", "administrator")
"""Who a script with the key of the home acts as; no account has this login."""


class Signed(NamedTuple):
    """A session that holds: whose it is, until when, and whether a password has to be changed first."""

    number: int
    person: Person
    until: datetime
    seen_at: datetime
    must_change: bool


def sees_cases(request: Request) -> bool:
    """Whether who asks may see cases; nobody who is not signed in may."""
    person: Person | None = request.scope.get(PERSON)
    return person is not None and person.may("cases")


def person_of(request: Request) -> Person:
    """Who asks; raises `HTTPException` (401) where nobody is signed in."""
    person: Person | None = request.scope.get(PERSON)
    if person is None:
        raise HTTPException(401, "session_needed")
    return person


def needs(right: Right) -> Callable[[Request], Person]:
    """A dependency that answers who asks: 401 where nobody is signed in, 403 where their role does not give the right.

    The guard asks the same of every address before (`dashboard.access.rule`): a route that was forgotten there is
    refused, and one that was opened there by mistake still asks here.
    """

    def asked(request: Request) -> Person:
        person = person_of(request)
        if not person.may(right):
            raise HTTPException(403, "not_for_you")
        return person

    return asked
