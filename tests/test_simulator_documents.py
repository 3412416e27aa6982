"""The simulated documents have the proportions of the real ones (handbook 1), and say what the adapter understands."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

import msgspec
import pytest

from ingest.contracts.documents import (
    CERTIFICATE_RECORDED,
    CertificateRecorded,
    DocumentProgressed,
    DocumentRecorded,
    DocumentStatus,
)
from ingest.contracts.envelope import Envelope, decode_envelope
from ingest.contracts.registry import Data, decode
from ingest.contracts.rules import Level
from ingest.simulator.calendar import LOCAL, calendar_of
from ingest.simulator.documents.certificates import issues
from ingest.simulator.documents.paper import Paper
from ingest.simulator.documents.traffic import traffic
from ingest.simulator.documents.writing import papers
from ingest.simulator.parcel import Parcel, Way
from ingest.sources import cloudevents
from ingest.sources.edxml import Trust, translate
from tests.simulated import A_WEDNESDAY, HALF_A_YEAR, begun, bureau, chain, documents_source, signer, until

_FIRST = (A_WEDNESDAY - HALF_A_YEAR).date()
_SOURCE = documents_source()


@cache
def half_a_year() -> tuple[Paper, ...]:
    return tuple(paper for number in range(182) for paper in papers(bureau(), _FIRST + timedelta(days=number)))


def _working_days() -> int:
    calendar = calendar_of(_FIRST.year)
    return sum(calendar.is_working(_FIRST + timedelta(days=number)) for number in range(182))


def _outgoing() -> list[Paper]:
    return [paper for paper in half_a_year() if paper.sender.unit is not None]


@cache
def _sent(days: int, detailed_days: int | None = None) -> list[Parcel]:
    return until(traffic(bureau(), signer(), _SOURCE.id, begun(days, detailed_days)))


def _understood(parcels: Iterable[Parcel], trust: Trust | None) -> list[Envelope]:
    """The events that the door would make of parcels, none of which it may refuse."""
    found: list[Envelope] = []
    for parcel in parcels:
        body = parcel.write()
        if parcel.way is Way.EDXML:
            envelopes, refusals = translate(body, _SOURCE, trust)
        else:
            entries, refusals = cloudevents.take_in(body, _SOURCE)
            envelopes = [decode_envelope(entry.body) for entry in entries]
        assert not refusals, (refusals, body)
        assert envelopes
        found += envelopes
    return found


def test_a_working_day_has_sixty_documents_out_and_ninety_in() -> None:
    assert 56 < len(_outgoing()) / _working_days() < 64
    assert 82 < sum(len(paper.receipts) for paper in half_a_year()) / _working_days() < 98


@pytest.mark.parametrize(("level", "least", "most"), [(Level.DISTRICT, 0.98, 0.995), (Level.COMMUNE, 0.97, 0.985)])
def test_as_many_are_signed_as_the_district_reports(level: Level, least: float, most: float) -> None:
    own = [paper for paper in _outgoing() if paper.sender.level is level]
    open_ones = [paper for paper in own if not paper.secret]
    assert least < sum(paper.signature == "valid" for paper in open_ones) / len(open_ones) < most
    assert 0 < len(own) - len(open_ones) < len(own) / 40


def test_some_miss_their_day_and_some_are_never_done() -> None:
    due = [
        (paper.due_on, [step.at.date() for step in receipt.steps if step.status is DocumentStatus.DONE])
        for paper in half_a_year()
        for receipt in paper.receipts
        if paper.due_on is not None and paper.due_on < A_WEDNESDAY.date()
    ]
    assert len(due) > 3_000
    assert 0.02 < sum(not done or done[0] > day for day, done in due) / len(due) < 0.09


def test_receipt_is_acknowledged_after_minutes_or_hours() -> None:
    waits = [
        (acknowledged[0] - receipt.steps[0].at).total_seconds()
        for paper in half_a_year()
        for receipt in paper.receipts
        if (acknowledged := [step.at for step in receipt.steps if step.status is DocumentStatus.RECEIVED])
    ]
    waits.sort()
    assert waits[0] >= 60
    assert 5 * 60 < waits[len(waits) // 2] < 3600
    assert waits[-len(waits) // 50] > 3 * 3600


def test_every_status_and_every_act_occurs() -> None:
    steps = {step.status for paper in half_a_year() for receipt in paper.receipts for step in receipt.steps}
    answers = {mark.status for paper in half_a_year() for each in paper.later for _, mark in each.answers}
    assert steps | answers == set(DocumentStatus)
    assert {each.act for paper in half_a_year() for each in paper.later} == {"recall", "update", "replace"}


def test_nothing_is_done_any_more_after_an_organ_agreed_to_a_recall() -> None:
    recalled = [paper for paper in half_a_year() if any(each.act == "recall" for each in paper.later)]
    agreed = [
        (mark.at, next(receipt for receipt in paper.receipts if receipt.organ == organ))
        for paper in recalled
        for organ, mark in paper.later[0].answers
        if mark.status is DocumentStatus.AGREED
    ]
    assert agreed
    assert all(receipt.steps[-1].at < at for at, receipt in agreed)


def test_no_code_is_given_twice_by_an_organ_on_a_day() -> None:
    codes = Counter((paper.sender.code, paper.promulgated_on, paper.code) for paper in half_a_year())
    assert set(codes.values()) == {1}


def _certificates(day: date) -> list[CertificateRecorded]:
    """The certificates as they are known at the end of a day."""
    known: dict[str, CertificateRecorded] = {}
    for told_on, told in sorted(issues(bureau(), signer().seals, _FIRST).items()):
        if told_on <= day:
            known |= {issue.certificate.certificate: issue.certificate for issue in told}
    return list(known.values())


def test_97_certificates_are_known_on_the_first_day_of_organs_and_of_persons() -> None:
    assert Counter(each.kind for each in _certificates(_FIRST)) == {"organ": 9, "person": 88}


def test_some_certificates_expire_soon_and_one_was_let_expire_and_one_was_revoked() -> None:
    end = datetime.combine(A_WEDNESDAY.date(), datetime.min.time(), LOCAL)
    known = _certificates(end.date())
    at_hand = [each for each in known if each.valid_until > end and each.revoked_at is None]
    assert 95 <= len(at_hand) <= 102
    assert 1 <= sum(each.valid_until < end + timedelta(days=60) for each in at_hand) <= 12
    assert sum(each.revoked_at is not None for each in known) == 1
    # On the day after it expired, nobody had renewed it yet.
    lapsed = _FIRST + timedelta(days=121)
    before = [each for each in _certificates(lapsed) if each.valid_until.date() < lapsed]
    assert len(before) >= 1


def test_the_adapter_understands_every_message_and_finds_the_signatures_as_they_were_made() -> None:
    trust = Trust.from_pem(chain().authority.encode())
    sent = [parcel for parcel in _sent(1) if parcel.way is Way.EDXML]
    assert len(sent) > 400
    found: dict[tuple[str, str], str] = {}
    for envelope in _understood(sent, trust):
        data = decode(envelope)
        if isinstance(data, DocumentRecorded) and data.act == "new":
            found[data.sender, data.code] = data.signature
    days = (A_WEDNESDAY.date() - timedelta(days=number) for number in range(3))
    made = {(paper.sender.code, paper.code): paper.signature for day in days for paper in papers(bureau(), day)}
    assert len(found) > 60
    assert found == {name: made[name] for name in found}


def test_a_certificate_in_a_message_is_the_one_that_was_told() -> None:
    trust = Trust.from_pem(chain().authority.encode())
    told = {each.certificate: each for each in _certificates(_FIRST) if each.kind == "organ"}
    envelopes = _understood([parcel for parcel in _sent(0) if parcel.way is Way.EDXML], trust)
    signing = [decode(each) for each in envelopes if each.type == CERTIFICATE_RECORDED]
    assert signing
    assert all(isinstance(each, CertificateRecorded) and told[each.certificate] == each for each in signing)


def test_told_by_events_or_by_messages_a_document_has_the_same_life() -> None:
    by_messages = _facts(_understood(_sent(2), Trust.from_pem(chain().authority.encode())))
    by_events = _facts(_understood(_sent(2, detailed_days=0), None))
    midnight = A_WEDNESDAY.replace(hour=0)
    before = midnight - timedelta(hours=9)  # so that what was held up is told, too
    common = {fact for fact, happened in by_messages.items() if happened < before}
    assert len(common) > 300
    assert common <= by_events.keys()


def _facts(envelopes: Iterable[Envelope]) -> dict[tuple[object, ...], datetime]:
    """What is told of incoming documents, and how outgoing ones were sent; arrivals may differ by seconds."""
    told = ((_fact(decode(envelope)), envelope.time) for envelope in envelopes)
    return {fact: happened for fact, happened in told if fact is not None}


def _fact(data: Data) -> tuple[object, ...] | None:
    match data:
        case DocumentProgressed():
            return (data.direction, data.organ, data.sender, data.code, data.status, data.at)
        case DocumentRecorded(act="new"):
            sent = data.at.astimezone(LOCAL).replace(hour=0, minute=0, second=0)
            signed = (data.signature, data.certificate, data.secret, data.priority, data.due_at, data.attachments)
            return (data.direction, data.organ, data.sender, data.code, data.kind, *signed, sent)
        case _:
            return None


def test_what_lies_back_is_told_by_events_and_paper_always() -> None:
    sent = _sent(20, detailed_days=2)
    edge = (A_WEDNESDAY - timedelta(days=2)).replace(hour=0)
    assert {parcel.way for parcel in sent if parcel.at < edge} == {Way.EVENT}
    late = [parcel for parcel in sent if parcel.at >= edge]
    assert {parcel.way for parcel in late} == set(Way) - {Way.WEBHOOK}
    assert sum(parcel.way is Way.EDXML for parcel in late) > 0.95 * len(late)


def test_nothing_is_told_before_it_happened() -> None:
    for parcel in _sent(3, detailed_days=1):
        if parcel.way is Way.EVENT:
            assert decode_envelope(parcel.write()).time <= parcel.at
        else:
            assert all(envelope.time <= parcel.at for envelope in translate(parcel.write(), _SOURCE, None).envelopes)


def test_traffic_is_in_order_and_goes_on_where_it_was_left() -> None:
    whole = _sent(9, detailed_days=3)
    assert whole == sorted(whole, key=lambda parcel: parcel.at)
    middle = whole[len(whole) // 2].at
    start = msgspec.structs.replace(begun(9, 3), sent_until=middle)
    rest = until(traffic(bureau(), signer(), _SOURCE.id, start))
    assert [parcel.name for parcel in rest] == [parcel.name for parcel in whole if parcel.at > middle]
    assert len(rest) > 500


def test_a_message_now_and_then_comes_late_or_twice() -> None:
    sent = [parcel.name for parcel in _sent(9)]
    again = sum(count - 1 for count in Counter(sent).values())
    assert 0.01 < again / len(sent) < 0.03
