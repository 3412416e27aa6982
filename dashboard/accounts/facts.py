"""What is known of an account, and what may be said of one."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Final, TypeAlias

import msgspec

from dashboard.access.people import Role, Scope
from dashboard.displays.facts import Name

RESERVED: Final = frozenset({"me", "none", "all", "ioc", "system"})
"""No login: words of addresses, and the name under which scripts act."""

Login: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9._-]{1,39}\Z")]
"""Lower case, no `@`: it is the name of an official in this house, never an address of a person."""
Claim: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"\A\S(?:.*\S)?\Z")]
Place: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{5}\Z|\A[a-z][a-z0-9-]{0,39}\Z")]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit or an area of a scope, as it was on a day."""

    code: Place
    on: date


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who is to be let in; `scope` None: the whole area."""

    login: Login
    name: Name
    role: Role
    scope: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1, max_length=64)] | None = None
    oidc: Claim | None = None


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be different of an account; None stays. `everywhere`: the scope becomes the whole area."""

    name: Name | None = None
    role: Role | None = None
    scope: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1, max_length=64)] | None = None
    everywhere: bool = False
    oidc: Claim | None = None
    disabled: bool | None = None

    @property
    def ends_sessions(self) -> bool:
        """Whether sessions that began under other rights are to end."""
        parts = (self.role, self.scope, self.oidc)
        return self.everywhere or self.disabled is True or any(part is not None for part in parts)


class Account(msgspec.Struct, frozen=True):
    """An account as an administrator sees it."""

    id: int
    login: str
    name: str
    role: Role
    scope: tuple[Entry, ...] | None
    has_password: bool
    must_change: bool
    has_oidc: bool
    oidc_claim: str | None
    created_at: datetime
    created_by: str
    disabled_at: datetime | None
    signed_in_at: datetime | None
    sessions: int


def scope_of(everywhere: object, codes: Iterable[str], days: Iterable[date]) -> Scope:
    """The scope that is kept in columns; nothing of it is nothing."""
    return Scope() if everywhere is True else Scope(tuple(zip(codes, days, strict=True)))
