"""Tables into the log: good rows are taken, the others come back as a list; a table taken twice changes nothing."""

import csv
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ingest.contracts.envelope import decode_envelope
from ingest.errors import LogUnavailableError
from ingest.files import FileChangedError, FileTaker, Given, MappingFile
from ingest.log.postgres import PostgresLog
from ingest.spreadsheet.portions import portions
from ingest.store.taken_files import PostgresTakenFiles
from tests.building.sheets import SMALL, a_csv, a_row, a_workbook
from tests.onestop_records import SOURCE
from tests.servers.door import all_records
from tests.test_files_take import BreakingLog, cases


@pytest.fixture
def log(ingest_database: str) -> Iterator[BreakingLog]:
    with closing(BreakingLog(ingest_database)) as log:
        yield log


@pytest.fixture
def memory(ingest_database: str) -> Iterator[PostgresTakenFiles]:
    with closing(PostgresTakenFiles(ingest_database)) as memory:
        yield memory


def a_taker(log: PostgresLog, memory: PostgresTakenFiles, mapping: str = SMALL, **options: Any) -> FileTaker:
    def given(path: Path) -> Given:
        return Given(SOURCE, datetime.fromtimestamp(path.stat().st_mtime, UTC), MappingFile("m.toml", mapping))

    return FileTaker(log, memory, portions, given, is_table=True, **options)


def nothing(done: int) -> None:
    del done


def test_the_list_of_refusals_is_of_the_family_of_the_file_and_holds_no_row(
    log: BreakingLog, memory: PostgresTakenFiles, tmp_path: Path
) -> None:
    rows = [a_row(1), a_row(2, status="LÒ THỊ MỶ"), a_row(3, received_at="?", due_at="?"), a_row(4)]
    wanted = [("3", "E3 (Trạng thái)"), ("4", "F4 (Ngày tiếp nhận)"), ("4", "G4 (Ngày hẹn trả)")]
    for name, content in (("t.csv", a_csv(*rows)), ("t.xlsx", a_workbook(*rows))):
        path = tmp_path / name
        path.write_bytes(content)
        taken = a_taker(log, memory).take(path, nothing)
        assert (taken.accepted, taken.refused) == (2, 2)
        assert taken.sheet == tmp_path / f"{name}.errors.{name[2:]}"
        if name == "t.csv":
            assert taken.sheet.read_bytes().startswith(b"\xef\xbb\xbf")
            told = list(csv.reader(taken.sheet.read_text("utf-8-sig").splitlines()))
        else:
            sheet = load_workbook(taken.sheet).worksheets[0]
            told = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        assert told[0][2:] == ["Lỗi", "Error"]
        assert [(row[0], row[1]) for row in told[1:]] == wanted
        assert all(row[2] and row[3] for row in told)
        assert "MỶ" not in str(told)


def test_a_table_taken_twice_or_saved_again_changes_nothing(
    log: BreakingLog, memory: PostgresTakenFiles, tmp_path: Path
) -> None:
    rows = [a_row(number) for number in range(50)]
    path, again = tmp_path / "t.csv", tmp_path / "again.xlsx"
    path.write_bytes(a_csv(*rows))
    again.write_bytes(a_workbook(*rows))
    taker = a_taker(log, memory)
    assert not taker.take(path, nothing).was_finished
    assert taker.take(path, nothing).was_finished
    assert len(cases(log)) == 50
    taker.take(again, nothing)
    assert len({decode_envelope(record.body).id for record in all_records(log)}) == 50, "sent again, as the same events"


def test_with_another_mapping_it_is_another_file(log: BreakingLog, memory: PostgresTakenFiles, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(a_csv(a_row(1, status="Xong")))
    assert a_taker(log, memory).take(path, nothing).refused == 1
    corrected = SMALL + '"Xong" = 10\n'
    assert a_taker(log, memory, corrected).take(path, nothing).accepted == 1


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_an_interrupted_table_goes_on_after_its_last_row(
    log: BreakingLog, memory: PostgresTakenFiles, tmp_path: Path, name: str
) -> None:
    rows = [a_row(number, status="?" if number % 500 == 7 else "Đang xử lý") for number in range(5000)]
    path = tmp_path / name
    path.write_bytes(a_csv(*rows) if name == "t.csv" else a_workbook(*rows))
    taker = a_taker(log, memory)
    log.left = 1
    with pytest.raises(LogUnavailableError):
        taker.take(path, nothing)
    log.left = None
    taken = taker.take(path, nothing)
    assert (taken.accepted, taken.refused) == (4990, 10)
    assert len(cases(log)) == 4990
    assert taken.refusals is not None
    assert len(taken.refusals.read_text().splitlines()) == 10


def test_a_list_that_was_taken_away_is_made_again(log: BreakingLog, memory: PostgresTakenFiles, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(a_csv(a_row(1, status="?")))
    taker = a_taker(log, memory)
    first = taker.take(path, nothing)
    assert first.refusals is not None
    assert first.sheet is not None
    first.refusals.unlink()
    first.sheet.unlink()
    taker.take(path, nothing)
    assert first.sheet.exists()


def test_a_table_that_is_written_to_while_it_is_read_is_not_finished(
    log: BreakingLog, memory: PostgresTakenFiles, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(a_csv(*[a_row(number) for number in range(3000)]))
    grown = a_csv(*[a_row(number) for number in range(3001)])
    taker = a_taker(log, memory)

    def grow(done: int) -> None:
        if done < len(grown):
            path.write_bytes(grown)

    with pytest.raises(FileChangedError):
        taker.take(path, grow)
    taken = taker.take(path, nothing)
    assert (taken.accepted, taken.was_finished) == (3001, False)
    assert len(set(cases(log))) == 3001


def test_what_can_not_be_read_at_all_is_told_so(log: BreakingLog, memory: PostgresTakenFiles, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0 old")
    taker = a_taker(log, memory)
    for _ in range(2):
        assert taker.take(path, nothing).unreadable
    path.write_bytes(a_workbook(a_row(1, status="?")))
    assert not taker.take(path, nothing).unreadable
