"""Rules that come into force: working calendars and registers of procedures.

They lie in the log between the facts they are applied to, once in each partition, so that what was known at any
moment includes the rules of that moment, and a rebuild meets them where the worker did. No source may send them:
`ioc calendar adopt` and `ioc procedures adopt` do.
"""

from datetime import date
from enum import IntEnum
from typing import Annotated, Literal

import msgspec

from ingest.contracts.envelope import Name
from ingest.contracts.onestop import Dong, Label

CALENDAR_ADOPTED = "vn.ioc.rules.calendar.adopted"
PROCEDURES_ADOPTED = "vn.ioc.rules.procedures.adopted"
RULES_SOURCE = "ioc.rules"
"""The source of these events: the centre itself."""

Clock = Annotated[int, msgspec.Meta(ge=0, le=86_400)]
"""Seconds after local midnight."""


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What made these days free, or working days: the name of the law or decision."""

    name: Label
    days_off: tuple[date, ...] = ()
    days_on: tuple[date, ...] = ()


class CalendarAdopted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A working calendar (lịch làm việc), complete: nothing of the one before it stays."""

    version: Name
    week: Annotated[tuple[tuple[tuple[Clock, Clock], ...], ...], msgspec.Meta(min_length=7, max_length=7)]
    """Working spans of Monday to Sunday, each from and to, in order."""
    decisions: tuple[Decision, ...] = ()
    cut_off: Clock | None = None
    """Received at this time of day or later: the term counts from the next working day. None: it does not."""


class Level(IntEnum):
    """Level of authority (cấp giải quyết) of a procedure."""

    PROVINCE = 1  # cấp tỉnh
    DISTRICT = 2  # cấp huyện
    COMMUNE = 3  # cấp xã


class Procedure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A procedure (thủ tục hành chính) as the register has it."""

    code: Name  # MaTTHC
    name: Label
    field: Name  # MaLinhVuc
    level: Level
    field_name: Label | None = None
    term: Annotated[float, msgspec.Meta(ge=0, le=1000)] | None = None
    """The legal term, in `term_unit`; None: none was set."""
    term_unit: Literal["day", "hour"] = "day"
    fee: Dong = 0
    online: Literal["full", "partial", "none"] = "none"  # toàn trình, một phần, không
    fee_online: bool = False  # the fee can be paid online
    population_database: bool = False  # the population database is used instead of papers
    certifies_copies: bool = False  # certifies copies (chứng thực bản sao)
    publish_by: date | None = None  # published on time: on or before this day
    published_on: date | None = None
    update_by: date | None = None  # the last change, updated on time: on or before this day
    updated_on: date | None = None
    complete: bool | None = None  # the published content has every part; None: nobody looked


class RegisterAdopted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The register of procedures, complete: what is not in it is not offered any more."""

    version: Name
    procedures: tuple[Procedure, ...]
