"""What is made of the events of each kind of case: records, folded into what holds, then into what it counts for.

Every kind lives the same life: an event becomes a record of its timeline, whatever the order of arrival; the timeline
is folded into a state; the state is a set of entries of the ledger. Adding a kind is adding a line here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from stream.apply.cases import APPLICATION, CERTIFICATE, DOCUMENT, ENDPOINT, EVALUATION, HANDLING, MEETING, PETITION
from stream.apply.conference import endpoint_record_of, meeting_record_of
from stream.apply.documents import record_of_certificate, record_of_document
from stream.apply.handling import record_of_act
from stream.apply.reading import Fact
from stream.apply.records import Numbers, record_of
from stream.core import endpoint, meeting, meeting_record
from stream.core.application import fold_ordered
from stream.core.certificate import (
    certificate_entries,
    certificate_order,
    certificates_alike,
    fold_certificate,
    unpack_certificates,
)
from stream.core.document import documents_alike, fold_document
from stream.core.document_entries import document_entries
from stream.core.document_record import document_order, unpack_documents
from stream.core.entries import counts_alike, entries
from stream.core.feedback import evaluation_entries, fold_feedback, petition_entries
from stream.core.handling import fold_handling, handling_alike, handling_entries, handling_order, unpack_handling
from stream.core.ledger import Entry
from stream.core.meeting_entries import meeting_entries
from stream.core.rules import Rules
from stream.core.timeline import MOST_RECORDS, order, unpack


class Life(NamedTuple):
    """The steps of one kind, all pure. Records and states are of the kind's own types.

    `fold` is given records in `order`. `alike` says of two states that they count for the same by the same rules. More
    than `most` records about one case are a fault of its source.
    """

    record: Callable[[Fact, Numbers, int], Any]
    order: Callable[[Any], Any]
    unpack: Callable[[bytes], list[Any]]
    fold: Callable[[Sequence[Any], Rules], Any]
    entries: Callable[[Any, Rules], frozenset[Entry]]
    alike: Callable[[Any, Any], bool]
    most: int = MOST_RECORDS


LIVES: Final[Mapping[int, Life]] = {
    APPLICATION: Life(record_of, order, unpack, fold_ordered, entries, counts_alike),
    EVALUATION: Life(record_of, order, unpack, fold_feedback, evaluation_entries, counts_alike),
    PETITION: Life(record_of, order, unpack, fold_feedback, petition_entries, counts_alike),
    DOCUMENT: Life(
        record_of_document, document_order, unpack_documents, fold_document, document_entries, documents_alike
    ),
    CERTIFICATE: Life(
        record_of_certificate,
        certificate_order,
        unpack_certificates,
        fold_certificate,
        certificate_entries,
        certificates_alike,
    ),
    MEETING: Life(
        meeting_record_of,
        meeting_record.order,
        meeting_record.unpack,
        meeting.fold_meeting,
        meeting_entries,
        meeting.counts_alike,
        meeting_record.MOST_STEPS,
    ),
    ENDPOINT: Life(
        endpoint_record_of,
        endpoint.order,
        endpoint.unpack,
        endpoint.fold_endpoint,
        endpoint.endpoint_entries,
        endpoint.counts_alike,
        endpoint.MOST_CHANGES,
    ),
    HANDLING: Life(record_of_act, handling_order, unpack_handling, fold_handling, handling_entries, handling_alike),
}
