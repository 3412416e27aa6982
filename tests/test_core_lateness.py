"""Letters that are owed, lateness by the index's clock, and findings: sentence by sentence of the handbook."""

from itertools import pairwise

from hypothesis import given
from msgspec.structs import replace

from stream.core.application import fold
from stream.core.entries import entries
from stream.core.findings import USUAL
from stream.core.ledger import BALANCES, ENDS, Entry, Measure, OfEnd
from stream.core.timeline import LETTER, Pause, Record, order
from stream.first_rules import first_rules
from tests.building.moments import moment
from tests.building.timelines import step, timelines, whole

RECEIVED, DUE = "2026-01-05 09:00", "2026-01-12 16:00"


def posted(*records: Record) -> frozenset[Entry]:
    return entries(fold(records, first_rules()), first_rules())


def moments_of(measure: Measure, *records: Record) -> list[int]:
    return sorted(each.at for each in posted(*records) if each.measure == measure)


def owed(*records: Record, at: str) -> int:
    """Letters owed and not sent at a moment."""
    signs = dict(BALANCES["apologies_due"])
    found = [each for each in posted(*records) if each.at < moment(at)]
    return sum(signs.get(Measure(each.measure), 0) for each in found)


def received() -> Record:
    return whole(2, RECEIVED, RECEIVED, due=DUE)


def settled(at: str, *pauses: Pause) -> Record:
    return replace(whole(9, at, RECEIVED, due=DUE, ended=at), pauses=pauses)


def letter(at: str) -> Record:
    return Record(1, moment(at), LETTER, 3980, 0, 0, whole=False)


def request(requested: str, got: str | None = None) -> Pause:
    return Pause(moment(requested), None if got is None else moment(got), None, None)


def traits(*records: Record) -> OfEnd:
    [end] = [each for each in posted(*records) if each.measure in ENDS]
    return OfEnd(end.traits)


def test_a_late_application_owes_a_letter_until_the_first_one_is_sent() -> None:
    life = (received(), letter("2026-01-14 10:00"), letter("2026-01-15 10:00"))
    assert owed(*life, at="2026-01-12 23:59") == 0
    assert owed(*life, at="2026-01-13 00:01") == 1
    assert owed(*life, at="2026-01-14 10:01") == 0
    assert moments_of(Measure.APOLOGY_SENT, *life) == [moment("2026-01-14 10:00")]


def test_it_is_owed_once_however_often_it_falls_overdue() -> None:
    life = (received(), step(5, "2026-01-14 10:00"), step(4, "2026-01-15 10:00"))
    assert len(moments_of(Measure.OVERDUE_IN, *life)) == 2
    assert owed(*life, at="2026-02-01 00:00") == 1


def test_one_settled_late_without_having_been_overdue_while_open_owes_it_from_its_end() -> None:
    promised = whole(2, RECEIVED, RECEIVED, due="2026-01-30 16:00")
    life = (promised, settled("2026-01-20 10:00"))
    assert moments_of(Measure.OVERDUE_IN, *life) == []
    assert moments_of(Measure.LATE_UNSEEN, *life) == [moment("2026-01-20 10:00")]
    assert owed(*life, at="2026-01-20 10:01") == 1


def test_a_letter_for_one_that_is_not_late_counts_nowhere() -> None:
    assert moments_of(Measure.APOLOGY_SENT, received(), letter("2026-01-07 10:00"), settled("2026-01-08 10:00")) == []


def test_a_letter_before_its_time_counts_from_when_it_is_owed() -> None:
    life = (received(), letter("2026-01-07 10:00"))
    assert moments_of(Measure.APOLOGY_SENT, *life) == moments_of(Measure.OVERDUE_IN, *life)
    assert owed(*life, at="2026-02-01 00:00") == 0


def test_a_letter_alone_is_no_application() -> None:
    assert posted(letter("2026-01-07 10:00")) == frozenset()
    assert fold([letter("2026-01-07 10:00"), received()], first_rules()).last_at == moment(RECEIVED)


def test_by_the_index_a_second_request_makes_it_late() -> None:
    once = settled("2026-01-12 10:00", request("2026-01-07 09:00", "2026-01-08 09:00"))
    again = request("2026-01-09 09:00", "2026-01-09 15:00")
    twice = replace(once, pauses=(*once.pauses, again))
    assert OfEnd.LATE_BY_INDEX not in traits(received(), once)
    assert OfEnd.LATE_BY_INDEX | OfEnd.SUPPLEMENTED_TWICE in traits(received(), twice)
    assert moments_of(Measure.LATE_BY_INDEX_IN, received(), twice) == [moment("2026-01-09 09:00")]
    payment = replace(twice, pauses=(twice.pauses[0], replace(twice.pauses[1], payment=True)))
    assert OfEnd.LATE_BY_INDEX not in traits(received(), payment), "a wait for payment is no second request"


def test_by_the_index_a_wait_counts_at_the_moment_of_its_request() -> None:
    in_time = (received(), step(5, "2026-01-12 17:00"))
    too_late = (received(), step(5, "2026-01-13 08:00"))
    assert moments_of(Measure.LATE_BY_INDEX_IN, *in_time) == []
    assert moments_of(Measure.LATE_BY_INDEX_IN, *too_late) == [moment("2026-01-13 08:00")]
    assert moments_of(Measure.OVERDUE_OUT, *too_late) == [moment("2026-01-13 08:00")]


def test_withdrawn_after_its_due_date_is_late_by_the_index() -> None:
    withdrawn = whole(7, "2026-01-14 10:00", RECEIVED, due=DUE, ended="2026-01-14 10:00")
    assert OfEnd.LATE_BY_INDEX in traits(received(), withdrawn)


def test_settled_on_the_day_of_its_receipt() -> None:
    assert OfEnd.SAME_DAY in traits(received(), settled("2026-01-05 16:00"))
    assert OfEnd.SAME_DAY not in traits(received(), settled("2026-01-06 08:00"))


def test_moves_that_the_field_does_not_know_are_findings() -> None:
    assert moments_of(Measure.UNUSUAL_MOVE, received(), step(10, "2026-01-07 10:00")) == [moment("2026-01-07 10:00")]
    assert moments_of(Measure.UNUSUAL_MOVE, received(), step(4, "2026-01-07 10:00"), step(9, "2026-01-08 10:00")) == []
    back = (received(), step(4, "2026-01-06 10:00"), step(9, "2026-01-07 10:00"), step(4, "2026-01-08 10:00"))
    assert moments_of(Measure.SETTLEMENT_TAKEN_BACK, *back) == [moment("2026-01-08 10:00")]


def test_an_end_before_its_receipt_is_a_finding_and_counts_at_the_receipt() -> None:
    impossible = whole(9, RECEIVED, RECEIVED, due=DUE, ended="2026-01-04 10:00")
    assert moments_of(Measure.IMPOSSIBLE_DATES, impossible) == [moment(RECEIVED)]
    assert moments_of(Measure.SETTLED_EARLY, impossible) == [moment(RECEIVED)]


@given(timelines)
def test_letters_owed_are_never_below_none_nor_above_one(timeline: list[Record]) -> None:
    signs = dict(BALANCES["apologies_due"])
    found = entries(fold(timeline, first_rules()), first_rules())
    for until in {entry.at for entry in found}:
        assert sum(signs.get(Measure(entry.measure), 0) for entry in found if entry.at <= until) in {0, 1}


@given(timelines)
def test_each_unusual_move_is_found_where_it_is(timeline: list[Record]) -> None:
    application = fold(timeline, first_rules())
    statuses = [record.status for record in sorted(timeline, key=order) if record.status != LETTER]
    moved = sum(one != other and (one, other) not in USUAL for one, other in pairwise(statuses))
    kinds = {Measure.UNUSUAL_MOVE, Measure.SETTLEMENT_TAKEN_BACK}
    found = sum(finding.measure in kinds for finding in application.findings)
    assert found == (0 if application.received is None else moved)
