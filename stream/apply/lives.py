"""What is made of the events of each kind of case: records, folded into what holds, then into what it counts for.

Every kind lives the same life: an event becomes a record of its timeline, whatever the order of arrival; the timeline
is folded into a state; the state is a set of entries of the ledger. Adding a kind is adding a line here.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from stream.apply.cases import APPLICATION, EVALUATION, PETITION
from stream.apply.reading import Fact
from stream.apply.records import Numbers, record_of
from stream.core.application import fold_ordered
from stream.core.entries import counts_alike, entries
from stream.core.feedback import evaluation_entries, fold_feedback, petition_entries
from stream.core.ledger import Entry
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
}
