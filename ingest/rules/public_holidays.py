"""Public holidays of a country, lunar New Year included, from the library `holidays`.

They are written out when a calendar is read, so that the event that brings it into force is complete: a later
version of the library changes nothing that was adopted. The days that single decisions swap are left out: each
has to stand in the calendar's file under the name of its decision.
"""

from collections.abc import Sequence
from datetime import date

import holidays

from ingest.rules.problems import ProblemError


def public_holidays(country: str, first: int, last: int) -> Sequence[date]:
    """The holidays of the years `first` to `last`, with the days off that stand in for those on a weekend.

    Raises `ProblemError` for a country that the library does not know.
    """
    try:
        language = holidays.country_holidays(country).default_language  # else that of whoever runs the program
        found = holidays.country_holidays(country, years=range(first, last + 1), language=language)
    except NotImplementedError:
        raise ProblemError(
            f"the library `holidays` knows no country {country!r}: VN is Vietnam", f"không có nước {country!r}: dùng VN"
        ) from None
    swapped = (getattr(found, "substituted_label", None) or "\0").partition("%s")[0]
    return sorted(day for day, name in found.items() if not name.startswith(swapped))
