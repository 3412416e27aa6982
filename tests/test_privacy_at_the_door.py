"""Nothing personal gets past the door: not into log, database, quarantine, answers or log lines.

Every personal field and every free text holds a marker. Door and worker are the real ones, the door a
process of its own whose whole output is kept.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg import sql

from ingest.contracts.privacy import FREE_TEXTS, OTHER_PEOPLE, PERSONAL_FIELDS
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry
from ingest.store.sources import PostgresSourceBook
from tests.building.applying import apply_all
from tests.onestop_records import (
    SOURCE,
    Record,
    a_body,
    a_petition,
    a_record,
    an_apology,
    an_evaluation,
    an_event,
    as_json,
    the_data,
)
from tests.servers.processes import free_port, running

MARKER = "DauHieuRieng"

PEOPLE: Record = {name: f"{MARKER}-{name}" for name in (*PERSONAL_FIELDS, *FREE_TEXTS, *OTHER_PEOPLE)}
IN_LISTS: Record = {
    "DinhDanhCHS": {"LoaiDinhDanh": f"{MARKER}-loai", "SoDinhDanh": f"{MARKER}-so"},
    "TaiLieuNop": [{"TenTepDinhKem": f"{MARKER}-tep", "DuocSoHoa": "1"}],
    "DanhSachLePhi": [{"TenPhiLePhi": f"{MARKER}-phi", "Gia": "1000"}],
    "DanhSachGiayToKetQua": [
        {"TenGiayTo": f"{MARKER}-giay", "DuongDanTepTinKetQua": f"/{MARKER}.pdf", "GiayToId": MARKER}
    ],
    "DanhSachHoSoBoSung": [
        {
            "HoSoBoSungId": "1",
            "NgayBoSung": "20240713080000",
            "NguoiYeuCauBoSung": f"{MARKER}-nguoi",
            "NoiDungBoSung": f"{MARKER}-noidung",
            "NguoiTiepNhanBoSung": f"{MARKER}-tiepnhan",
            "ThongTinTiepNhan": f"{MARKER}-thongtin",
            "DanhSachLePhiBoSung": [{"TenPhiLePhi": f"{MARKER}-phi", "NguoiNop": MARKER}],
        }
    ],
    "MoiLa": {"sau": [{"ho_ten": f"{MARKER}-sau"}]},
}


def records() -> Iterator[Record]:
    """Good ones and all kinds of bad ones, each full of people."""
    changes: list[Record] = [
        {},
        {"MaHoSo": None},
        {"NgayTiepNhan": f"{MARKER}-ngay"},
        {"TrangThaiHoSo": f"{MARKER}-trangthai"},
        {"DuocThanhToanTrucTuyen": [MARKER]},
        {"HoSoCoThanhPhanSoHoa": MARKER},
        {"DanhSachLePhi": [{"Gia": MARKER}]},
    ]
    for number, changed in enumerate(changes):
        yield a_record(number, **{**PEOPLE, **IN_LISTS, **changed})


def bodies() -> Iterator[tuple[str, bytes]]:
    """What is sent, by path."""
    good = a_body(*records(), GhiChu=MARKER)
    yield "/v1/onestop/sync", good
    yield "/v1/onestop/sync", good[:-20]
    yield "/v1/onestop/sync", good.replace(b'"MaTTHC"', b"MaTTHC", 1)
    yield "/v1/onestop/sync", b'{"service": "' + MARKER.encode() + b'", "data": []}'
    data = the_data(**PEOPLE, more=[PEOPLE])
    yield "/v1/events", as_json([an_event(data=data, ChuHoSo=MARKER), an_event(data={**data, "status": MARKER})])
    yield "/v1/events", as_json(an_event(source=MARKER, data=data))
    yield "/v1/events", as_json([an_apology(**PEOPLE), an_evaluation(**PEOPLE), a_petition(**PEOPLE)])
    yield "/v1/events", b"[" + as_json(an_event(data=data))


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


def is_marked(row: str) -> bool:
    return MARKER in row or MARKER.encode().hex() in row


@pytest.fixture
def aired(database: str, tmp_path: Path) -> Iterator[tuple[httpx.Client, Path]]:
    """A door in a process of its own, and where all it says is kept."""
    port = free_port()
    with closing(PostgresSourceBook(database)) as book:
        token = book.add(SOURCE.id, SOURCE.kind, SOURCE.agencies)
    said = tmp_path / "said"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IOC_")}
    settings = {"IOC_DATABASE_URL": database, "IOC_DOOR_PORT": str(port), "IOC_HOME": str(tmp_path), "IOC_DEBUG": "1"}
    serve = ["env", "-i", *(f"{name}={value}" for name, value in {**kept, **settings}.items()), sys.executable]
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    with (
        httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client,
        running([*serve, "-m", "ioc", "ingest", "serve"], lambda: healthy(client), said),
    ):
        yield client, said


def healthy(client: httpx.Client) -> bool:
    try:
        return client.get("/v1/health").status_code == 200
    except httpx.TransportError:
        return False


def test_nothing_personal_gets_past_the_door(aired: tuple[httpx.Client, Path], database: str) -> None:
    client, said = aired
    answers = [client.post(path, content=body) for path, body in bodies()]
    assert [answer.status_code for answer in answers] == [200, 400, 400, 400, 202, 422, 202, 400]
    assert [answer.json()["accepted"] for answer in answers] == [1, 0, 0, 0, 1, 0, 3, 0]
    for answer in answers:
        assert MARKER not in answer.text
    with closing(PostgresLog(database)) as log:
        apply_all(log, database)
    stored = list(everything_in(database))
    assert any(a_record()["MaHoSo"][:-4].encode().hex() in row for _, row in stored), "bytes are looked into"
    assert {"entry", "event", "source"} <= {table for table, _ in stored}
    assert [table for table, row in stored if is_marked(row)] == []
    assert "request.answered" in said.read_text()
    assert MARKER not in said.read_text()


def test_poison_that_got_into_the_log_by_another_way_is_masked_in_quarantine(database: str) -> None:
    poison = [
        as_json(an_event(data={**the_data(), **PEOPLE, "status": 99})),
        as_json(an_event(type="unheard.of", data=PEOPLE)),
        b'{"id": "x", "ChuHoSo": "' + MARKER.encode() + b'", ',
    ]
    with closing(PostgresLog(database)) as log:
        log.append([Entry(f"case-{number}", body) for number, body in enumerate(poison)])
        apply_all(log, database)
    quarantined = [row for table, row in everything_in(database) if table == "quarantine"]
    assert len(quarantined) == 3
    assert [row for row in quarantined if is_marked(row)] == []
