"""What an organ answered when the sender of a document recalled, updated or replaced it (status 15 and 16)."""

from collections.abc import Mapping, Sequence

from stream.core.document_record import ANSWERS, DEMANDS, DocumentRecord, Step, document_order


def answers_of(records: Sequence[DocumentRecord]) -> Mapping[int, DocumentRecord]:
    """The answer that holds to each recall, update and replacement, by the demand's id.

    An answer is to the newest demand before it, or to the first of all: clocks of two offices differ. The newest
    answer holds, from when it was first given.
    """
    asked = next((record for record in records if record.step in DEMANDS), None)
    found: dict[int, DocumentRecord] = {}
    if asked is None:
        return found
    for record in records:
        if record.step in DEMANDS:
            asked = record
        elif record.step in ANSWERS:
            held = found.get(asked.eid)
            if held is None or held.step != record.step:
                found[asked.eid] = record
    return found


def was_answered(answers: Mapping[int, DocumentRecord], demand: DocumentRecord, answer: Step) -> bool:
    """Whether this is the answer that holds to a demand."""
    held = answers.get(demand.eid)
    return held is not None and held.step == answer


def recalls_of(records: Sequence[DocumentRecord], answers: Mapping[int, DocumentRecord]) -> frozenset[int]:
    """The records with which a recall ends the document: it was asked for, and agreed to."""
    agreed = [each for each in records if each.step == Step.RECALL and was_answered(answers, each, Step.AGREED)]
    return frozenset(max(each, answers[each.eid], key=document_order).eid for each in agreed)
