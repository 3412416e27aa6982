"""The schedules and receivers in force: those that the program brings, and what a centre wrote over them, checked."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from stream.kpi.catalogue import Catalogue, load_catalogue
from stream.snapshot.schedule.schedule import Receiver, Schedule, Schedules
from stream.snapshot.schedule.written import (
    Place,
    WrittenReceiver,
    WrittenSchedule,
    converted,
    receiver_of,
    schedule_of,
)

SHIPPED: Final = "schedules.toml"
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TABLES: Final = frozenset({"schedule", "receiver", "restate"})


@cache
def shipped_schedules() -> Schedules:
    """What the program brings. Raises `ScheduleError`."""
    return read_schedules()


def read_schedules(file: str | None = None, text: str = "", catalogue: Catalogue | None = None) -> Schedules:
    """The shipped schedules, with what the text of a centre's `file` says over them.

    A table `[schedule.<id>]` of a shipped id changes the keys that it names, any other is a schedule of its own;
    `off = true` leaves one out. Where the file has receivers, they take the place of the shipped one, and schedules
    that name none go to all of them. `[restate]` is what a schedule has that says nothing else. Raises `ScheduleError`.
    """
    shipped = _tables(Place(SHIPPED), (files(__package__) / SHIPPED).read_text(encoding="utf-8"))
    own = {} if file is None else _tables(Place(file), text)
    receivers = _receivers(file or SHIPPED, own.get("receiver")) or _receivers(SHIPPED, shipped["receiver"])
    restate = _over(shipped["restate"], own.get("restate"))
    kpis = catalogue or load_catalogue()
    found = {}
    for name, table in (shipped["schedule"] | own.get("schedule", {})).items():
        is_own = name in own.get("schedule", {})
        place = Place(file if is_own and file else SHIPPED, "schedule", name)
        written = _over(shipped["schedule"].get(name, {}), table) if is_own else table
        if isinstance(written, dict):
            written = {**written, "restate": _over(restate, written.get("restate"))}
        schedule = _schedule(place, written, receivers, kpis)
        if schedule is not None:
            found[name] = schedule
    return Schedules(MappingProxyType(found), MappingProxyType(receivers))


def _tables(place: Place, text: str) -> dict[str, Any]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise place.error(None, f"is no TOML: {error}") from None
    for name, table in tables.items():
        if name not in _TABLES:
            raise place.error(name, "means nothing here: write [schedule.<id>], [receiver.<id>] or [restate]")
        if not isinstance(table, dict):
            raise place.error(name, f"is no table: write [{name}{'' if name == 'restate' else '.<id>'}]")
    return tables


def _over(shipped: Any, own: Any) -> Any:
    """The shipped table with the centre's keys over it, table by table; what is no table is told later."""
    if own is None:
        return shipped
    if not isinstance(shipped, dict) or not isinstance(own, dict):
        return own
    return shipped | {name: _over(shipped.get(name), value) for name, value in own.items()}


def _named(place: Place, table: object) -> dict[str, Any]:
    if _ID.fullmatch(place.name or "") is None:
        raise place.error(None, "is no id: write a-z, 0-9 and -, beginning with a letter, 40 characters at most")
    if not isinstance(table, dict):
        raise place.error(None, f"is no table: write [{place.table}.{place.name}] and its keys below")
    return table


def _receivers(file: str, tables: Mapping[str, Any] | None) -> dict[str, Receiver]:
    found = {}
    for name, table in (tables or {}).items():
        place = Place(file, "receiver", name)
        given = _named(place, table)
        known = {key: value for key, value in given.items() if key in WrittenReceiver.__struct_fields__}
        settings = {key: value for key, value in given.items() if key not in known}
        found[name] = receiver_of(name, converted(known, WrittenReceiver, place), settings)
    return found


def _schedule(place: Place, table: object, receivers: Mapping[str, Receiver], kpis: Catalogue) -> Schedule | None:
    given = _named(place, table)
    if given.get("off") is True:
        return None
    schedule = schedule_of(converted(given, WrittenSchedule, place), place, tuple(receivers))
    for name in schedule.receivers:
        if name not in receivers:
            raise place.error("receivers", f"{name!r} is no receiver; there are {', '.join(receivers)}")
    for name in schedule.kpis or ():
        if name not in kpis.kpis:
            raise place.error("kpis", f"{name!r} is no KPI: `ioc kpi list` has them")
        if schedule.period != "day" and kpis.kpis[name].definition.window == "day":
            raise place.error("kpis", f"{name!r} is of a single day, which a period has none of")
    return schedule
