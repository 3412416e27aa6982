"""What the feed of the wall sends: the board, and how the map is shaded for it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from psycopg import Connection, Error

from dashboard.wall.area import Area, area_on
from dashboard.wall.map import map_changes
from dashboard.wall.scene import Scene
from geo.surveyed import Surveyed
from stream.kpi.catalogue import Catalogue
from stream.live import Board, board_json, read_board

TIME_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")


class BoardSource:
    """Reads boards over one connection of its own, which is opened again after an error; for one thread at a time.

    `imported` answers the surveyed boundaries at hand; it is asked for each board, so an import shows by itself.
    """

    def __init__(
        self, connect: Callable[[], Connection[Any]], catalogue: Catalogue, scene: Scene, clock: Callable[[], datetime],
        imported: Callable[[], Sequence[Surveyed]] = tuple,
    ) -> None:  # fmt: skip
        self._connect = connect
        self._catalogue = catalogue
        self._scene = scene
        self._clock = clock
        self._imported = imported
        self._connection: Connection[Any] | None = None
        self._board: Board | None = None

    def area(self) -> Area:
        """The area of today, local time; raises `UnitsUnknownError`."""
        return area_on(self._clock().astimezone(TIME_ZONE).date(), self._imported())

    def read(self) -> bytes:
        """The newest message as JSON: `{"board": see stream.live.message, "shades": [[path, value], …]}`."""
        if self._connection is None:
            self._connection = self._connect()
        area = self.area()
        try:
            now, earlier = self._clock(), self._board
            board = self._board = read_board(self._connection, self._catalogue, now, area.codes, earlier=earlier)
        except Error:
            self.close()
            raise
        values = {code: figures[self._scene.ranked].value for code, figures in board.by_unit.items()}
        return msgspec.json.encode({"board": msgspec.Raw(board_json(board)), "shades": map_changes(area, values)})

    def close(self) -> None:
        """Close the connection; the next reading opens another one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
