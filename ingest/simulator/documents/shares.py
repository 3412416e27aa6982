"""What the traffic of documents is like. Shares follow handbook section 1 where it has them; the rest is C."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shares:
    """Numbers are of a working day, shares of 1."""

    outgoing_district: float = 20.0
    outgoing_communes: float = 40.0
    from_outside: float = 33.0  # documents; each reaches one organ of ours or more: about 90 receipts with our own
    paper_district: float = 0.004  # not electronic
    paper_communes: float = 0.008
    unsigned_district: float = 0.007  # so that over 98 % of the district's are signed
    unsigned_communes: float = 0.012  # over 97 % in communes
    broken: float = 0.0015  # changed after it was signed
    secret: float = 0.012
    due: float = 0.46  # of what is received: it has a due day
    late: float = 0.04  # of these
    forgotten: float = 0.004  # never done
    refused: float = 0.008
    taken_back: float = 0.004
    recalled: float = 0.006
    updated: float = 0.007
    replaced: float = 0.004
    disagreed: float = 0.12  # of the answers to a recall or an update
    longest_life_days: int = 80
