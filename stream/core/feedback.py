"""Evaluation forms (phiếu đánh giá) and petitions (phản ánh, kiến nghị): their lives, and what they count for."""

from collections.abc import Sequence

from stream.core.application import SETTLED, Application
from stream.core.clock import overdue_from
from stream.core.ledger import Entry, Measure, OfAnswer, OfEvaluation
from stream.core.moment import Moment, day_of
from stream.core.rules import Rules
from stream.core.timeline import Record, Told


def fold_feedback(records: Sequence[Record], rules: Rules) -> Application:
    """The newest record is the state of a form or a petition; the records stand in order."""
    del rules  # nothing here goes by working time
    state = records[-1]
    return Application(
        state.status, state.unit, 0, 0, state.received, state.due, state.ended, None, state.at, told=state.told
    )


def evaluation_entries(form: Application, rules: Rules) -> frozenset[Entry]:
    """One entry: the form at its moment, with what it says."""
    del rules
    traits = OfEvaluation.GOOD if form.told & Told.GOOD else 0
    traits |= OfEvaluation.COMPLAINT if form.told & Told.COMPLAINT else 0
    return frozenset({_entry(Measure.EVALUATED, form.last_at, form.unit, int(traits))})


def petition_entries(petition: Application, rules: Rules) -> frozenset[Entry]:
    """Received, open until it is answered, overdue from the day after its due date."""
    del rules
    received, unit = petition.received, petition.unit
    if received is None:
        return frozenset()
    answered = None if petition.ended is None else max(petition.ended, received)
    found = [_entry(Measure.PETITION_RECEIVED, received, unit)]
    found += _level(Measure.PETITION_OPEN_IN, Measure.PETITION_OPEN_OUT, received, answered, unit)
    if petition.due is not None:
        late = max(received, overdue_from(petition.due))
        found += _level(Measure.PETITION_OVERDUE_IN, Measure.PETITION_OVERDUE_OUT, late, answered, unit)
    if answered is not None:
        found.append(_entry(Measure.PETITION_ANSWERED, answered, unit, int(_of_answer(petition, answered))))
    return frozenset(found)


def _of_answer(petition: Application, answered: Moment) -> OfAnswer:
    in_time = petition.due is None or day_of(answered) <= day_of(petition.due)
    traits = OfAnswer.ON_TIME if in_time else OfAnswer(0)
    if petition.told & Told.RATED:
        traits |= OfAnswer.RATED
        traits |= OfAnswer.SATISFIED if petition.told & Told.SATISFIED else OfAnswer(0)
    return traits


def _level(rise: Measure, fall: Measure, start: Moment, end: Moment | None, unit: int) -> list[Entry]:
    if end is None:
        return [_entry(rise, start, unit)]
    return [_entry(rise, start, unit), _entry(fall, end, unit)] if start < end else []


def _entry(measure: Measure, at: Moment, unit: int, traits: int = 0) -> Entry:
    return Entry(int(measure), at, unit, 0, 0, 0, traits)


ANSWERED = SETTLED
"""The status of a form, and of a petition that was answered; an open one has that of a received application, 2."""
