"""Who may come in, with how much, and how the door says no: always in the same shape."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from ingest.log.postgres import PostgresLog
from ingest.store.sources import PostgresSourceBook
from tests.onestop_records import SOURCE, a_body, a_record, an_event, as_json
from tests.servers.door import Door, answered, opened

PATHS = ["/v1/events", "/v1/onestop/sync"]
GOOD = {"/v1/events": as_json(an_event()), "/v1/onestop/sync": a_body(a_record())}


WRONG = [None, "", "Bearer", "Bearer wrong", "Basic {token}", "{token}", "Bearer {token}x", "Bearer {token} {token}"]


@pytest.mark.parametrize("path", PATHS)
def test_without_the_right_token_nothing_is_taken(door: Door, path: str) -> None:
    for wrong in WRONG:
        headers = {"authorization": wrong.format(token=door.token)} if wrong is not None else {}
        response = door.client.post(path, content=GOOD[path], headers=headers)
        assert response.status_code == 401, wrong
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert answered(response)["error_code"] == 4
    assert door.records() == []


def test_a_token_that_is_no_text_is_wrong(door: Door) -> None:
    response = door.client.post("/v1/events", content=b"", headers={b"authorization": b"Bearer \xff\xfe"})
    assert response.status_code == 401


def test_a_revoked_token_is_refused(door: Door, book: PostgresSourceBook) -> None:
    assert door.sync(a_body(a_record(1))).status_code == 200
    assert book.revoke(SOURCE.id)
    assert door.sync(a_body(a_record(2))).status_code == 401


def test_the_scheme_is_read_without_case(door: Door) -> None:
    response = door.post("/v1/events", GOOD["/v1/events"], authorization=f"bearer {door.token}")
    assert response.status_code == 202


@pytest.fixture
def narrow(ingest_database: str, book: PostgresSourceBook, token: str) -> Iterator[Door]:
    """A door that takes up to 1,000 bytes and waits half a second for them."""
    log = PostgresLog(ingest_database)
    with opened(log, book, token, body_limit=1000, patience=0.5) as door:
        yield door
    log.close()


def padded(size: int) -> bytes:
    """A good body of that many bytes."""
    body = a_body(a_record(1))
    return body + b" " * (size - len(body))


@pytest.mark.parametrize("path", PATHS)
def test_a_body_over_the_limit_is_refused_and_the_limit_is_named(narrow: Door, path: str) -> None:
    response = narrow.post(path, padded(1001))
    assert response.status_code == 413
    told = answered(response)
    assert told["error_code"] == 5
    assert "1000" in told["message"]


def test_a_body_at_the_limit_is_taken(narrow: Door) -> None:
    assert narrow.sync(padded(1000)).status_code == 200


def test_a_body_that_does_not_tell_its_length_is_stopped_at_the_limit(narrow: Door) -> None:
    def endless() -> Iterator[bytes]:
        yield from (b" " * 500 for _ in range(3))

    headers = {"authorization": f"Bearer {narrow.token}", "content-type": "application/json"}
    response = narrow.client.post("/v1/onestop/sync", content=endless(), headers=headers)
    assert response.status_code == 413


def test_more_than_ten_megabytes_are_refused_by_default(door: Door) -> None:
    response = door.sync(b" " * (10 * 1024 * 1024 + 1))
    assert response.status_code == 413
    assert "10485760" in answered(response)["message"]
    assert door.sync(a_body(a_record())).status_code == 200, "the connection is of use afterwards"


@pytest.mark.parametrize("path", PATHS)
def test_a_host_that_is_none_is_no_fault_of_the_door(door: Door, path: str) -> None:
    for host in ("[", "[::1", "a b", "/?#@:"):
        wrong = door.client.post(path, content=b"", headers={"host": host})
        assert (wrong.status_code, answered(wrong)["error_code"]) == (401, 4), host
        assert door.post(path, GOOD[path], host=host).is_success, host


def test_posts_of_nobody_take_no_room_from_those_who_are_known(door: Door) -> None:
    url = door.client.base_url
    head = (
        "POST /v1/conference/bigbluebutton?source=nobody&checksum=0 HTTP/1.1\r\nHost: door\r\n"
        f"Content-Type: application/json\r\nContent-Length: {1 << 20}\r\n\r\n"
    ).encode()
    with ExitStack() as open_lines:
        lines = [
            open_lines.enter_context(socket.create_connection((url.host, url.port or 80), timeout=10))
            for _ in range(52)
        ]
        for line in lines:
            with suppress(ConnectionError):  # it was told to come again
                line.sendall(head + b" " * ((1 << 20) - 1))
        assert door.sync(padded(3 << 20)).status_code == 200


def test_a_body_that_does_not_arrive_is_given_up(narrow: Door) -> None:
    url = narrow.client.base_url
    head = (
        f"POST /v1/events HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer {narrow.token}\r\n"
        "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"
    )
    with socket.create_connection((url.host, url.port or 80), timeout=10) as line:
        line.sendall(head.encode())
        assert line.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_a_client_that_leaves_in_the_middle_takes_nothing_with_it(narrow: Door) -> None:
    url = narrow.client.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as line:
        line.sendall(
            f"POST /v1/events HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer {narrow.token}\r\n"
            "Content-Length: 500\r\n\r\n{".encode()
        )
    assert narrow.sync(a_body(a_record())).status_code == 200
    assert len(narrow.records()) == 1


def test_another_media_type_is_refused(door: Door) -> None:
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "application/xml"):
        response = door.post("/v1/onestop/sync", a_body(a_record()), **{"content-type": media_type})
        assert response.status_code == 415
        assert answered(response)["error_code"] == 7


def test_json_may_name_its_charset(door: Door) -> None:
    for media_type in ("application/json; charset=utf-8", "Application/JSON"):
        assert door.post("/v1/onestop/sync", a_body(a_record()), **{"content-type": media_type}).status_code == 200


def test_a_compressed_body_is_refused(door: Door) -> None:
    assert door.post("/v1/events", b"x", **{"content-encoding": "gzip"}).status_code == 415


NOT_HERE = [
    ("GET", "/v1/events", 405),
    ("PUT", "/v1/onestop/sync", 405),
    ("GET", "/", 404),
    ("GET", "/docs", 404),
    ("GET", "/redoc", 404),
    ("GET", "/openapi.json", 404),
    ("POST", "/v1/health", 405),
]


def test_what_is_not_here_is_said_in_the_same_shape(door: Door) -> None:
    for method, path, status in NOT_HERE:
        response = door.client.request(method, path)
        assert (response.status_code, answered(response)["error_code"]) == (status, 7), path


def test_health_is_told_without_a_token(door: Door) -> None:
    response = door.client.get("/v1/health")
    assert response.status_code == 200
    assert answered(response)["message"] == "ok"


def test_nobody_on_the_way_may_keep_an_answer(door: Door) -> None:
    for response in (door.client.get("/v1/health"), door.sync(a_body(a_record())), door.sync(b"{")):
        assert response.headers["cache-control"] == "no-store"
