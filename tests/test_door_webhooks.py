"""BigBlueButton's hook at the real door: checked before it is read, and what is answered is in the log."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import httpx
import pytest

from ingest.contracts import registry
from ingest.contracts.conference import MeetingProgressed
from ingest.log.postgres import PostgresLog
from ingest.store.sources import PostgresSourceBook
from tests.building.webhooks import (
    BBB,
    CALLBACK,
    CREATED,
    MEETING,
    SECRET,
    a_post,
    an_event,
    checksum_of,
)
from tests.servers.door import Door, answered, opened
from tests.servers.processes import free_port

PATH = "/v1/conference/bigbluebutton"
FORM = "application/x-www-form-urlencoded;charset=UTF-8"
JOINED = an_event("user-joined", internal="w_1fewpbchnudl", external="DC-03980")


@pytest.fixture
def hook(ingest_database: str, book: PostgresSourceBook) -> Iterator[Door]:
    """The door, with the conference system registered under the address that its hook has."""
    token = book.add_source(BBB)
    log = PostgresLog(ingest_database)
    with opened(log, book, token) as door:
        yield door
    log.close()


def post(
    door: Door, body: bytes, checksum: str | None = None, /, *, source: str = BBB.id, **headers: str
) -> httpx.Response:
    asked = f"{PATH}?source={source}" + ("" if checksum is None else f"&checksum={checksum}")
    return door.client.post(asked, content=body, headers={"content-type": FORM, **headers})


def steps(door: Door) -> list[str]:
    data = [registry.decode(envelope) for envelope in door.envelopes()]
    return sorted(each.step for each in data if isinstance(each, MeetingProgressed))


def test_a_post_with_its_checksum_is_durable_when_it_is_answered(hook: Door) -> None:
    body = a_post(an_event("meeting-created"))
    response = post(hook, body, checksum_of(body))
    assert (response.status_code, answered(response)["accepted"]) == (200, 1)
    (envelope,) = hook.envelopes()
    assert (envelope.source, envelope.subject) == (BBB.id, f"meeting/{MEETING}")
    assert envelope.time == datetime.fromtimestamp(CREATED / 1000, UTC)


def test_each_digest_that_a_server_may_be_set_to(hook: Door) -> None:
    body = a_post(JOINED)
    for algorithm in ("sha1", "sha256", "sha384", "sha512"):
        assert post(hook, body, checksum_of(body, algorithm=algorithm).upper()).status_code == 200, algorithm
    assert steps(hook) == ["joined"] * 4


def test_the_older_hook_that_signs_the_object_the_form_was_made_of(hook: Door) -> None:
    event = an_event("user-joined", internal="w_1", external="Đ")
    event["data"]["attributes"]["user"]["name"] = 'Hoa "A\\B"\n\u2028 + & = % 🙂'
    body = a_post(event)
    fields = dict(parse_qsl(body.decode()))
    signed = json.dumps(fields | {"timestamp": int(fields["timestamp"])}, ensure_ascii=False, separators=(",", ":"))
    assert post(hook, body, checksum_of(signed.encode())).status_code == 200
    assert steps(hook) == ["joined"]


def test_without_an_address_in_the_register_the_one_that_was_asked_for_counts(
    hook: Door, book: PostgresSourceBook
) -> None:
    book.add_source(replace(BBB, id="bbb.2", callback=None))
    body = a_post(JOINED)
    asked = f"{str(hook.client.base_url).rstrip('/')}{PATH}?source=bbb.2"
    assert post(hook, body, checksum_of(body, asked), source="bbb.2").status_code == 200
    assert post(hook, body, checksum_of(body), source="bbb.2").status_code == 401
    assert steps(hook) == ["joined"]


def test_a_wrong_checksum_and_an_unknown_source_are_answered_the_same(hook: Door) -> None:
    body = a_post(JOINED)
    wrong = answered(post(hook, body, "1" * 40))
    for checksum, source in [
        (None, BBB.id),
        ("", BBB.id),
        ("é" * 40, BBB.id),
        (checksum_of(body, secret="another"), BBB.id),
        (checksum_of(body, secret=""), BBB.id),
        (checksum_of(body, CALLBACK + "&x=1"), BBB.id),
        (checksum_of(body + b" "), BBB.id),
        (checksum_of(body), "nobody"),
        (checksum_of(body), ""),
        (checksum_of(body, secret="\0no such source"), "nobody"),
    ]:
        response = post(hook, body, checksum, source=source)
        assert (response.status_code, answered(response)) == (401, wrong), (checksum, source)
        assert SECRET not in response.text
    assert hook.records() == []


def test_a_body_of_a_wrong_checksum_is_not_read_at_all(hook: Door) -> None:
    told = answered(post(hook, b"\xff[{not even a form", "0" * 40))
    assert (told["error_code"], "refused" in told) == (4, False)


def test_a_revoked_source_and_one_of_another_kind_are_nobody(hook: Door, book: PostgresSourceBook) -> None:
    book.add_source(replace(BBB, id="other", kind="events"))
    body = a_post(JOINED)
    assert post(hook, body, checksum_of(body), source="other").status_code == 401
    book.revoke(BBB.id)
    assert post(hook, body, checksum_of(body)).status_code == 401


def test_a_token_or_the_secret_in_its_place_is_taken_too(hook: Door) -> None:
    body = a_post(JOINED)
    for bearer, source, status in [
        (hook.token, BBB.id, 200),
        (SECRET, BBB.id, 200),
        ("wrong", BBB.id, 401),
        (SECRET, "nobody", 401),
        (hook.token, "nobody", 401),
    ]:
        response = post(hook, body, source=source, authorization=f"Bearer {bearer}")
        assert response.status_code == status, bearer
    alone = {"content-type": FORM, "authorization": f"Bearer {hook.token}"}
    assert hook.client.post(PATH, content=body, headers=alone).status_code == 200


def test_json_is_taken_as_the_form_is(hook: Door) -> None:
    body = json.dumps([JOINED]).encode()
    assert post(hook, body, checksum_of(body), **{"content-type": "application/json"}).status_code == 200
    assert steps(hook) == ["joined"]


def test_a_post_that_is_repeated_is_the_same_event(hook: Door) -> None:
    body = a_post(JOINED)
    for _ in range(3):
        assert post(hook, body, checksum_of(body)).status_code == 200
    assert len({envelope.id for envelope in hook.envelopes()}) == 1


def test_events_that_mean_nothing_here_are_answered_so_that_the_hook_goes_on(hook: Door) -> None:
    body = a_post(an_event("user-audio-voice-enabled", internal="w_1", external="x"), an_event("of-a-later-version"))
    response = post(hook, body, checksum_of(body))
    assert (response.status_code, answered(response)["error_code"], hook.records()) == (200, 0, [])


def test_a_refused_event_is_named_and_does_not_hold_up_the_hook(hook: Door) -> None:
    body = a_post(an_event("meeting-ended", room=None))
    response = post(hook, body, checksum_of(body))
    told = answered(response)
    assert (response.status_code, told["error_code"], told["accepted"]) == (200, 2, 0)
    assert told["refused"][0]["field"] == "event[0].data.attributes.meeting.external-meeting-id"


def test_a_registration_without_a_host_is_answered_so_that_the_post_comes_again(
    hook: Door, book: PostgresSourceBook
) -> None:
    book.add_source(replace(BBB, id="bbb.2", agencies={"DC-03980": "03980"}))
    body = a_post(JOINED)
    response = post(hook, body, checksum_of(body), source="bbb.2")
    assert (response.status_code, answered(response)["refused"][0]["field"]) == (400, "host")


def test_limits_media_types_and_character_sets_are_told(hook: Door) -> None:
    large = b"event=" + b"x" * (1 << 20)
    for body, media_type, status in [
        (large, FORM, 413),
        (b"<a/>", "text/xml", 415),
        (b"event=[]", "application/x-www-form-urlencoded; charset=windows-1258", 415),
        (b"event=[]", 'application/x-www-form-urlencoded; charset="utf-8"', 200),
    ]:
        response = post(hook, body, checksum_of(body), **{"content-type": media_type})
        assert response.status_code == status, media_type
    assert hook.client.get(PATH).status_code == 405


def test_nothing_of_a_person_is_in_the_log(hook: Door) -> None:
    body = a_post(an_event("user-joined", internal="w_1", external="hoa.nguyen@example.vn"))
    assert post(hook, body, checksum_of(body)).status_code == 200
    (record,) = hook.records()
    assert b"Hoa" not in record.body
    assert b"example.vn" not in record.body


def test_a_host_that_is_no_host_and_a_query_that_is_none_are_nobody(hook: Door) -> None:
    body = a_post(JOINED)
    for path, host in [(f"{PATH}?source={BBB.id}&checksum=0", "["), (f"{PATH}?%FF=%&&=&source", "ioc"), (PATH, "ioc")]:
        response = hook.client.post(path, content=body, headers={"content-type": FORM, "host": host})
        assert (response.status_code, answered(response)["error_code"]) == (401, 4), path


def test_while_the_log_does_not_answer_the_post_is_asked_for_again(book: PostgresSourceBook) -> None:
    token = book.add_source(BBB)
    log = PostgresLog(f"postgresql://127.0.0.1:{free_port()}/nothing", patience=0.3)
    body = a_post(JOINED)
    with opened(log, book, token) as door:
        response = post(door, body, checksum_of(body))
        assert (response.status_code, answered(response)["error_code"]) == (503, 6)
        assert response.headers["retry-after"]
    log.close()
