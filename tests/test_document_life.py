"""The rules of handbook 4.1 by hand: what a document at an organ counts for, and when."""

import pytest

from ingest.contracts.documents import DocumentStatus
from ingest.contracts.rules import Level
from stream.core.ledger import MOST_AMOUNT, Entry, Measure, OfAcknowledgement, OfDocument, OfDue
from stream.first_rules import first_rules
from tests.building.documents import ADocument, incoming, outgoing
from tests.building.kinds import counted, entries_of, level_at
from tests.building.moments import moment

ARRIVED, REFUSED, RECEIVED = DocumentStatus.ARRIVED, DocumentStatus.REFUSED, DocumentStatus.RECEIVED
ASSIGNED, IN_PROGRESS, DONE = DocumentStatus.ASSIGNED, DocumentStatus.IN_PROGRESS, DocumentStatus.DONE
TAKEN_BACK, AGREED, DISAGREED = DocumentStatus.TAKEN_BACK, DocumentStatus.AGREED, DocumentStatus.DISAGREED
MONDAY, DUE = "2026-01-05 09:00", "2026-01-12 11:00"
DUE_DAY_ENDS = moment("2026-01-12 23:59") + 59


def of(document: ADocument) -> dict[str, list[Entry]]:
    return counted(entries_of(document.events, first_rules()))


def moments_of(document: ADocument, measure: str) -> list[int]:
    return [each.at for each in of(document).get(measure, [])]


def stands(document: ADocument, level: str, at: str) -> int:
    return level_at(entries_of(document.events, first_rules()), level, moment(at))


def in_time(document: ADocument) -> list[bool]:
    """Of each time that it was due: whether it was done on time."""
    return [bool(each.traits & OfDue.ON_TIME) for each in of(document).get("DOCUMENT_DUE", [])]


def test_one_that_arrives_is_open_and_becomes_overdue_by_the_clock_alone() -> None:
    found = of(incoming().sent(MONDAY, due=DUE, signature="valid"))
    traits = int(OfDocument.OPEN | OfDocument.ELECTRONIC | OfDocument.SIGNED | OfDocument.SIGNATURE)
    assert found == {
        "DOCUMENT_IN": [Entry(Measure.DOCUMENT_IN, moment(MONDAY), 3980, 0, 0, 3, traits)],
        "DOCUMENT_OPEN_IN": [Entry(Measure.DOCUMENT_OPEN_IN, moment(MONDAY), 3980, 0, 0, 3)],
        "DOCUMENT_DUE": [Entry(Measure.DOCUMENT_DUE, DUE_DAY_ENDS, 3980, 0, 0, 3)],
        "DOCUMENT_OVERDUE_IN": [Entry(Measure.DOCUMENT_OVERDUE_IN, DUE_DAY_ENDS + 1, 3980, 0, 0, 3)],
    }


@pytest.mark.parametrize(
    ("done", "expected", "overdue"),
    [("2026-01-12 23:59", True, 0), ("2026-01-06 08:00", True, 0), ("2026-01-13 00:00", False, 0),
     ("2026-01-14 09:00", False, 1)],
)  # fmt: skip
def test_done_on_the_due_day_is_on_time_and_the_day_after_is_not(done: str, expected: bool, overdue: int) -> None:  # noqa: FBT001 - a case of the table
    document = incoming().sent(MONDAY, due=DUE).told(RECEIVED, "2026-01-05 10:00").told(DONE, done)
    assert in_time(document) == [expected]
    assert moments_of(document, "DOCUMENT_DUE") == [DUE_DAY_ENDS]
    assert moments_of(document, "DOCUMENT_DONE") == [moment(done)]
    assert stands(document, "documents_overdue", "2026-01-13 12:00") == overdue
    assert stands(document, "documents_open", done) == 0
    assert stands(document, "documents_overdue", done) == 0


def test_one_without_a_due_date_is_never_due_and_never_overdue() -> None:
    found = of(incoming().sent(MONDAY).told(DONE, "2026-03-02 09:00"))
    assert set(found) == {"DOCUMENT_IN", "DOCUMENT_OPEN_IN", "DOCUMENT_OPEN_OUT", "DOCUMENT_DONE"}


def test_one_that_arrives_after_its_due_date_is_overdue_from_the_first() -> None:
    document = incoming().sent("2026-01-20 09:00", due=DUE)
    assert moments_of(document, "DOCUMENT_OVERDUE_IN") == [moment("2026-01-20 09:00")]


@pytest.mark.parametrize("status", [REFUSED, TAKEN_BACK])
@pytest.mark.parametrize(
    ("closed", "due"), [("2026-01-07 09:00", []), ("2026-01-12 17:00", []), ("2026-01-13 09:00", [False])]
)
def test_one_that_is_refused_or_taken_back_within_its_term_is_not_due(
    status: DocumentStatus, closed: str, due: list[bool]
) -> None:
    document = incoming().sent(MONDAY, due=DUE).told(status, closed)
    assert in_time(document) == due
    assert moments_of(document, "DOCUMENT_CLOSED") == [moment(closed)]
    assert stands(document, "documents_open", closed) == 0


def test_acknowledgement_is_measured_in_working_minutes_from_01_to_03() -> None:
    friday_evening, monday = "2026-01-09 17:00", "2026-01-12 08:00"
    document = incoming().sent("2026-01-09 16:00").told(ARRIVED, friday_evening).told(RECEIVED, monday)
    [minutes] = of(document)["ACKNOWLEDGE_MINUTES"]
    [acknowledged] = of(document)["DOCUMENT_ACKNOWLEDGED"]
    assert (minutes.amount, minutes.at) == (60, moment(monday))  # 17:00 to 17:30, and 07:30 to 08:00
    assert acknowledged.traits == OfAcknowledgement.WITHIN_A_DAY


def test_where_nobody_told_01_the_record_says_when_it_arrived() -> None:
    document = incoming().sent(MONDAY).told(RECEIVED, "2026-01-05 09:07")
    assert [each.amount for each in of(document)["ACKNOWLEDGE_MINUTES"]] == [7]


@pytest.mark.parametrize(("at", "prompt"), [("2026-01-06 09:00", 1), ("2026-01-06 09:01", 0)])
def test_a_working_day_is_prompt_and_a_minute_more_is_not(at: str, prompt: int) -> None:
    [acknowledged] = of(incoming().sent(MONDAY).told(RECEIVED, at))["DOCUMENT_ACKNOWLEDGED"]
    assert acknowledged.traits == prompt


def test_an_acknowledgement_at_once_or_at_night_counts_and_takes_no_minute() -> None:
    document = incoming().sent("2026-01-10 20:00").told(RECEIVED, "2026-01-11 20:00")
    assert "ACKNOWLEDGE_MINUTES" not in of(document)
    assert len(of(document)["DOCUMENT_ACKNOWLEDGED"]) == 1


def test_what_is_told_of_its_arrival_after_it_was_handled_does_not_say_when_it_arrived() -> None:
    document = incoming().sent("2026-01-05 08:50").told(RECEIVED, "2026-01-05 08:59").told(ARRIVED, MONDAY)
    assert moments_of(document, "DOCUMENT_IN") == [moment("2026-01-05 08:50")]
    unsent = incoming().told(RECEIVED, "2026-01-05 08:59").told(ARRIVED, MONDAY)
    assert moments_of(unsent, "DOCUMENT_IN") == moments_of(unsent, "DOCUMENT_ACKNOWLEDGED")


def test_the_first_acknowledgement_counts_and_a_wait_of_months_is_told_as_the_most_there_is() -> None:
    document = incoming().sent(MONDAY).told(RECEIVED, "2026-09-07 09:00").told(RECEIVED, "2026-10-05 09:00")
    assert moments_of(document, "DOCUMENT_ACKNOWLEDGED") == [moment("2026-09-07 09:00")]
    assert [each.amount for each in of(document)["ACKNOWLEDGE_MINUTES"]] == [MOST_AMOUNT]


def test_a_document_is_known_from_its_status_messages_before_its_record_comes() -> None:
    document = incoming().told(ARRIVED, MONDAY).told(RECEIVED, "2026-01-05 10:00")
    [arrived] = of(document)["DOCUMENT_IN"]
    assert (arrived.at, arrived.traits) == (moment(MONDAY), 0)  # whether it is secret or signed nobody said yet
    assert stands(document, "documents_open", "2026-01-06 09:00") == 1
    [arrived] = of(document.sent("2026-01-05 08:30", signature="present"))["DOCUMENT_IN"]
    assert (arrived.at, arrived.traits) == (
        moment(MONDAY),
        OfDocument.OPEN | OfDocument.ELECTRONIC | OfDocument.SIGNATURE,
    )


def test_a_recall_ends_a_document_when_the_organ_agrees_to_it() -> None:
    recalled = incoming().sent(MONDAY, due=DUE).sent("2026-01-07 09:00", act="recall")
    assert stands(recalled, "documents_open", "2026-01-08 09:00") == 1
    agreed = recalled.told(AGREED, "2026-01-08 10:00")
    assert moments_of(agreed, "DOCUMENT_CLOSED") == [moment("2026-01-08 10:00")]
    assert "DOCUMENT_DUE" not in of(agreed)
    assert "DOCUMENT_OVERDUE_IN" not in of(agreed)


def test_a_recall_that_the_organ_refuses_changes_nothing() -> None:
    document = incoming().sent(MONDAY, due=DUE)
    refused = document.sent("2026-01-07 09:00", act="recall").told(DISAGREED, "2026-01-08 10:00")
    assert of(refused) == of(document)


def test_an_agreement_whose_clock_is_behind_still_answers_the_recall() -> None:
    document = incoming().sent(MONDAY).told(AGREED, "2026-01-07 08:58").sent("2026-01-07 09:00", act="recall")
    assert moments_of(document, "DOCUMENT_CLOSED") == [moment("2026-01-07 09:00")]


def test_an_organ_may_think_better_of_a_recall_and_its_newest_answer_holds() -> None:
    refused = incoming().sent(MONDAY).sent("2026-01-07 09:00", act="recall").told(DISAGREED, "2026-01-07 10:00")
    agreed = refused.told(AGREED, "2026-01-07 11:00").told(AGREED, "2026-01-07 12:00")
    assert moments_of(agreed, "DOCUMENT_CLOSED") == [moment("2026-01-07 11:00")]
    assert "DOCUMENT_CLOSED" not in of(agreed.told(DISAGREED, "2026-01-07 13:00"))


@pytest.mark.parametrize("act", ["update", "replace"])
def test_a_newer_due_date_holds_from_when_it_was_told(act: str) -> None:
    document = incoming().sent(MONDAY, due=DUE).sent("2026-01-14 09:00", due="2026-01-16 17:00", act=act)
    assert stands(document, "documents_overdue", "2026-01-13 09:00") == 1
    assert stands(document, "documents_overdue", "2026-01-14 09:00") == 0
    assert stands(document, "documents_overdue", "2026-01-17 00:00") == 1
    assert moments_of(document, "DOCUMENT_DUE") == [moment("2026-01-16 23:59") + 59]
    assert in_time(document.told(DONE, "2026-01-16 18:00")) == [True]


def test_an_update_without_a_due_date_leaves_the_one_that_was_told() -> None:
    document = incoming().sent(MONDAY, due=DUE).sent("2026-01-06 09:00", act="update", secret=True)
    assert moments_of(document, "DOCUMENT_DUE") == [DUE_DAY_ENDS]
    assert [each.traits for each in of(document)["DOCUMENT_IN"]] == [OfDocument.ELECTRONIC]


def test_an_update_that_the_organ_refused_never_held() -> None:
    document = incoming().sent(MONDAY, due=DUE)
    updated = document.sent("2026-01-06 09:00", due="2026-01-20 17:00", act="update")
    assert of(updated) != of(document)
    assert of(updated.told(DISAGREED, "2026-01-06 10:00")) == of(document)
    assert of(updated.told(AGREED, "2026-01-06 10:00")) == of(updated)


def test_an_update_after_the_end_does_not_make_a_late_document_one_done_in_time() -> None:
    late = incoming().sent(MONDAY, due=DUE).told(DONE, "2026-01-14 09:00")
    assert in_time(late.sent("2026-01-15 09:00", due="2026-01-20 17:00", act="update")) == [False]


def test_what_was_done_stays_done_unless_it_is_handled_again() -> None:
    done = incoming().sent(MONDAY, due=DUE).told(DONE, "2026-01-09 09:00")
    for status in (REFUSED, TAKEN_BACK, ARRIVED, DONE):
        assert of(done.told(status, "2026-01-10 09:00"))["DOCUMENT_DONE"] == of(done)["DOCUMENT_DONE"]
    again = done.told(IN_PROGRESS, "2026-01-10 09:00")
    assert "DOCUMENT_DONE" not in of(again)
    assert stands(again, "documents_open", "2026-01-09 12:00") == 1
    assert in_time(again.told(DONE, "2026-01-13 09:00")) == [False]


def test_what_was_refused_begins_again_when_it_is_sent_again() -> None:
    refused = incoming().sent(MONDAY, due=DUE).told(REFUSED, "2026-01-06 09:00")
    again = refused.sent("2026-01-07 09:00", due=DUE)
    assert "DOCUMENT_CLOSED" not in of(again)
    assert len(of(again)["DOCUMENT_IN"]) == 1
    assert in_time(again.told(DONE, "2026-01-12 09:00")) == [True]


def test_a_later_step_counts_where_one_second_has_two() -> None:
    at = "2026-01-06 09:00"
    document = incoming().sent(MONDAY)
    assert of(document.told(DONE, at).told(RECEIVED, at).told(ASSIGNED, at)).keys() >= {"DOCUMENT_DONE"}


def test_one_of_which_nothing_is_known_but_that_it_is_done_was_never_open() -> None:
    document = incoming().told(DONE, MONDAY)
    assert set(of(document)) == {"DOCUMENT_IN", "DOCUMENT_DONE"}


def test_a_document_stays_with_the_unit_that_first_had_it() -> None:
    told = incoming().sent("2026-01-05 09:00").naming(unit="03985", level=Level.DISTRICT).told(DONE, "2026-01-06 09:00")
    assert {(each.unit, each.level) for each in entries_of(told.events, first_rules())} == {(3980, 3)}


def test_one_that_was_sent_counts_once_with_what_it_is() -> None:
    sent = outgoing(level=Level.DISTRICT).sent(MONDAY, due=DUE, signature="valid", secret=True, electronic=False)
    traits = int(OfDocument.SIGNED | OfDocument.SIGNATURE)
    assert entries_of(sent.events, first_rules()) == {
        Entry(Measure.DOCUMENT_OUT, moment(MONDAY), 3980, 0, 0, 2, traits)
    }


@pytest.mark.parametrize(
    ("signature", "traits"),
    [("none", OfDocument(0)), ("invalid", OfDocument(0)), ("present", OfDocument.SIGNATURE),
     ("valid", OfDocument.SIGNATURE | OfDocument.SIGNED)],
)  # fmt: skip
def test_a_later_record_corrects_the_signature_of_one_that_was_sent(signature: str, traits: OfDocument) -> None:
    sent = outgoing().sent(MONDAY).sent("2026-01-06 09:00", act="update", signature=signature)
    [out] = of(sent)["DOCUMENT_OUT"]
    assert (out.at, out.traits) == (moment(MONDAY), OfDocument.OPEN | OfDocument.ELECTRONIC | traits)


def test_one_that_replaces_others_was_sent_as_it_says_whatever_the_clocks_of_its_receivers() -> None:
    sent = outgoing().told(ARRIVED, "2026-01-05 08:58").sent(MONDAY, act="replace", signature="valid")
    [out] = of(sent.told(RECEIVED, "2026-01-05 10:00"))["DOCUMENT_OUT"]
    assert (out.at, bool(out.traits & OfDocument.SIGNED)) == (moment(MONDAY), True)


def test_one_that_its_sender_recalled_or_took_back_counts_once_as_recalled() -> None:
    sent = outgoing().sent(MONDAY, signature="valid").sent("2026-01-06 09:00", act="recall")
    assert moments_of(sent.told(TAKEN_BACK, "2026-01-07 09:00"), "DOCUMENT_RECALLED") == [moment("2026-01-06 09:00")]
    assert of(sent)["DOCUMENT_OUT"][0].traits & OfDocument.SIGNED
    assert moments_of(outgoing().sent(MONDAY).told(TAKEN_BACK, "2026-01-07 09:00"), "DOCUMENT_RECALLED") == [
        moment("2026-01-07 09:00")
    ]
