"""Documents at the door: edXML over HTTP, answered like everything else; little memory, nothing private kept."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import psycopg
import pytest
from psycopg import sql

from ingest.log.postgres import PostgresLog
from ingest.store.sources import PostgresSourceBook
from tests.building.applying import apply_all
from tests.building.edxml import ABROAD, COMMUNE, DOCUMENTS, VENDORS, Message, Status, Vendor, several
from tests.building.signing import PLACE, a_chain, signed
from tests.servers.document_door import DoorProcess
from tests.servers.door import Door, answered, opened

MARKER = "DauHieuRieng"
MIB = 1024 * 1024


@pytest.fixture
def token(book: PostgresSourceBook) -> str:
    """The token of the source of documents, for the fixture `door`."""
    return book.add_source(DOCUMENTS)


def post(door: Door, body: bytes, media_type: str = "application/xml") -> httpx.Response:
    return door.post("/v1/documents/edxml", body, **{"content-type": media_type})


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_a_document_and_its_status_are_taken_and_durable(door: Door, vendor: Vendor) -> None:
    for body in (Message(vendor=vendor).body(), Status(vendor=vendor).body()):
        response = post(door, body)
        assert response.status_code == 200
        assert answered(response)["error_code"] == 0
        assert answered(response)["accepted"] == 2
    assert [envelope.subject.partition("/2026")[0] for envelope in door.envelopes()] == [
        "document/incoming/H52.17.18/000.00.17.H52",
        "document/incoming/H52.17.18/000.00.17.H52",
        "document/outgoing/000.00.17.H52/000.00.17.H52",
        "document/outgoing/000.00.17.H52/000.00.17.H52",
    ]


def test_the_same_message_again_is_the_same_events(door: Door) -> None:
    for _ in range(3):
        assert post(door, Message().body()).status_code == 200
    assert len(door.envelopes()) == 6
    assert len({envelope.id for envelope in door.envelopes()}) == 2


def test_xml_may_be_called_text_but_nothing_else_is_xml(door: Door) -> None:
    assert post(door, Message().body(), "text/xml; charset=utf-8").status_code == 200
    for other in ("application/json", "text/plain", "application/soap+xml", "multipart/form-data"):
        response = post(door, Message().body(), other)
        assert response.status_code == 415
        assert answered(response)["message"] == "send one of application/xml, text/xml"


def test_without_a_token_nothing_is_taken(door: Door) -> None:
    response = door.client.post("/v1/documents/edxml", content=Message().body())
    assert response.status_code == 401
    assert door.records() == []


def test_what_fits_of_several_messages_is_durable_and_the_rest_is_refused_by_name(door: Door) -> None:
    response = post(door, several(Message(), Message(due="31/02/2026"), Status()))
    assert response.status_code == 200
    told = answered(response)
    assert (told["error_code"], told["accepted"]) == (1, 4)
    assert [(refusal["index"], refusal["field"]) for refusal in told["refused"]] == [(1, "MessageHeader.DueDate")]
    assert len(door.records()) == 4


def test_a_message_between_strangers_is_refused_by_name(door: Door) -> None:
    response = post(door, Message(sender=ABROAD, receivers=("000.00.20.H01",)).body())
    assert response.status_code == 422
    assert answered(response)["error_code"] == 2
    assert answered(response)["refused"][0]["field"] == "From.OrganId"


def test_broken_xml_is_answered_with_line_and_column(door: Door) -> None:
    response = post(door, b"<edXML>\n<MessageHeader>\n</edXML>")
    assert response.status_code == 400
    told = answered(response)
    assert told["error_code"] == 3
    assert told["refused"][0]["reason"].startswith("malformed XML at line 3, column ")


def test_a_body_over_the_limit_is_refused_and_the_limit_is_named(
    ingest_database: str, book: PostgresSourceBook, token: str
) -> None:
    with closing(PostgresLog(ingest_database)) as log, opened(log, book, token, body_limit=1000) as door:
        assert post(door, b" " * 1001).status_code == 413


def test_a_door_that_trusts_a_chain_tells_valid_signatures(
    ingest_database: str, book: PostgresSourceBook, token: str
) -> None:
    with closing(PostgresLog(ingest_database)) as log, opened(log, book, token, trust=a_chain().trust) as door:
        assert post(door, signed(Message(signature=PLACE).body(), a_chain().organ)).status_code == 200
        kinds = [envelope.type.removeprefix("vn.ioc.document.") for envelope in door.envelopes()]
        assert kinds == ["certificate.recorded", "recorded", "recorded"]
        assert b'"signature":"valid"' in bytes(door.envelopes()[1].data)


def large(number: int, size: int) -> Message:
    """A message of nearly that many bytes, most of them in a file."""
    return Message(number=str(number), files=("QUJD" * (size // 4 - 1000),))


def test_large_documents_that_arrive_together_take_little_memory(door_process: DoorProcess) -> None:
    bodies = [large(number, 9 * MIB).body() for number in range(4)]
    bodies += 3 * [signed(large(9, 9 * MIB).but(signature=PLACE).body(), a_chain().organ)]
    assert all(8 * MIB < len(body) < 10 * MIB for body in bodies)

    def until_taken(body: bytes) -> list[int]:
        """All statuses of a body that is sent again as long as the door asks for that."""
        found = [door_process.post(body).status_code]
        while found[-1] == 503:
            found.append(door_process.post(body).status_code)
        return found

    with ThreadPoolExecutor(len(bodies)) as sending:
        statuses = list(sending.map(until_taken, bodies))
    assert [each[-1] for each in statuses] == [200] * len(bodies)
    assert {status for each in statuses for status in each[:-1]} <= {503}
    assert door_process.most_memory < 300_000_000


def private_messages() -> Iterator[bytes]:
    """Good, bad and broken ones, each full of people, subjects and files."""
    message = Message(people=f"{MARKER} Sơn", subject=f"V/v {MARKER}", files=(MARKER,))
    for vendor in VENDORS:
        yield message.but(vendor=vendor).body()
        yield message.but(vendor=vendor, due=MARKER).body()
        yield message.but(vendor=vendor, sender=f"{MARKER} Sơn").body()
        yield message.but(vendor=vendor, number=f"{MARKER}|{MARKER}").body()
        yield message.but(vendor=vendor, act=MARKER).body()
        yield message.but(vendor=vendor, other=f"<P:Priority>{MARKER}</P:Priority>").body()
        yield message.but(vendor=vendor).body()[:-9]
        yield message.but(vendor=vendor).body().replace(b"Subject>", f"{MARKER}>".encode(), 1)
    status = Status().body()
    for private in (
        b"Nguy\xe1\xbb\x85n",
        b"ha@example.vn",
        "Lò Thị Hà".encode(),
        "giao chị Hà".encode(),
        b"0912345678",
    ):
        status = status.replace(private, MARKER.encode())
    yield status
    yield status.replace(b"<edXML:StatusCode>03", f"<edXML:StatusCode>{MARKER}".encode())
    yield status.replace(b"OrganId>" + COMMUNE.encode(), f"OrganId>{MARKER}".encode())
    yield signed(message.but(signature=PLACE).body(), a_chain().person)
    yield f"<{MARKER}>&{MARKER};</{MARKER}>".encode()
    yield f'<!DOCTYPE {MARKER} SYSTEM "{MARKER}"><{MARKER}/>'.encode()


def test_nothing_private_of_a_document_gets_past_the_door(door_process: DoorProcess, database: str) -> None:
    answers = [door_process.post(body) for body in private_messages()]
    assert {answer.status_code for answer in answers} == {200, 400, 422}
    for answer in answers:
        assert MARKER not in answer.text
    with closing(PostgresLog(database)) as log:
        apply_all(log, database)
    stored = list(everything_in(database))
    assert {"entry", "event", "cases"} <= {table for table, _ in stored}
    assert any(b"UBND-VP".hex() in row for _, row in stored), "bytes are looked into"
    assert [table for table, row in stored if MARKER in row or MARKER.encode().hex() in row] == []
    assert "request.answered" in door_process.said.read_text()
    for private in (MARKER, "Nguyễn Văn Sơn", "UBND huyện Mộc Châu", "014080001234"):
        assert private not in door_process.said.read_text()


def everything_in(database: str) -> Iterator[tuple[str, str]]:
    """Every row of every table of the product as text; bytes are written in hexadecimal digits."""
    tables = (
        "select table_schema, table_name from information_schema.tables"
        " where table_schema in ('ingest', 'stream') and table_type = 'BASE TABLE'"
    )
    with psycopg.connect(database) as connection:
        for schema, table in connection.execute(tables).fetchall():
            query = sql.SQL("select row::text from {} as row").format(sql.Identifier(schema, table))
            yield from ((table, row) for (row,) in connection.execute(query))
