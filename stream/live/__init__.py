"""The live board: everything a wall shows, read in one go and handed on as one message."""

from stream.live.board import BOARD_KPIS, Board
from stream.live.message import board_json
from stream.live.read import read_board

__all__ = ["BOARD_KPIS", "Board", "board_json", "read_board"]
