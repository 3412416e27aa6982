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
"""0 applications, forms and petitions, 1 documents, 2 certificates, 3 meetings and endpoints."""

BEGIN: Final = (Measure.DOCUMENT_OUT, Measure.CERTIFICATE_IN, Measure.MEETING_PLANNED)
"""The first measure of each subject but the first."""


@lru_cache(maxsize=1_024)
def subjects_of(each: Input) -> frozenset[Subject] | None:
    """What a sum is about; None where it has to do with all: samples of lines, which are not in the ledger."""
    if isinstance(each, Gauge):
        return None
    if isinstance(each, Count):
        return frozenset({0})
    return frozenset(bisect_right(BEGIN, measure) for measure, _ in each.parts)
