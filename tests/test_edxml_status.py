"""Status messages: what became of a document, at who tells it and at who sent it."""

from datetime import UTC, datetime

import pytest

from ingest.contracts.documents import DOCUMENT_PROGRESSED, DocumentProgressed, DocumentStatus
from ingest.contracts.registry import case_of, decode
from ingest.sources import edxml
from tests.building.edxml import ABROAD, COMMUNE, DISTRICT, DOCUMENTS, OTHER_COMMUNE, VENDORS, Message, Status, Vendor


def told(status: Status) -> list[DocumentProgressed]:
    envelopes, refusals = edxml.translate(status.body(), DOCUMENTS)
    assert refusals == []
    assert {envelope.type for envelope in envelopes} == {DOCUMENT_PROGRESSED}
    found = [decode(envelope) for envelope in envelopes]
    assert [envelope.time for envelope in envelopes] == [
        each.at for each in found if isinstance(each, DocumentProgressed)
    ]
    return [each for each in found if isinstance(each, DocumentProgressed)]


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_a_status_is_told_of_the_documents_of_both_organs(vendor: Vendor) -> None:
    sent, received = told(Status(vendor=vendor))
    assert (sent.direction, sent.organ, sent.unit, sent.level) == ("outgoing", DISTRICT, "00123", 2)
    assert (received.direction, received.organ, received.unit, received.level) == ("incoming", COMMUNE, "03980", 3)
    for each in (sent, received):
        assert each.status is DocumentStatus.RECEIVED
        assert each.at == datetime(2026, 6, 5, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_a_status_is_of_the_same_cases_as_its_document(vendor: Vendor) -> None:
    document = {envelope.subject for envelope in edxml.translate(Message(vendor=vendor).body(), DOCUMENTS).envelopes}
    assert {case_of(each) for each in told(Status(vendor=vendor))} == document


def test_a_strangers_document_is_told_of_at_its_receiver_only() -> None:
    (found,) = told(Status(sender=ABROAD))
    assert (found.direction, found.organ, found.sender) == ("incoming", COMMUNE, ABROAD)


def test_a_strangers_receipt_is_told_of_at_the_sender_only() -> None:
    (found,) = told(Status(teller=ABROAD))
    assert (found.direction, found.organ) == ("outgoing", DISTRICT)


def test_between_strangers_nothing_is_told() -> None:
    envelopes, (refusal,) = edxml.translate(Status(sender=ABROAD, teller="000.00.20.H01").body(), DOCUMENTS)
    assert envelopes == []
    assert refusal.field == "From.OrganId"


@pytest.mark.parametrize("status", list(DocumentStatus))
def test_every_status_of_the_standard_is_known(status: DocumentStatus) -> None:
    for written in (f"{status.value:02}", str(status.value)):
        assert {each.status for each in told(Status(status=written))} == {status}


def test_what_its_sender_takes_back_is_told_at_the_receivers_that_it_names() -> None:
    found = told(Status(teller=DISTRICT, status="13", receivers=(COMMUNE, ABROAD, OTHER_COMMUNE)))
    assert [(each.direction, each.organ) for each in found] == [
        ("outgoing", DISTRICT),
        ("incoming", COMMUNE),
        ("incoming", OTHER_COMMUNE),
    ]


@pytest.mark.parametrize(
    ("code", "identity"),
    [
        ("<P:Code>123/UBND-VP</P:Code>", None),
        ("<P:Code><P:CodeNumber>123</P:CodeNumber><P:CodeNotation>UBND-VP</P:CodeNotation></P:Code>", "4711"),
        ("", f"{DISTRICT},2026/06/05,123/UBND-VP"),
    ],
)
def test_which_document_is_answered_may_be_said_in_three_ways(code: str, identity: str | None) -> None:
    assert {each.code for each in told(Status(code=code, identity=identity))} == {"123/UBND-VP"}


def test_a_document_may_be_named_by_its_identity_alone() -> None:
    body = Status(code="", day=None, identity=f"{DISTRICT},2026/06/05,123/UBND-VP").body()
    sender = f"<edXML:ResponseFor><edXML:OrganId>{DISTRICT}</edXML:OrganId>".encode()
    for each in (body, body.replace(sender, b"<edXML:ResponseFor>")):
        assert len(edxml.translate(each, DOCUMENTS).envelopes) == 2


def test_receipts_of_two_organs_in_one_second_are_two_events_of_the_sender() -> None:
    ids = [
        edxml.translate(Status(teller=teller).body(), DOCUMENTS).envelopes[0].id for teller in (COMMUNE, OTHER_COMMUNE)
    ]
    assert len(set(ids)) == 2


def test_a_document_that_answers_another_is_a_document() -> None:
    answering = Message().body().replace(
        b"<edXML:SignerInfo>", f"<edXML:ResponseFor><edXML:OrganId>{ABROAD}</edXML:OrganId></edXML:ResponseFor>"
        "<edXML:SignerInfo>".encode()
    )  # fmt: skip
    assert {each.type for each in edxml.translate(answering, DOCUMENTS).envelopes} == {"vn.ioc.document.recorded"}
