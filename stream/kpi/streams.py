"""Which stream (luồng dữ liệu) each measure of the ledger comes from: the one place that says it.

Applications, evaluation forms and petitions come from the one-stop shops (một cửa), documents and certificates from the
document axis (trục liên thông văn bản), meetings, endpoints and the quality of lines from the conference system.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from ingest.contracts.declared import Stream
from stream.core.ledger import Measure
from stream.kpi.definition import Kpi
from stream.kpi.quality import Gauge
from stream.kpi.terms import Count, Input, Term

_FIRST_OF_DOCUMENTS: Final = Measure.DOCUMENT_OUT
_FIRST_OF_CONFERENCE: Final = Measure.MEETING_PLANNED

STREAM_OF: Final[Mapping[Measure, Stream]] = MappingProxyType(
    {
        measure: "onestop"
        if measure < _FIRST_OF_DOCUMENTS
        else "documents"
        if measure < _FIRST_OF_CONFERENCE
        else "conference"
        for measure in Measure
    }
)


def streams_of(kpi: Kpi) -> frozenset[Stream]:
    """The streams that the inputs of a KPI come from; none for what the register of procedures alone says."""
    return frozenset(stream for each in kpi.inputs for stream in _streams(each))


@lru_cache(maxsize=1_024)
def _streams(each: Input) -> frozenset[Stream]:
    match each:
        case Term():
            return frozenset(STREAM_OF[measure] for measure, _ in each.parts)
        case Gauge():
            return frozenset({"conference"})
        case Count():
            return frozenset({"onestop"} if each.is_used else ())
