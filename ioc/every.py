"""How often a source gives a sign of life, as people write it: `10m`, `30s`, `8h`, `none`."""

import re
from typing import Final, NamedTuple

import click
import msgspec

from ingest.contracts.declared import Cadence

_WRITTEN: Final = re.compile(r"(?P<number>[0-9]{1,7})(?P<unit>[smh])")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3_600}


class Every(NamedTuple):
    """A cadence in seconds of working time; None: none is promised."""

    cadence: int | None


class _EveryType(click.ParamType[Every]):
    """`10m`, `30s`, `8h` or `none`."""

    name = "every"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Every:
        """Raises `click.BadParameter`."""
        if isinstance(value, Every):
            return value
        if value == "none":
            return Every(None)
        found = _WRITTEN.fullmatch(str(value))
        if found is None:
            self.fail(f"{value!r} is no time: write 30s, 10m, 8h or none", param, ctx)
        seconds = int(found["number"]) * _SECONDS[found["unit"]]
        try:
            return Every(msgspec.convert(seconds, Cadence))
        except msgspec.ValidationError:
            self.fail(f"{value!r} is not between 10s and 9600h", param, ctx)


EVERY: Final = _EveryType()


def written(cadence: int | None) -> str:
    """The same, written."""
    if cadence is None:
        return "none"
    unit = next(unit for unit in "hms" if cadence % _SECONDS[unit] == 0)
    return f"{cadence // _SECONDS[unit]}{unit}"
