"""The rules before any were adopted: office hours with public holidays, no register, and the mergers that are known."""

from functools import cache
from typing import Final

from geo.lineage import mergers
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
    return Rules(office_calendar(), {}, known)
