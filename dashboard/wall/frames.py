"""Frames: what one scene shows at one moment, as the same bytes for every display."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from psycopg import Connection

from dashboard.data.reader import Reader
from dashboard.wall.area import Area, area_on
from dashboard.wall.asked import TIME_ZONE
from dashboard.wall.scene import Scene, When
from geo.surveyed import Surveyed
from stream.alerts.view import read_sign
from stream.kpi.catalogue import Catalogue
from stream.live import Board, board_json, read_board


class Frames:
    """Reads the frame of any scene; for any thread, one reading at a time.

    `imported` answers the surveyed boundaries at hand; it is asked for each frame, so an import shows by itself.
    """

    def __init__(
        self, connect: Callable[[], Connection[Any]], catalogue: Catalogue, clock: Callable[[], datetime],
        imported: Callable[[], Sequence[Surveyed]] = tuple,
    ) -> None:  # fmt: skip
        self._reader = Reader(connect)
        self._catalogue = catalogue
        self._clock = clock
        self._imported = imported
        self._boards: dict[str, Board] = {}
        self._catalogues: dict[str, Catalogue] = {}

    def area(self, day: date | None = None) -> Area:
        """The area of a local day, or of today; raises `UnitsUnknownError`."""
        return area_on(day or self._clock().astimezone(TIME_ZONE).date(), self._imported())

    def read(self, scene: Scene) -> bytes:
        """The frame of a scene now: `{"scene", "board": see stream.live.message, "more": see its reader}` as JSON.

        It has `alerts` besides (`stream.alerts.view.read_sign`), of the past null. Raises `psycopg.Error` where the
        database doesn't answer.
        """
        area = self.area()

        def reading(connection: Connection[Any]) -> bytes:
            now = self._clock()
            board = read_board(connection, self._kpis_of(scene), now, area.codes, earlier=self._boards.get(scene.name))
            self._boards[scene.name] = board
            return _frame(scene, board, scene.more(connection, When(now), area), read_sign(connection))

        return self._reader.read(reading)

    def read_past(self, scene: Scene, when: When) -> bytes:
        """The same as of a moment of the past, in the units of that day; raises `UnitsUnknownError` besides."""
        area = self.area(when.at.astimezone(TIME_ZONE).date())
        at = min(when.at, self._clock())

        def reading(connection: Connection[Any]) -> bytes:
            board = read_board(connection, self._kpis_of(scene), at, area.codes, known_at=when.known_at)
            return _frame(scene, board, scene.more(connection, When(at, when.known_at), area))

        return self._reader.read(reading)

    def _kpis_of(self, scene: Scene) -> Catalogue:
        known = self._catalogues.get(scene.name)
        if known is None:
            known = self._catalogues[scene.name] = self._catalogue.only(scene.kpis)
        return known

    def close(self) -> None:
        """Close the connection; the next reading opens another one."""
        self._reader.close()


def _frame(scene: Scene, board: Board, more: Mapping[str, Any], alerts: Mapping[str, Any] | None = None) -> bytes:
    return msgspec.json.encode(
        {"scene": scene.name, "board": msgspec.Raw(board_json(board)), "more": more, "alerts": alerts}
    )
