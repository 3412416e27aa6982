"""Rows turned into the arrays that a statement unnests: one round trip, however many rows."""

from collections.abc import Sequence


def columns(prefix: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, object]:
    """One array for each name, in the order of the rows; `prefix` tells the arrays of several tables apart."""
    return {f"{prefix}{name}": [row[place] for row in rows] for place, name in enumerate(names)}
