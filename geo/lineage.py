"""Which unit became which when units were merged or divided (NQ 1681/NQ-UBTVQH15).

The rows lead from the district generation (to 31 Jan 2025) straight to the units of today (from 1 Jul
2025). `share` says whether the **whole** unit went into the other or a **part** of it: figures of a unit
that was divided can't be carried over by arithmetic, and nobody here guesses a key. `certainty` is the
handbook's: A published, B one source.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Share = Literal["whole", "part"]


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit went, wholly or in part, into another.

    `ended` is the last day of the old unit, `began` the first day of the new one.
    """

    old_code: str
    old_title: str
    ended: date
    new_code: str
    new_title: str
    began: date
    share: Share
    certainty: str


@cache
def successions() -> tuple[Succession, ...]:
    """Every recorded step, by old code."""
    return tuple(_read())


def became(code: str) -> tuple[Succession, ...]:
    """What became of a unit of the district generation; more than one where it was divided."""
    return tuple(step for step in successions() if step.old_code == code)


def made_of(code: str) -> tuple[Succession, ...]:
    """What a unit of today was made of."""
    return tuple(step for step in successions() if step.new_code == code)


def _read() -> Iterator[Succession]:
    with (files("geo") / "data" / "lineage.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield Succession(
                old_code=row["from_code"],
                old_title=row["from_name"],
                ended=date.fromisoformat(row["from_valid_to"]),
                new_code=row["to_code"],
                new_title=row["to_name"],
                began=date.fromisoformat(row["to_valid_from"]),
                share=_share(row["share"]),
                certainty=row["certainty"],
            )


def _share(text: str) -> Share:
    if text not in {"whole", "part"}:
        raise ValueError(f"lineage.csv: a share is whole or part, not {text!r}")
    return cast("Share", text)
