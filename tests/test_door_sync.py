"""`POST /v1/onestop/sync` over real HTTP: what is answered is in the log, what is refused is named."""

from ingest.contracts import registry
from ingest.contracts.onestop import ApplicationRecorded
from tests.onestop_records import UNIT, a_body, a_record
from tests.servers.door import Door, answered


def test_good_records_are_durable_when_they_are_answered(door: Door) -> None:
    response = door.sync(a_body(a_record(1), a_record(2)))
    assert response.status_code == 200
    told = answered(response)
    assert (told["error_code"], told["accepted"], told["refused"]) == (0, 2, [])
    assert "2" in told["message"]
    first, second = door.envelopes()
    assert (first.subject, second.subject) == (a_record(1)["MaHoSo"], a_record(2)["MaHoSo"])
    data = registry.decode(first)
    assert isinstance(data, ApplicationRecorded)
    assert data.unit == UNIT


def test_the_key_in_the_log_is_the_case(door: Door) -> None:
    door.sync(a_body(a_record(1)))
    assert [record.key for record in door.records()] == [a_record(1)["MaHoSo"]]


def test_bad_records_are_named_and_the_good_ones_of_the_same_body_are_taken(door: Door) -> None:
    response = door.sync(
        a_body(a_record(1), a_record(2, NgayTiepNhan="20240230000000"), a_record(3, MaHoSo=""), a_record(4))
    )
    assert response.status_code == 200
    told = answered(response)
    assert (told["error_code"], told["accepted"]) == (1, 2)
    assert [(refused["index"], refused["field"]) for refused in told["refused"]] == [
        (1, "data[1].NgayTiepNhan"),
        (2, "data[2].MaHoSo"),
    ]
    assert all(refused["reason"] and refused["reason_vi"] for refused in told["refused"])
    assert "[1] data[1].NgayTiepNhan" in told["message"]
    assert "[2] data[2].MaHoSo" in told["message"]
    assert [found.subject for found in door.envelopes()] == [a_record(1)["MaHoSo"], a_record(4)["MaHoSo"]]


def test_a_body_of_which_nothing_can_be_taken_is_an_error(door: Door) -> None:
    response = door.sync(a_body(a_record(1, TrangThaiHoSo=99)))
    assert response.status_code == 422
    told = answered(response)
    assert (told["error_code"], told["accepted"], len(told["refused"])) == (2, 0, 1)
    assert door.records() == []


def test_a_body_that_cannot_be_read_is_a_bad_request(door: Door) -> None:
    for body in (b"", b"{", b"[]", b"\xff", a_body(service="x"), b"[" * 100_000):
        response = door.sync(body)
        assert response.status_code == 400
        told = answered(response)
        assert (told["error_code"], told["accepted"]) == (3, 0)
        assert told["refused"][0]["index"] is None


def test_malformed_json_is_told_with_its_line_and_column(door: Door) -> None:
    told = answered(door.sync(b'{"service":\n  DongBoHoSoMC}'))
    assert "line 2, column 3" in told["message"]


def test_an_empty_list_of_records_is_taken(door: Door) -> None:
    told = answered(door.sync(a_body()))
    assert (told["error_code"], told["accepted"]) == (0, 0)


def test_a_body_sent_again_has_the_same_events(door: Door) -> None:
    for _ in range(5):
        assert door.sync(a_body(a_record(1))).status_code == 200
    assert len({(found.source, found.id) for found in door.envelopes()}) == 1


def test_a_body_of_nearly_ten_megabytes_is_taken(door: Door) -> None:
    body = a_body(*[a_record(number, TrichYeuHoSo="x" * 700) for number in range(8_000)])
    assert 9_000_000 < len(body) <= 10 * 1024 * 1024
    told = answered(door.sync(body))
    assert (told["error_code"], told["accepted"]) == (0, 8_000)
    assert sum(door.log.end_positions().values()) == 8_000


def test_every_refusal_is_listed_and_the_message_stays_short(door: Door) -> None:
    told = answered(door.sync(a_body(a_record(0), *[a_record(n, MaHoSo=None) for n in range(1, 101)])))
    assert [refused["index"] for refused in told["refused"]] == list(range(1, 101))
    assert "(+95)" in told["message"]
    assert len(told["message"]) < 1000
