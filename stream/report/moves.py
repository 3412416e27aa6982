"""The cases that moved into the units of a form, or out of them, within its period.

A case stands in the form of the unit that has it at the end. So the unit it came to counts it as carried over, and the
unit that it left takes it off: 3 = 7 + 11 holds in every form, and the forms of all units add up to the area's.
"""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from stream.core.ledger import Measure
from stream.report.asked import Asked
from stream.report.columns import ONLINE
from stream.report.ii06a import Kind, Move
from stream.report.sums import rows


def read_moves(connection: Connection[Any], asked: Asked, units: Sequence[int]) -> list[Move]:
    """Every case that came or left on balance: one that did both stands where it stood, or nowhere.

    None where the whole centre is asked for: it has no border.
    """
    if asked.scope.units is None:
        return []
    parameters = {
        "moved_in": int(Measure.MOVED_IN),
        "moved_out": int(Measure.MOVED_OUT),
        "received": int(Measure.RECEIVED),
        "units": units,
        "start": asked.start,
        "stop": asked.stop,
        "known_at": asked.knowledge,
        "online": ONLINE,
    }
    return [
        Move(case, Kind(level, field), _column(n, received_online=online), n)
        for case, level, field, n, online in rows(connection, "moves", parameters)
    ]


def _column(n: int, *, received_online: bool | None) -> int:
    if n > 0 or received_online is None:
        return 6
    return 4 if received_online else 5
