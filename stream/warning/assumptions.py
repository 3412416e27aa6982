"""The working assumptions of early warning, from `assumptions.toml` beside this file."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Assumed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What early warning goes by; shares are of 1."""

    warned_from: float
    window_days: int
    most_cases: int
    fewest_ended: int
    fewest_late: int
    fewest_days: int
    shifts_from: int
    shrink_by: tuple[int, ...]
    fewest_told: int
    calibrated_by: float
    held_out: float


@cache
def assumed() -> Assumed:
    """All of them. Raises `msgspec.ValidationError` where the file says something else."""
    table = tomllib.loads((files("stream.warning") / "assumptions.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table, Assumed)
