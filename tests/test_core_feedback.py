"""Evaluation forms and petitions: what they count for."""

from stream.core.feedback import ANSWERED, evaluation_entries, fold_feedback, petition_entries
from stream.core.ledger import Entry, Measure, OfAnswer, OfEvaluation
from stream.core.timeline import Record, Told
from stream.first_rules import first_rules
from tests.building.moments import moment

RECEIVED, DUE = "2026-01-05 09:00", "2026-01-12 16:00"


def petition(at: str, answered: str | None = None, told: int = 0, due: str | None = DUE) -> Record:
    return Record(
        hash((at, answered)), moment(at), 2 if answered is None else ANSWERED, 3980, 0, 0, whole=True,
        received=moment(RECEIVED), due=None if due is None else moment(due),
        ended=None if answered is None else moment(answered), told=told,
    )  # fmt: skip


def posted(*records: Record) -> set[tuple[str, int]]:
    found = petition_entries(fold_feedback(records, first_rules()), first_rules())
    return {(Measure(each.measure).name, each.at) for each in found}


def answer(*records: Record) -> OfAnswer:
    found = petition_entries(fold_feedback(records, first_rules()), first_rules())
    [end] = [each for each in found if each.measure == Measure.PETITION_ANSWERED]
    return OfAnswer(end.traits)


def test_a_form_counts_once_with_what_it_says() -> None:
    form = Record(1, moment(RECEIVED), ANSWERED, 3980, 0, 0, whole=True, told=int(Told.GOOD | Told.COMPLAINT))
    assert evaluation_entries(fold_feedback([form], first_rules()), first_rules()) == {
        Entry(Measure.EVALUATED, moment(RECEIVED), 3980, 0, 0, 0, int(OfEvaluation.GOOD | OfEvaluation.COMPLAINT))
    }


def test_an_open_petition_becomes_overdue_by_the_clock_alone() -> None:
    assert posted(petition(RECEIVED)) == {
        ("PETITION_RECEIVED", moment(RECEIVED)),
        ("PETITION_OPEN_IN", moment(RECEIVED)),
        ("PETITION_OVERDUE_IN", moment("2026-01-13 00:00")),
    }


def test_one_answered_on_its_due_date_was_answered_in_time() -> None:
    answered = petition("2026-01-12 20:00", "2026-01-12 20:00", Told.RATED | Told.SATISFIED)
    assert answer(petition(RECEIVED), answered) == OfAnswer.ON_TIME | OfAnswer.RATED | OfAnswer.SATISFIED
    assert ("PETITION_OVERDUE_IN", moment("2026-01-13 00:00")) not in posted(petition(RECEIVED), answered)


def test_one_answered_the_day_after_was_not() -> None:
    answered = petition("2026-01-13 08:00", "2026-01-13 08:00", Told.RATED)
    assert answer(petition(RECEIVED), answered) == OfAnswer.RATED
    assert ("PETITION_OVERDUE_OUT", moment("2026-01-13 08:00")) in posted(petition(RECEIVED), answered)


def test_one_without_a_due_date_is_never_late() -> None:
    answered = petition("2026-03-13 08:00", "2026-03-13 08:00", due=None)
    assert answer(answered) == OfAnswer.ON_TIME
