"""Whether what is written on a page is what the database says, read as the dashboard reads it."""

import re
import time
from collections import deque
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from psycopg import Connection, Error

from dashboard.wall.area import area_on
from ioc.settings import Settings
from ioc.wiring import connect, open_log
from stream.kpi.catalogue import load_catalogue
from stream.kpi.definition import Unit
from stream.kpi.expression import Value
from stream.live import read_board

_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_ALL_APPLIED: Final = "select part, next_pos from part_offset"
HOLDS_FOR: Final = 6.0
"""Seconds: a scene that nobody hints at is read every few seconds; until then what was true is still right."""

Figures = Mapping[str, tuple[Value, Unit]]


class Truth:
    """The figures as they are in the database, over a connection of its own; for one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._catalogue = load_catalogue()
        self._connection: Connection[Any] | None = None
        self._read: deque[tuple[float, Figures]] = deque()

    def close(self) -> None:
        """Read no more."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def forget(self) -> None:
        """What was read so far is no longer right."""
        self._read.clear()

    def known(self, names: Iterable[str]) -> list[str]:
        """Those of the names that are KPIs."""
        every = {kpi.id for kpi in self._catalogue}
        return sorted(every.intersection(names))

    def read(self, kpis: Iterable[str]) -> bool:
        """Read these KPIs; answers whether all that is in the log is applied. False where the database is away."""
        try:
            return self._try_to_read(tuple(kpis))
        except Error:
            self.close()
            return False

    def wrong(self, shown: Mapping[str, str]) -> list[str]:
        """The figures written there that were not true within the last seconds; what is no KPI is not looked at."""
        return [
            f"{kpi}: {shown[kpi]!r}"
            for kpi in self.known(shown)
            if not any(is_written(shown[kpi], *read[kpi]) for _, read in self._read if kpi in read)
        ]

    def _try_to_read(self, kpis: tuple[str, ...]) -> bool:
        if self._connection is None:
            self._connection = connect(self._settings)
        log = open_log(self._settings)
        try:
            ends = log.end_positions()
        finally:
            log.close()
        applied: dict[int, int] = dict(self._connection.execute(_ALL_APPLIED).fetchall())
        is_applied = all(applied.get(part, 0) >= end for part, end in ends.items())
        now = datetime.now(UTC)
        if kpis and is_applied:
            area = area_on(now.astimezone(_ZONE).date(), ())
            board = read_board(self._connection, self._catalogue.only(kpis), now, area.codes)
            units = {kpi.id: kpi.definition.unit for kpi in self._catalogue}
            self._keep({tile.figure.kpi: (tile.figure.value, units[tile.figure.kpi]) for tile in board.tiles})
        return is_applied

    def _keep(self, figures: Figures) -> None:
        now = time.monotonic()
        self._read.append((now, figures))
        while self._read[0][0] < now - HOLDS_FOR:
            self._read.popleft()


def is_written(text: str, value: Value, unit: Unit) -> bool:
    """Whether this is how a figure is written on the wall: "1.234", "98,5", "–" where there is none."""
    digits = re.sub(r"[^\d,.-]", "", text).replace(".", "")
    if value is None or not re.search(r"\d", digits):
        return value is None and not re.search(r"\d", digits)
    whole, _, part = digits.partition(",")
    wanted = 100 * float(value) if unit == "percent" else float(value)
    # Rounded, and cut off where it would else read as 100 %: off by less than one of the last digit.
    return abs(float(f"{whole}.{part or 0}") - wanted) < (10.0 ** -len(part) if part or unit == "percent" else 0.05)
