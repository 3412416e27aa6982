"""CloudEvents from a source: checked against register and registration, refused by index and field."""

import pytest

from ingest.contracts import registry
from ingest.contracts.envelope import decode_envelope
from ingest.contracts.onestop import ApplicationRecorded
from ingest.refusal import Refusal
from ingest.sources.cloudevents import take_in
from tests.onestop_records import (
    CORRECTING,
    OTHER_AGENCY,
    OTHER_UNIT,
    SOURCE,
    Record,
    a_heartbeat,
    a_petition,
    a_progress,
    an_apology,
    an_evaluation,
    an_event,
    as_json,
    the_data,
)


def refusal_of(body: bytes) -> Refusal:
    """The only refusal of a body of which nothing is taken."""
    entries, (refusal,) = take_in(body, SOURCE)
    assert entries == []
    return refusal


REFUSED: list[tuple[Record, str]] = [
    (an_event(source="someone-else"), "source"),
    (an_event(type="vn.ioc.onestop.application.burnt"), "type"),
    (an_event(dataschema="urn:ioc:onestop.application.recorded:2"), "dataschema"),
    (an_event(time="2024-07-15T10:00:00"), "time"),
    (an_event(time="yesterday"), "time"),
    (an_event(time="0001-01-01T00:00:00Z"), "time"),
    (an_event(specversion="0.3"), "specversion"),
    (an_event(id=""), "id"),
    (an_event(id="a\0b"), "id"),
    (an_event(subject="H52.17.18-240712-0002"), "subject"),
    (an_event(data=the_data(application="H52.17.18-240712-0002")), "subject"),
    (an_event(data=None), "data"),
    (an_event(data=the_data(status=11)), "data.status"),
    (an_event(data=the_data(status="2")), "data.status"),
    (an_event(data=the_data(received_at="2024-02-30T00:00:00Z")), "data.received_at"),
    (an_event(data=the_data(received_at="9999-12-31T23:59:59Z")), "data.received_at"),
    (
        an_event(data=the_data(supplements=[{"id": "1", "requested_at": "0001-01-01T00:00:00Z"}])),
        "data.supplements[0].requested_at",
    ),
    (an_event(data=the_data(unit="3980")), "data.unit"),
    (an_event(data=the_data(unit=OTHER_UNIT)), "data.unit"),
    (an_event(data=the_data(agency="H52.99")), "data.agency"),
    (an_event(data=the_data(agency=OTHER_AGENCY)), "data.unit"),
    (an_event(data=the_data(fee=-1)), "data.fee"),
    (an_event(data=the_data(note="a\0b")), "data.note"),
    (dict(a_progress(data={**the_data(), "unit": "99999", "at": "2024-07-12T03:00:00Z"})), "data.unit"),
    (a_heartbeat(data={"source": "someone-else", "at": "2024-07-15T03:00:00Z"}), "data.source"),
    (a_heartbeat(subject="x"), "subject"),
    (an_event(subject="petition/P-1", data=the_data(application="petition/P-1")), "data.application"),
    (an_apology(unit="99999"), "data.unit"),
    (an_apology(application="H52.17.18-240712-0002"), "subject"),
    (an_apology(sent_at=None), "data.sent_at"),
    (an_evaluation(unit="99999"), "data.unit"),
    (an_evaluation(form="F-2"), "subject"),
    (an_evaluation(verdict=4), "data.verdict"),
    (an_evaluation(verdict="very good"), "data.verdict"),
    (an_evaluation(at="0001-01-01T00:00:00Z"), "data.at"),
    (a_petition(unit="99999"), "data.unit"),
    (a_petition(petition="P-2"), "subject"),
    (a_petition(due_at="tomorrow"), "data.due_at"),
]


@pytest.mark.parametrize(("event", "field"), REFUSED)
def test_a_misfit_is_refused_by_index_and_field_and_its_neighbours_are_taken(event: Record, field: str) -> None:
    entries, (refusal,) = take_in(as_json([an_event(id="before"), event, an_event(id="after")]), SOURCE)
    assert (refusal.index, refusal.field) == (1, field)
    assert refusal.reason
    assert refusal.reason_vi
    assert [decode_envelope(entry.body).id for entry in entries] == ["before", "after"]


@pytest.mark.parametrize("missing", ["id", "source", "type", "subject", "time", "dataschema", "data"])
def test_a_missing_attribute_is_named(missing: str) -> None:
    event = an_event()
    del event[missing]
    refusal = refusal_of(as_json(event))
    assert (refusal.index, refusal.field, refusal.reason) == (0, missing, "missing")


def test_a_missing_field_of_the_data_is_named() -> None:
    data = the_data()
    del data["application"]
    assert refusal_of(as_json(an_event(data=data))).field == "data.application"


@pytest.mark.parametrize("body", [b"", b"{", b"[{]", b'[1,"\xff"]', b"[" * 100_000, b"{}x"])
def test_malformed_json_is_one_refusal_of_the_body(body: bytes) -> None:
    refusal = refusal_of(body)
    assert (refusal.index, refusal.field) == (None, "$")


@pytest.mark.parametrize("body", [b"1", b'"x"', b"null"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    for sent in (body, b"[" + body + b"]"):
        refusal = refusal_of(sent)
        assert (refusal.index, refusal.reason) == (0, "not an object")


@pytest.mark.parametrize("secret", ["LO THI MY", "Lò Thị Mỷ", "014123456789", "my@mail.vn"])
def test_what_stands_in_a_wrong_field_is_not_quoted(secret: str) -> None:
    for data in (the_data(status=secret), the_data(agency=secret), the_data(unit=secret), the_data(received_at=secret)):
        refusal = refusal_of(as_json(an_event(data=data)))
        assert secret not in refusal.field + refusal.reason + refusal.reason_vi


def test_a_source_speaks_for_its_own_units_only() -> None:
    own, foreign = the_data(status=4, at="2024-07-12T03:00:00Z"), the_data(unit="99999", at="2024-07-12T03:00:00Z")
    assert take_in(as_json(a_progress(data=own)), SOURCE).refusals == []
    assert refusal_of(as_json(a_progress(data=foreign))).field == "data.unit"


@pytest.mark.parametrize(
    ("event", "subject"),
    [
        (an_apology(), "H52.17.18-240712-0001"),
        (an_apology(new_date="2024-07-20T10:00:00Z"), "H52.17.18-240712-0001"),
        (an_evaluation(), "evaluation/F-1"),
        (an_evaluation(complaint=True, application="H52.17.18-240712-0001"), "evaluation/F-1"),
        (a_petition(), "petition/P-1"),
        (a_petition(answered_at="2024-07-20T10:00:00Z", satisfied=False), "petition/P-1"),
    ],
)
def test_letters_forms_and_petitions_are_taken_under_their_own_cases(event: Record, subject: str) -> None:
    (entry,), refusals = take_in(as_json(event), SOURCE)
    assert refusals == []
    assert entry.key == subject


def test_what_a_citizen_wrote_and_who_it_was_does_not_pass() -> None:
    (entry,), _ = take_in(as_json(a_petition(GhiChu="LO THI MY", nguoiNop="LO THI MY", email="my@mail.vn")), SOURCE)
    assert b"MY" not in entry.body
    assert b"my@mail.vn" not in entry.body


@pytest.mark.parametrize("event_type", sorted(registry.NOT_FROM_SOURCES))
def test_rules_are_refused_by_name_whatever_else_the_event_says(event_type: str) -> None:
    schema = registry.dataschema(event_type)
    for changes in ({"dataschema": schema}, {"dataschema": schema, "data": {"version": "x"}}, {}):
        refusal = refusal_of(as_json(an_event(type=event_type, **changes)))
        assert refusal.field == "type"
        assert "the centre itself" in refusal.reason
        assert "trung tâm" in refusal.reason_vi


@pytest.mark.parametrize("sent", [{}, {"unit_corrected": True}, {"unit_corrected": False}, {"unit_corrected": "yes"}])
def test_whether_a_changed_unit_is_a_correction_is_for_the_registration_to_say(sent: Record) -> None:
    for source, corrected in ((SOURCE, False), (CORRECTING, True)):
        (entry,), refusals = take_in(as_json(an_event(data=the_data(**sent))), source)
        assert refusals == []
        data = registry.decode(decode_envelope(entry.body))
        assert isinstance(data, ApplicationRecorded)
        assert data.unit_corrected is corrected
