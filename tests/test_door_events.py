"""`POST /v1/events` over real HTTP: CloudEvents, one or a batch, checked against register and registration."""

from datetime import UTC, datetime

import msgspec
import pytest

from ingest.contracts import registry
from ingest.contracts.feedback import EvaluationRecorded, PetitionRecorded
from ingest.contracts.heartbeat import SourceHeartbeat
from ingest.contracts.onestop import ApologySent, ApplicationProgressed
from ingest.contracts.registry import Adopted
from ingest.rules.adoption import entries_for
from ingest.rules.calendar_file import shipped_calendar
from ingest.rules.register_file import shipped_register
from tests.onestop_records import (
    a_heartbeat,
    a_petition,
    a_progress,
    an_apology,
    an_evaluation,
    an_event,
    as_json,
    the_data,
)
from tests.servers.door import Door, answered


def test_one_event_is_durable_when_it_is_answered(door: Door) -> None:
    response = door.post("/v1/events", as_json(an_event()), **{"content-type": "application/cloudevents+json"})
    assert response.status_code == 202
    assert answered(response)["accepted"] == 1
    (found,) = door.envelopes()
    assert (found.id, found.subject) == ("e-1", "H52.17.18-240712-0001")


def test_a_batch_of_all_kinds_is_taken(door: Door) -> None:
    told = answered(door.events(as_json([an_event(), a_progress(id="p-1"), a_heartbeat()])))
    assert (told["error_code"], told["accepted"], told["refused"]) == (0, 3, [])
    kinds = {type(registry.decode(found)) for found in door.envelopes()}
    assert {ApplicationProgressed, SourceHeartbeat} < kinds


def test_letters_forms_and_petitions_are_durable_under_their_cases(door: Door) -> None:
    told = answered(door.events(as_json([an_apology(), an_evaluation(), a_petition()])))
    assert (told["error_code"], told["accepted"]) == (0, 3)
    assert [(found.subject, type(registry.decode(found))) for found in door.envelopes()] == [
        ("H52.17.18-240712-0001", ApologySent),
        ("evaluation/F-1", EvaluationRecorded),
        ("petition/P-1", PetitionRecorded),
    ]


@pytest.mark.parametrize("rules", [shipped_calendar(), shipped_register()])
def test_rules_do_not_pass_even_where_they_would_be_good_ones(door: Door, rules: Adopted) -> None:
    for entry in entries_for(rules, 2, datetime(2026, 11, 22, tzinfo=UTC)):
        for body in (entry.body, entry.body.replace(b'"ioc.rules"', b'"moc-chau"')):
            response = door.events(body)
            assert response.status_code == 422
            (refused,) = answered(response)["refused"]
            assert refused["field"] in {"source", "type"}
    assert door.records() == []


def test_an_empty_batch_is_taken(door: Door) -> None:
    assert answered(door.events(b"[]"))["accepted"] == 0


def test_a_moment_keeps_the_instant_of_its_offset(door: Door) -> None:
    door.events(as_json(an_event(time="2024-07-15T10:00:00+07:00")))
    assert door.envelopes()[0].time == datetime(2024, 7, 15, 3, tzinfo=UTC)


def test_unknown_fields_are_kept_and_personal_ones_dropped(door: Door) -> None:
    data = the_data(priority={"level": 2, "ChuHoSo": "LO THI MY"}, email="my@mail.vn")
    door.events(as_json(an_event(data=data, traceparent="00-abc", SoDienThoai="0912345678")))
    (record,) = door.records()
    stored = msgspec.json.decode(record.body)
    assert stored["traceparent"] == "00-abc"
    assert stored["data"]["priority"] == {"level": 2}
    assert not {b"LO THI MY", b"my@mail.vn", b"0912345678"} & set(record.body.split(b'"'))


def test_a_value_hidden_behind_a_repeated_name_is_not_kept(door: Door) -> None:
    body = as_json(an_event()).replace(b'"unit"', b'"x": {"ChuHoSo": "LO THI MY"}, "x": 1, "unit"')
    assert door.events(body).status_code == 202
    assert b"LO THI MY" not in door.records()[0].body


def test_a_misfit_is_refused_and_the_others_are_taken(door: Door) -> None:
    response = door.events(as_json([an_event(id="good"), an_event(source="someone-else")]))
    assert response.status_code == 202
    told = answered(response)
    assert (told["error_code"], told["accepted"]) == (1, 1)
    assert [(refused["index"], refused["field"]) for refused in told["refused"]] == [(1, "source")]
    assert [found.id for found in door.envelopes()] == ["good"]


def test_where_nothing_is_taken_the_answer_is_an_error(door: Door) -> None:
    for body, status, code in ((as_json([an_event(id="")]), 422, 2), (b"[{]", 400, 3)):
        response = door.events(body)
        assert (response.status_code, answered(response)["error_code"]) == (status, code)
    assert door.records() == []
