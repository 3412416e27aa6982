"""The rules before any were adopted: office hours with public holidays, no register, and the mergers that are known."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from geo.lineage import mergers
from stream.core.assumptions import Assumptions
from stream.core.moment import day_number, start_of
from stream.core.public_holidays import office_calendar
from stream.core.rules import Merger, Rules

MEANING: Final = "2"
"""By which meaning of an event the ledger is posted. A change of what `stream.core` makes of the same events, or of the
mergers that it goes by, is another meaning: the ledger has to be rebuilt then."""


@cache
def first_rules() -> Rules:
    """The rules that hold from the first event of the log on."""
    known = [Merger(start_of(day_number(merger.at_day)), merger.became, merger.units_in_force) for merger in mergers()]
    return Rules(office_calendar(), {}, known, assumptions())


def assumptions() -> Assumptions:
    """The working assumptions of the product: `assumptions.toml` beside this file.

    Raises `msgspec.ValidationError` where it says something that nobody assumes by.
    """
    table = tomllib.loads((files("stream") / "assumptions.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table, Assumptions)
