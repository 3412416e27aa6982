"""Documents that are sent, recalled, updated and replaced: what the log gets of an edXML message."""

import unicodedata
from datetime import UTC, date, datetime

import msgspec
import pytest

from ingest.contracts.documents import DOCUMENT_RECORDED, DocumentRecorded
from ingest.contracts.envelope import Envelope, decode_envelope, encode_envelope
from ingest.contracts.registry import case_of, decode
from ingest.registration import Source
from ingest.sources import edxml
from tests.building.edxml import (
    ABROAD,
    COMMUNE,
    DISTRICT,
    DOCUMENTS,
    OTHER_COMMUNE,
    VENDORS,
    Message,
    Vendor,
    local,
    several,
)

NINE_TEN = datetime(2026, 6, 5, 2, 10, 11, tzinfo=UTC)


def envelopes(message: Message, source: Source = DOCUMENTS) -> list[Envelope]:
    found, refusals = edxml.translate(message.body(), source)
    assert refusals == []
    return found


def records(message: Message, source: Source = DOCUMENTS) -> list[DocumentRecorded]:
    found = [decode(envelope) for envelope in envelopes(message, source)]
    assert all(isinstance(each, DocumentRecorded) for each in found)
    return [each for each in found if isinstance(each, DocumentRecorded)]


def incoming(message: Message) -> DocumentRecorded:
    """What a message from abroad says to the one commune that receives it."""
    (found,) = records(message.but(sender=ABROAD))
    return found


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_a_document_is_outgoing_at_its_sender_and_incoming_at_each_receiver(vendor: Vendor) -> None:
    sent, received, other = records(Message(vendor=vendor, receivers=(COMMUNE, ABROAD, OTHER_COMMUNE), files=("QQ==",)))
    whole = DocumentRecorded(
        direction="outgoing",
        organ=DISTRICT,
        unit="00123",
        level=sent.level,
        sender=DISTRICT,
        code="123/UBND-VP",
        promulgated_on=date(2026, 6, 5),
        at=NINE_TEN,
        kind="Công văn",
        attachments=1,
    )
    assert sent == whole
    assert sent.level == 2
    assert received == msgspec.structs.replace(
        whole, direction="incoming", organ=COMMUNE, unit="03980", level=other.level
    )
    assert (other.organ, other.unit, other.level) == (OTHER_COMMUNE, "03985", 3)


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_an_envelope_names_the_case_and_when_it_happened(vendor: Vendor) -> None:
    for envelope, data in zip(envelopes(Message(vendor=vendor)), records(Message(vendor=vendor)), strict=True):
        assert envelope.source == DOCUMENTS.id
        assert envelope.type == DOCUMENT_RECORDED
        assert envelope.time == data.at
        assert envelope.subject == case_of(data)


def test_all_vendors_mean_the_same_by_the_same() -> None:
    said = [records(Message(vendor=vendor, due="10/06/2026", files=("QQ==",))) for vendor in VENDORS]
    assert said[0] == said[1] == said[2]


def test_an_organ_that_is_named_twice_receives_once() -> None:
    assert [each.organ for each in records(Message(receivers=(COMMUNE, COMMUNE)))] == [DISTRICT, COMMUNE]


def test_a_receiver_without_a_code_is_nobody_of_ours() -> None:
    for nobody in ("", "Bà Hà", "ha@example.vn", "x" * 300):
        assert [each.organ for each in records(Message(receivers=(nobody, COMMUNE)))] == [DISTRICT, COMMUNE]


def test_it_leaves_when_its_sender_first_had_it_and_arrives_when_its_receiver_did() -> None:
    stops = (
        (DISTRICT, local(5, 9, 30)),
        (DISTRICT, local(5, 9, 0)),
        (ABROAD, local(5, 9, 40)),
        (COMMUNE, local(5, 10, 0)),
    )
    sent, received, other = records(Message(traces=stops, receivers=(COMMUNE, OTHER_COMMUNE)))
    assert sent.at == datetime(2026, 6, 5, 2, 0, tzinfo=UTC)
    assert received.at == datetime(2026, 6, 5, 3, 0, tzinfo=UTC)
    assert other.at == datetime(2026, 6, 5, 3, 0, tzinfo=UTC), "the last stop that is known"


def test_without_a_stop_it_left_and_arrived_as_it_was_promulgated() -> None:
    assert {each.at for each in records(Message(traces=()))} == {datetime(2026, 6, 4, 17, 0, tzinfo=UTC)}
    hour = Message(traces=(), day="2026-06-05T08:00:00")
    assert {each.at for each in records(hour)} == {datetime(2026, 6, 5, 1, 0, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("due", "at"),
    [
        ("2026/06/10", datetime(2026, 6, 10, 16, 59, 59, tzinfo=UTC)),
        ("10/06/2026", datetime(2026, 6, 10, 16, 59, 59, tzinfo=UTC)),
        ("2026-06-10", datetime(2026, 6, 10, 16, 59, 59, tzinfo=UTC)),
        ("10/06/2026 11:30", datetime(2026, 6, 10, 4, 30, tzinfo=UTC)),
        (None, None),
        ("N/A", None),
        ("  ", None),
    ],
)
def test_a_due_day_ends_with_its_last_second(due: str | None, at: datetime | None) -> None:
    assert incoming(Message(due=due)).due_at == at


@pytest.mark.parametrize(
    ("number", "notation", "identity"),
    [
        ("123", "UBND-VP", None),
        ("123", "123/UBND-VP", None),
        ("123/UBND-VP", "UBND-VP", None),
        ("123/UBND-VP", None, None),
        (None, "123/UBND-VP", None),
        (" 123 ", " UBND - VP ", None),
        (None, None, f"{ABROAD},2026/06/05,123/UBND-VP"),
        (None, "UBND-VP", f"{ABROAD}, 05/06/2026, 123/UBND-VP"),
        ("123", "UBND-VP", "8ff1a9ce-0d8f-4e0b-9df4-2f9a55d50d11"),
        ("N/A", "N/A", f"{ABROAD},2026/06/05,123/UBND-VP"),
    ],
)
def test_one_document_has_one_code_however_it_is_written(
    number: str | None, notation: str | None, identity: str | None
) -> None:
    assert incoming(Message(number=number, notation=notation, identity=identity)).code == "123/UBND-VP"


def test_letters_of_two_parts_are_the_same_as_of_one() -> None:
    one, two = (unicodedata.normalize(form, "QĐ-BYTẾ") for form in ("NFC", "NFD"))
    assert one != two
    assert incoming(Message(notation=one)).code == incoming(Message(notation=two)).code == f"123/{one}"


def test_the_longest_names_make_a_case_that_fits_an_envelope() -> None:
    source = Source("documents", "edxml", {"b" * 64: "03985"})
    (envelope,) = envelopes(Message(sender="a" * 64, receivers=("b" * 64,), number="1" * 96, notation=None), source)
    assert len(envelope.subject) == 255
    assert decode_envelope(encode_envelope(envelope)) == envelope


def test_a_missing_day_is_that_of_the_documents_own_name() -> None:
    found = incoming(Message(day=None, identity=f"{ABROAD},2026/06/03,123/UBND-VP"))
    assert found.promulgated_on == date(2026, 6, 3)


def test_the_day_of_a_moment_with_a_zone_is_the_local_one() -> None:
    assert incoming(Message(day="2026-06-04T17:00:00Z")).promulgated_on == date(2026, 6, 5)


@pytest.mark.parametrize(
    ("other", "secret", "priority"),
    [
        ("", False, 0),
        ("<P:Priority>3</P:Priority>", False, 3),
        ("<P:Priority>Thượng khẩn</P:Priority>", False, 2),
        ("<P:Secret>Mật</P:Secret>", True, 0),
        ("<P:Secret>Thường</P:Secret>", False, 0),
        ("<P:DoMat>0</P:DoMat><P:Priority>Hỏa tốc</P:Priority>", False, 3),
        ("<P:SecurityLevel>2</P:SecurityLevel>", True, 0),
    ],
)
def test_secrecy_and_urgency_are_read_as_the_conventions_say(other: str, secret: bool, priority: int) -> None:  # noqa: FBT001
    found = incoming(Message(other=other))
    assert (found.secret, found.priority) == (secret, priority)


@pytest.mark.parametrize(
    ("paper", "files", "electronic"),
    [("0", (), True), ("1", ("QQ==",), True), ("1", (), False), ("0", ("QQ==",), True)],
)
def test_a_message_without_a_file_that_announces_a_paper_is_no_e_document(
    paper: str,
    files: tuple[str, ...],
    electronic: bool,  # noqa: FBT001
) -> None:
    assert incoming(Message(paper=paper, files=files)).electronic is electronic


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_files_are_counted(vendor: Vendor) -> None:
    for count in (0, 1, 7):
        assert incoming(Message(vendor=vendor, files=("QUJD",) * count)).attachments == count


def test_files_that_only_the_manifest_names_are_counted() -> None:
    body = Message(sender=ABROAD, files=("QQ==", "QQ==")).body()
    without = body[: body.index(b"<AttachmentEncoded>")] + b"</edXML>"
    (envelope,) = edxml.translate(without, DOCUMENTS).envelopes
    assert b'"attachments":2' in bytes(envelope.data)


def test_a_recall_says_which_document_and_when() -> None:
    recall = Message(act=1, traces=((DISTRICT, local(6, 8, 0)),), due="10/06/2026")
    sent, received = records(recall)
    assert (sent.act, received.act) == ("recall", "recall")
    assert sent.at == received.at == datetime(2026, 6, 6, 1, 0, tzinfo=UTC)
    assert case_of(received) == case_of(records(Message())[1])
    assert received.due_at is None
    assert received.kind is None


@pytest.mark.parametrize("act", [1, 2])
def test_a_recall_or_an_update_may_name_another_document_than_its_own_letter(act: int) -> None:
    named = f"<P:DocumentId>{DISTRICT},2026/06/01,99/UBND-VP</P:DocumentId>"
    found = records(Message(act=act, number="124", business=named))
    assert {(each.code, each.promulgated_on) for each in found} == {("99/UBND-VP", date(2026, 6, 1))}


def test_nobody_recalls_the_document_of_another() -> None:
    named = f"<P:DocumentId>{ABROAD},2026/06/01,99/UBND-VP</P:DocumentId>"
    assert {each.code for each in records(Message(act=1, business=named))} == {"123/UBND-VP"}


def test_an_update_says_anew_what_the_document_is() -> None:
    found = incoming(Message(act=2, due="20/06/2026", kind="Quyết định"))
    assert (found.act, found.kind) == ("update", "Quyết định")
    assert found.due_at == datetime(2026, 6, 20, 16, 59, 59, tzinfo=UTC)


def test_what_is_replaced_is_recalled_and_the_new_document_begins() -> None:
    replaced = "".join(
        f"<P:ReplacementInfo><P:DocumentId>{DISTRICT},2026/06/0{day},{day}/UBND-VP</P:DocumentId></P:ReplacementInfo>"
        for day in (1, 2)
    )
    listed = f"<P:ReplacementInfoList>{replaced}</P:ReplacementInfoList>"
    found = records(Message(act=3, business=listed))
    assert [(each.direction, each.code, each.act) for each in found] == [
        ("outgoing", "123/UBND-VP", "replace"),
        ("outgoing", "1/UBND-VP", "recall"),
        ("outgoing", "2/UBND-VP", "recall"),
        ("incoming", "123/UBND-VP", "replace"),
        ("incoming", "1/UBND-VP", "recall"),
        ("incoming", "2/UBND-VP", "recall"),
    ]


def test_a_letter_that_does_not_say_what_it_does_is_a_new_document() -> None:
    assert {each.act for each in records(Message(act=None))} == {"new"}


def test_the_same_message_is_the_same_events_whatever_is_not_kept_of_it() -> None:
    one, again = Message(), Message(people="Lò Văn Pánh", subject="Tiêu đề khác", files=())
    assert [each.id for each in envelopes(one)] == [each.id for each in envelopes(again)]
    assert len({each.id for each in envelopes(one)}) == 2
    assert {each.id for each in envelopes(one)}.isdisjoint(each.id for each in envelopes(one.but(due="10/06/2026")))


def test_several_messages_in_one_body_are_told_in_their_order() -> None:
    body = several(*(Message(sender=ABROAD, number=str(number)) for number in (3, 1, 2)))
    assert [each.subject[-9:] for each in edxml.translate(body, DOCUMENTS).envelopes] == [
        "3/UBND-VP",
        "1/UBND-VP",
        "2/UBND-VP",
    ]


def test_a_comment_in_the_middle_of_a_code_does_not_end_it() -> None:
    body = Message(sender=ABROAD, receivers=(COMMUNE + "XX",)).body()
    assert edxml.translate(body.replace(b"18XX<", b"18<!-- -->XX<"), DOCUMENTS).envelopes == []


def test_another_case_of_names_is_the_same_name() -> None:
    body = Message().body().replace(b"OrganId", b"OrganID").replace(b"PromulgationDate", b"promulgationDate")
    assert len(edxml.translate(body, DOCUMENTS).envelopes) == 2
