"""The live board: everything a wall shows, read in one go and handed on as one message."""

from stream.live.board import BOARD_KPIS, Board
from stream.live.message import board_json
from stream.live.read import read_board
from stream.live.unit_trends import UnitTrend, UnitTrends, read_unit_trends

__all__ = ["BOARD_KPIS", "Board", "UnitTrend", "UnitTrends", "board_json", "read_board", "read_unit_trends"]
