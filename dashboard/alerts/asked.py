"""What the page of alerts asks for: to put something aside, and to tell it again."""

from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, TypeAlias

import msgspec
from fastapi import HTTPException

from dashboard.access.people import Person
from stream.alerts.silences import Silence, Wanted
from stream.core.moment import date_of, day_of, moment_of
from stream.personal import personal_in

Refusal: TypeAlias = Literal["reason_missing", "outside_scope", "nothing_named"]
HOURS: Final = 31 * 24


class AskedSilence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Be silent of a rule, of a unit, or of a rule in a unit, for so many hours, for a reason."""

    hours: Annotated[float, msgspec.Meta(gt=0, le=HOURS)]
    reason: Annotated[str, msgspec.Meta(max_length=500)]
    rule: Annotated[str, msgspec.Meta(min_length=1, max_length=50)] | None = None
    unit: Annotated[str, msgspec.Meta(min_length=1, max_length=255)] | None = None


class AskedEnd(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """End the silence of that number."""

    id: int


def silence_of(asked: AskedSilence, person: Person, now: datetime) -> Wanted:
    """The silence as it is written.

    Raises `HTTPException`: 422 without a reason, with a person's data in it, or of nothing; 403 for what lies outside
    the person's scope: who answers for some units can't put aside what is about others.
    """
    reason = asked.reason.strip()
    if not reason:
        raise HTTPException(422, "reason_missing")
    if (what := personal_in(reason)) is not None:
        raise HTTPException(422, what)
    if asked.rule is None and asked.unit is None:
        raise HTTPException(422, "nothing_named")
    if not is_within(person, asked.unit, now):
        raise HTTPException(403, "outside_scope")
    return Wanted(asked.rule, asked.unit, reason, person.login, now + timedelta(hours=asked.hours))


def is_within(person: Person, subject: str | None, now: datetime) -> bool:
    """Whether what an alert or a silence is about lies within somebody's scope; None is everywhere."""
    units = person.scope.units_on(date_of(day_of(moment_of(now))))
    return units is None or (subject is not None and _is_unit(subject) and int(subject) in units)


def may_see(person: Person, subject: str, now: datetime) -> bool:
    """Whether somebody sees an alert: one about a unit in their scope; the area and sources are everybody's."""
    return not _is_unit(subject) or is_within(person, subject, now)


def may_end(person: Person, silence: Silence, now: datetime) -> bool:
    """Whether somebody may end a silence, which is to be told of more: of what lies within their scope."""
    return is_within(person, silence.unit, now)


def _is_unit(subject: str) -> bool:
    return len(subject) == 5 and subject.isascii() and subject.isdigit()
