"""CloudEvents from a source: checked against register and registration, refused by index and field."""

import pytest

from ingest.contracts.envelope import decode_envelope
from ingest.refusal import Refusal
from ingest.sources.cloudevents import take_in
from tests.onestop_records import (
    OTHER_AGENCY,
    OTHER_UNIT,
    SOURCE,
    Record,
    a_heartbeat,
    a_progress,
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
