"""What is made of the records of each kind of case: folded into what holds, then into what it counts for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from stream.apply.cases import APPLICATION, EVALUATION, PETITION
from stream.core.application import Application, fold_ordered
from stream.core.entries import entries
from stream.core.feedback import evaluation_entries, fold_feedback, petition_entries
from stream.core.ledger import Entry
from stream.core.rules import Rules
from stream.core.timeline import Record


class Life(NamedTuple):
    """Both steps, pure; the records stand in order."""

    fold: Callable[[Sequence[Record], Rules], Application]
    entries: Callable[[Application, Rules], frozenset[Entry]]


LIVES: Final[Mapping[int, Life]] = {
    APPLICATION: Life(fold_ordered, entries),
    EVALUATION: Life(fold_feedback, evaluation_entries),
    PETITION: Life(fold_feedback, petition_entries),
}
