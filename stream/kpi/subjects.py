"""What figures are about, as far as it says since when anything is known: where nothing is known there is no zero.

A unit whose one-stop shop reports is known for its applications and not for its documents; a certificate that has been
valid for years tells nothing of the documents of those years.
"""

from bisect import bisect_right
from functools import lru_cache
from typing import Final, TypeAlias

from stream.core.ledger import Measure
from stream.kpi.quality import Gauge
from stream.kpi.terms import Count, Input

Subject: TypeAlias = int
"""0 applications, forms and petitions, 1 documents, 2 certificates, 3 meetings and endpoints, 4 samples of lines."""

BEGIN: Final = (Measure.DOCUMENT_OUT, Measure.CERTIFICATE_IN, Measure.MEETING_PLANNED)
"""The first measure of each subject of the ledger but the first."""
LINES: Final[Subject] = len(BEGIN) + 1


@lru_cache(maxsize=1_024)
def subjects_of(each: Input) -> frozenset[Subject]:
    """What a sum is about."""
    if isinstance(each, Gauge):
        return frozenset({LINES})
    if isinstance(each, Count):
        return frozenset({0})
    return frozenset(bisect_right(BEGIN, measure) for measure, _ in each.parts)
