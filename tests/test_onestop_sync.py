"""A sync record becomes one event: its codes, its moments, its unit, its identity, its time."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.contracts import registry
from ingest.contracts.envelope import Envelope, decode_envelope, encode_envelope
from ingest.contracts.onestop import ApplicationRecorded, Channel, OnlinePayment, Papers, Status
from ingest.registration import Source
from ingest.sources.onestop_sync import translate
from tests.onestop_records import AGENCY, CORRECTING, OTHER_AGENCY, OTHER_UNIT, SOURCE, UNIT, Record, a_body, a_record


def event_of(record: Record, **body: object) -> Envelope:
    """The only event of a body with this record."""
    envelopes, refusals = translate(a_body(record, **body), SOURCE)
    assert refusals == []
    (envelope,) = envelopes
    return envelope


def data_of(record: Record, **body: object) -> ApplicationRecorded:
    """What the only event says, as it is read back from the log."""
    data = registry.decode(decode_envelope(encode_envelope(event_of(record, **body))))
    assert isinstance(data, ApplicationRecorded)
    return data


def test_a_record_is_read_by_its_names() -> None:
    data = data_of(a_record(7))
    assert data.application == "H52.17.18-240712-0007"
    assert (data.procedure, data.procedure_name) == ("1.005129", "Đăng ký khai sinh")
    assert (data.field, data.field_name) == ("G01-HT", "Hộ tịch")
    assert (data.status, data.channel) == (Status.SETTLED, Channel.ONLINE)
    assert data.online_payment is OnlinePayment.NATIONAL_PORTAL
    assert data.received_at == datetime(2024, 7, 12, 2, 1, 2, tzinfo=UTC)
    assert data.due_at == datetime(2024, 7, 16, 10, tzinfo=UTC)
    assert data.ended_at == datetime(2024, 7, 15, 3, tzinfo=UTC)
    assert (data.returned_at, data.refused_at) == (None, None)


def test_the_envelope_names_source_case_and_schema() -> None:
    envelope = event_of(a_record(7))
    assert (envelope.source, envelope.subject) == ("moc-chau", "H52.17.18-240712-0007")
    assert (envelope.type, envelope.dataschema) == (
        "vn.ioc.onestop.application.recorded",
        "urn:ioc:onestop.application.recorded:1",
    )


def test_numbers_may_come_as_texts_and_codes_as_numbers() -> None:
    texts = a_record(TrangThaiHoSo="4", KenhThucHien="3", DuocThanhToanTrucTuyen="2", NgayTiepNhan="20240712090102")
    numbers = a_record(TrangThaiHoSo=4, KenhThucHien=3, DuocThanhToanTrucTuyen=2, NgayTiepNhan=20240712090102)
    assert event_of(texts) == event_of(numbers)


def test_no_channel_means_direct_and_no_payment_code_means_unknown() -> None:
    data = data_of(a_record(KenhThucHien=None, DuocThanhToanTrucTuyen=""))
    assert (data.channel, data.online_payment) == (Channel.DIRECT, None)


def test_blanks_around_a_code_do_not_make_another_case() -> None:
    assert event_of(a_record(MaHoSo=" H52-1 ")).subject == "H52-1"


def test_the_sender_s_agency_rules_where_the_handling_office_is_a_name() -> None:
    data = data_of(a_record(DonViXuLy="Phòng Tư pháp"))
    assert (data.agency, data.unit) == (AGENCY, UNIT)


def test_the_handling_agency_rules_where_it_is_a_registered_code() -> None:
    for sender in (AGENCY, "H99.99", None):
        data = data_of(a_record(DonViXuLy=OTHER_AGENCY), MaDinhDanhDV=sender)
        assert (data.agency, data.unit) == (OTHER_AGENCY, OTHER_UNIT)


def test_supplements_are_ordered_by_their_moments_whatever_their_order_in_the_body() -> None:
    requests = [
        {"HoSoBoSungId": 1, "NgayBoSung": "20240712100000", "NgayTiepNhanBoSung": "20240713100000"},
        {"HoSoBoSungId": "2", "NgayBoSung": "20240714100000", "NgayHenTraMoi": "20240720170000"},
    ]
    forth = event_of(a_record(DanhSachHoSoBoSung=requests))
    back = event_of(a_record(DanhSachHoSoBoSung=requests[::-1]))
    assert forth == back
    first, second = data_of(a_record(DanhSachHoSoBoSung=requests)).supplements
    assert (first.id, second.id) == ("1", "2")
    assert second.due_after == datetime(2024, 7, 20, 10, tzinfo=UTC)


def test_a_supplement_without_a_number_is_known_by_its_moment() -> None:
    data = data_of(a_record(DanhSachHoSoBoSung=[{"NgayBoSung": "20240712100000"}]))
    assert data.supplements[0].id == "20240712100000"


def test_lists_become_counts() -> None:
    data = data_of(
        a_record(
            TaiLieuNop=[{"DuocSoHoa": "1", "DuocTaiSuDung": 0}, {"DuocSoHoa": True, "DuocLayTuKhoDMQG": "1"}, {}],
            DanhSachLePhi=[{"Gia": "50000"}, {"Gia": 8000}, {"Gia": 2000.0}, {"Gia": "100.00"}, {"Gia": ""}],
            DanhSachGiayToKetQua=[
                {"DuongDanTepTinKetQua": "/a.pdf", "GiayToId": 17},
                {"DuongDanTepTinKetQua": "", "GiayToId": " "},
                {"GiayToId": "K-3"},
            ],
            DSKetNoiCSDL=[{"MaCSDL": "B"}, {"MaCSDL": "A"}, {"MaCSDL": "B"}],
            HoSoCoThanhPhanSoHoa="True",
        )
    )
    assert data.papers == Papers(submitted=3, digitised=2, reused=0, from_store=1)
    assert data.fee == 60100
    assert (data.electronic_results, data.stored_results) == (1, 2)
    assert data.shared_databases == ("A", "B")
    assert data.digitised is True


def test_what_a_record_does_not_say_stays_unknown_and_is_not_zero() -> None:
    data = data_of(a_record(TaiLieuNop=None))
    assert (data.papers, data.fee, data.electronic_results, data.digitised) == (None, None, None, None)


def test_no_result_in_the_store_is_not_the_same_as_nothing_said_of_results() -> None:
    assert data_of(a_record()).stored_results is None
    assert data_of(a_record(DanhSachGiayToKetQua=[])).stored_results == 0


@pytest.mark.parametrize(
    ("databases", "used"),
    [
        (None, None),
        ([], False),
        ([{"MaCSDL": "G01.BHXH"}, {"MaCSDL": None}], False),
        ([{"MaCSDL": "A"}, {"MaCSDL": "g01.csdlqgdc "}], True),
    ],
)
def test_the_population_database_is_known_by_its_codes(databases: object, used: object) -> None:
    assert data_of(a_record(DSKetNoiCSDL=databases)).population_database is used


@pytest.mark.parametrize(
    ("duties", "payment"),
    [([{"TenPhiLePhi": "x", "Gia": "not read"}], True), ([], False), (None, False), ("", False), ([None, {}], False)],
)
def test_a_request_that_names_fees_waits_for_a_payment(duties: object, payment: object) -> None:
    request = {"NgayBoSung": "20240712100000", "DanhSachLePhiBoSung": duties}
    assert data_of(a_record(DanhSachHoSoBoSung=[request])).supplements[0].payment is payment


def test_another_unit_is_a_correction_only_where_the_registration_says_so() -> None:
    assert data_of(a_record()).unit_corrected is False
    (envelope,), _ = translate(a_body(a_record()), CORRECTING)
    data = registry.decode(envelope)
    assert isinstance(data, ApplicationRecorded)
    assert data.unit_corrected
    assert envelope.id != event_of(a_record()).id


@pytest.mark.parametrize("code", ["evaluation/1", "petition/1", "rules/calendar/x/0"])
def test_an_application_may_not_bear_the_case_of_something_else(code: str) -> None:
    envelopes, (refusal,) = translate(a_body(a_record(MaHoSo=code)), SOURCE)
    assert envelopes == []
    assert refusal.field == "data[0].MaHoSo"


def test_time_is_the_latest_moment_that_is_no_promise() -> None:
    assert event_of(a_record()).time == datetime(2024, 7, 15, 3, tzinfo=UTC)
    returned = a_record(TrangThaiHoSo=10, NgayTra="20240715160000")
    assert event_of(returned).time == datetime(2024, 7, 15, 9, tzinfo=UTC)
    waiting = a_record(
        TrangThaiHoSo=5,
        NgayKetThucXuLy="",
        DanhSachHoSoBoSung=[{"NgayBoSung": "20240713100000", "NgayHenTraMoi": "20300101000000"}],
    )
    assert event_of(waiting).time == datetime(2024, 7, 13, 3, tzinfo=UTC)


def test_the_same_snapshot_is_the_same_event() -> None:
    assert event_of(a_record()) == event_of(dict(reversed(a_record().items())))


def test_what_is_personal_makes_no_difference_to_the_identity() -> None:
    assert event_of(a_record(ChuHoSo="A", SoDienThoai="1")) == event_of(a_record(ChuHoSo="B", GhiChu="x"))


def test_the_identity_of_a_record_is_the_same_for_ever() -> None:
    assert event_of(a_record()).id == "76cfa1baee04757c052cfc207f8e5deb"


CHANGES: list[Record] = [
    {"MaHoSo": "H52-2"},
    {"TrangThaiHoSo": 10},
    {"NgayNopHoSo": "20240712080103"},
    {"NgayTiepNhan": "20240712090103"},
    {"NgayHenTra": "20240717170000"},
    {"NgayKetThucXuLy": "20240715100001"},
    {"NgayTra": "20240715100000"},
    {"NgayTuChoi": "20240715100000"},
    {"KenhThucHien": 1},
    {"MaTTHC": "1.000000"},
    {"MaLinhVuc": "X"},
    {"DonViXuLy": OTHER_AGENCY},
    {"DuocThanhToanTrucTuyen": 0},
    {"DanhSachHoSoBoSung": [{"NgayBoSung": "20240712100000"}]},
    {"DanhSachLePhi": [{"Gia": 1}]},
]


def test_a_change_of_anything_that_counts_is_another_event() -> None:
    ids = [event_of(a_record()).id, *(event_of(a_record(**change)).id for change in CHANGES)]
    assert len(set(ids)) == len(CHANGES) + 1


def test_the_order_of_the_records_is_the_order_of_the_events() -> None:
    records = [a_record(number) for number in range(50)]
    random.Random(7).shuffle(records)
    envelopes, refusals = translate(a_body(*records), SOURCE)
    assert refusals == []
    assert [envelope.subject for envelope in envelopes] == [record["MaHoSo"] for record in records]


def test_an_empty_body_of_records_is_no_error() -> None:
    assert translate(a_body(), SOURCE) == ([], [])


def test_a_mark_of_byte_order_is_passed_over() -> None:
    assert len(translate(b"\xef\xbb\xbf" + a_body(a_record()), SOURCE).envelopes) == 1


SCALARS = st.none() | st.text(max_size=20) | st.integers() | st.floats() | st.booleans() | st.lists(st.none())
FIELDS = st.sampled_from([*a_record(), "TaiLieuNop", "DanhSachHoSoBoSung", "DanhSachLePhi", "HoSoCoThanhPhanSoHoa"])


@given(st.dictionaries(FIELDS, SCALARS, max_size=4))
def test_whatever_a_record_holds_it_is_one_good_event_or_one_refusal_and_its_neighbours_are_taken(
    changes: Record,
) -> None:
    body = a_body(a_record(1), a_record(2, **changes), a_record(3))
    if b"NaN" in body or b"Infinity" in body:
        return
    envelopes, refusals = translate(body, SOURCE)
    subjects = [envelope.subject for envelope in envelopes]
    assert {a_record(1)["MaHoSo"], a_record(3)["MaHoSo"]} <= set(subjects)
    assert len(envelopes) + len(refusals) == 3
    assert all(refusal.index == 1 for refusal in refusals)
    for envelope in envelopes:
        registry.decode(decode_envelope(encode_envelope(envelope)))


@pytest.mark.parametrize("unit", ["03980", "03985"])
def test_the_registration_says_which_unit_an_agency_is(unit: str) -> None:
    (envelope,) = translate(a_body(a_record()), Source("s", "onestop-sync", {AGENCY: unit})).envelopes
    data = registry.decode(envelope)
    assert isinstance(data, ApplicationRecorded)
    assert data.unit == unit
