"""The watcher: looks at the sources every few seconds, keeps the book of incidents, and stirs the walls.

It runs beside the worker in a thread and on a connection of its own, so that applying never waits for it. Of several
workers one watches: the one that holds an advisory lock, until it or its connection ends.
"""

import tomllib
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from functools import cache
from importlib.resources import files
from threading import Event
from typing import Annotated, Any, Final

import msgspec
import structlog
from psycopg import Connection

from stream.core.incidents import Incident, next_incidents
from stream.core.moment import moment_of
from stream.sources.calendar import read_calendar
from stream.sources.keeping import keep, read_open
from stream.sources.standing import standings_by
from stream.sources.troubles import troubles
from stream.store.queries import query

_ONE_WATCHES: Final = 0x10C_0008
"""Advisory lock of the session that watches."""

_log = structlog.get_logger(__name__)


class Watching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`watching.toml`: seconds."""

    closes_after: Annotated[int, msgspec.Meta(ge=60)]
    look_every: Annotated[float, msgspec.Meta(gt=0, le=15)]


@cache
def shipped_watching() -> Watching:
    """How incidents are told, as the program's file has it."""
    text = files(__package__).joinpath("watching.toml").read_text()
    return msgspec.convert(tomllib.loads(text), Watching)


def look(connection: Connection[Any], now: datetime, closes_after: int) -> Sequence[Incident]:
    """Look once: write what begins, changes and ends, in one transaction, and answer it.

    Like all who read several tables it begins with the partitions: what replaces the schema locks these first.
    """
    with connection.transaction():
        [(halted,)] = connection.execute(query("read_halted")).fetchall()
        at, calendar, known = moment_of(now), read_calendar(connection), read_open(connection)
        sources = standings_by(connection, calendar, now)
        ill = {each.source for each in known if each.source is not None}
        changed = next_incidents(known, troubles(sources, halted, at, calendar, ill), at, closes_after)
        keep(connection, changed)
    return changed


class Watcher:
    """Looks again and again. `stir` is called after each change: it may fail silently, and must not raise."""

    def __init__(
        self,
        connect: Callable[[], Connection[Any]],
        clock: Callable[[], datetime],
        stir: Callable[[], None],
        watching: Watching | None = None,
    ) -> None:
        self._connect = connect
        self._clock = clock
        self._stir = stir
        self._watching = watching or shipped_watching()

    def run(self, stop: Event) -> None:
        """Watch until `stop` is set. Whatever fails is logged and tried again: nothing that is applied waits for it."""
        while not stop.is_set():
            try:
                with closing(self._connect()) as connection:
                    self._watch(connection, stop)
            except Exception as error:  # noqa: BLE001 - whatever it is, the worker goes on
                _log.warning("watcher.again", error=type(error).__name__, reason=str(error).strip().split("\n", 1)[0])
                stop.wait(self._watching.look_every)

    def _watch(self, connection: Connection[Any], stop: Event) -> None:
        is_ours = False
        while not stop.is_set():
            if not is_ours:
                [(is_ours,)] = connection.execute("select pg_try_advisory_lock(%s)", [_ONE_WATCHES]).fetchall()
            if is_ours:
                self._look(connection)
            stop.wait(self._watching.look_every)

    def _look(self, connection: Connection[Any]) -> None:
        changed = look(connection, self._clock(), self._watching.closes_after)
        for each in changed:
            _tell(each)
        if changed:
            self._stir()


def _tell(incident: Incident) -> None:
    what = {"cause": incident.cause, "source": incident.source, "flaps": incident.flaps}
    if incident.closed is not None:
        _log.info("incident.closed", **what)
    elif incident.recovered is not None:
        _log.info("incident.recovered", **what)
    elif incident.number == 0:
        _log.error("incident.opened", **what)
    else:
        _log.warning("incident.goes_on", **what)
