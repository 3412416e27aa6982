"""Files of sync bodies: taken once, gone on where it was interrupted, refusals beside them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.contracts.envelope import decode_envelope
from ingest.errors import LogUnavailableError, UnreadableFileError
from ingest.files import FileTaker, Given, Taken
from ingest.log.postgres import PostgresLog
from ingest.log.protocol import Entry, Position
from ingest.sources.kinds import KINDS
from ingest.store.taken_files import PostgresTakenFiles
from tests.onestop_records import SOURCE, a_body, a_record
from tests.servers.door import all_records

SYNC = KINDS["onestop-sync"].portions


def given(path: Path) -> Given:
    return Given(SOURCE, datetime.fromtimestamp(path.stat().st_mtime, UTC))


class BreakingLog(PostgresLog):
    """A real log that takes a number of appends and is away then; `after` says whether the last one was stored."""

    left: int | None = None
    stores_the_last = False

    def append(self, entries: Sequence[Entry]) -> Sequence[Position]:
        if self.left == 0:
            if self.stores_the_last:
                super().append(entries)
            raise LogUnavailableError("away")
        if self.left is not None:
            self.left -= 1
        return super().append(entries)


@pytest.fixture
def log(ingest_database: str) -> Iterator[BreakingLog]:
    with closing(BreakingLog(ingest_database)) as log:
        yield log


@pytest.fixture
def memory(ingest_database: str) -> Iterator[PostgresTakenFiles]:
    with closing(PostgresTakenFiles(ingest_database)) as memory:
        yield memory


@pytest.fixture
def taker(log: BreakingLog, memory: PostgresTakenFiles) -> FileTaker:
    return FileTaker(log, memory, SYNC, given)


def take(taker: FileTaker, path: Path) -> Taken:
    return taker.take(path, list[int]().append)


def cases(log: PostgresLog) -> list[str]:
    """The cases in the log, each as often as it is there."""
    return sorted(decode_envelope(record.body).subject for record in all_records(log))


def refusals(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def lines(path: Path, bodies: int, records: int = 1) -> Path:
    """A file of bodies, one a line, with cases numbered on."""
    with path.open("wb") as file:
        for body in range(bodies):
            file.write(a_body(*[a_record(body * records + number) for number in range(records)]) + b"\n")
    return path


def test_a_file_of_one_body_is_taken(taker: FileTaker, log: BreakingLog, tmp_path: Path) -> None:
    path = tmp_path / "body.json"
    path.write_bytes(json.dumps(json.loads(a_body(a_record(1), a_record(2))), indent=2).encode())
    assert take(taker, path) == Taken(path, 2, 0, None, was_finished=False)
    assert cases(log) == [a_record(1)["MaHoSo"], a_record(2)["MaHoSo"]]


@pytest.mark.parametrize("name", ["many.jsonl", "many.ndjson", "many.json", "many"])
def test_a_file_of_bodies_is_taken_line_by_line(taker: FileTaker, log: BreakingLog, tmp_path: Path, name: str) -> None:
    path = lines(tmp_path / name, bodies=3, records=2)
    path.write_bytes(b"\n" + path.read_bytes().rstrip() if name.endswith("l") else path.read_bytes())
    assert take(taker, path).accepted == 6
    assert len(set(cases(log))) == 6


def test_a_finished_file_changes_nothing_the_second_time(taker: FileTaker, log: BreakingLog, tmp_path: Path) -> None:
    path = lines(tmp_path / "many.jsonl", bodies=5)
    take(taker, path)
    copy = tmp_path / "another-name.jsonl"
    copy.write_bytes(path.read_bytes())
    for again in (path, copy):
        assert take(taker, again) == Taken(again, 5, 0, None, was_finished=True)
    assert len(cases(log)) == 5


def test_a_finished_file_can_be_sent_again_with_the_same_events(
    taker: FileTaker, log: BreakingLog, memory: PostgresTakenFiles, tmp_path: Path
) -> None:
    path = lines(tmp_path / "many.jsonl", bodies=5)
    take(taker, path)
    take(FileTaker(log, memory, SYNC, given, from_start=True), path)
    assert len({decode_envelope(record.body).id for record in all_records(log)}) == 5
    assert len(cases(log)) == 10


@pytest.mark.parametrize("stores_the_last", [False, True])
@pytest.mark.parametrize("kind", ["lines", "one body"])
def test_an_interrupted_file_goes_on_where_it_was(
    taker: FileTaker, log: BreakingLog, tmp_path: Path, kind: str, *, stores_the_last: bool
) -> None:
    path = tmp_path / "much"
    if kind == "lines":
        lines(path, bodies=5, records=500)
    else:
        path.write_bytes(a_body(*map(a_record, range(2500))))
    log.left, log.stores_the_last = 1, stores_the_last
    with pytest.raises(LogUnavailableError):
        take(taker, path)
    before = len(cases(log))
    log.left = None
    assert take(taker, path) == Taken(path, 2500, 0, None, was_finished=False)
    assert before == (2500 if stores_the_last else 2000)
    assert len(set(cases(log))) == 2500
    repeated = len(cases(log)) - 2500
    assert (repeated > 0) == stores_the_last, "sent twice only what was not known to be durable"


def test_refusals_are_written_beside_the_file_and_the_others_are_taken(taker: FileTaker, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes(
        b"\n".join([a_body(a_record(1), a_record(2, MaHoSo=None, ChuHoSo="LO THI MY")), b"", b"{", a_body(a_record(3))])
    )
    taken = take(taker, path)
    assert (taken.accepted, taken.refused) == (2, 2)
    assert taken.refusals == tmp_path / "some.jsonl.refused.jsonl"
    told = refusals(taken.refusals)
    assert [(one["line"], one["index"], one["field"]) for one in told] == [(1, 1, "data[1].MaHoSo"), (3, None, "$")]
    assert all(one["file"] == "some.jsonl" and one["reason"] and one["reason_vi"] for one in told)
    assert "LO THI MY" not in taken.refusals.read_text()
    assert take(taker, path) == Taken(path, 2, 2, taken.refusals, was_finished=True)
    assert len(refusals(taken.refusals)) == 2


@pytest.mark.parametrize("kind", ["lines", "one body"])
def test_an_interrupted_file_lists_each_refusal_once(
    taker: FileTaker, log: BreakingLog, tmp_path: Path, kind: str
) -> None:
    records = [a_record(number, **({"MaHoSo": None} if number % 100 == 0 else {})) for number in range(5000)]
    path = tmp_path / "much"
    if kind == "lines":
        path.write_bytes(b"\n".join(a_body(record) for record in records))
    else:
        path.write_bytes(a_body(*records))
    log.left = 1
    with pytest.raises(LogUnavailableError):
        take(taker, path)
    log.left = None
    taken = take(taker, path)
    assert (taken.accepted, taken.refused) == (4950, 50)
    assert taken.refusals is not None
    told = refusals(taken.refusals)
    assert len({(one["line"], one["index"]) for one in told}) == len(told) == 50
    if kind == "lines":
        assert [one["line"] for one in told] == list(range(1, 5000, 100))


def test_a_file_of_which_all_is_refused_is_counted_once(taker: FileTaker, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(a_body(a_record(1, MaHoSo=None)))
    for _ in range(2):
        taken = take(taker, path)
        assert (taken.accepted, taken.refused) == (0, 1)


def test_an_empty_file_is_refused(taker: FileTaker, tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.touch()
    assert take(taker, path).refused == 1


def test_refusals_go_where_they_are_wanted(log: BreakingLog, memory: PostgresTakenFiles, tmp_path: Path) -> None:
    taker = FileTaker(log, memory, SYNC, given, refusals_folder=tmp_path / "out")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "same-name.json"
        path.write_bytes(a_body(a_record(1, MaHoSo=None), GhiChu=folder))
        assert take(taker, path).refused == 1
    assert len(list((tmp_path / "out").iterdir())) == 2
    assert list((tmp_path / "a").iterdir()) == [tmp_path / "a" / "same-name.json"]


def test_progress_is_told_in_bytes_up_to_the_end(taker: FileTaker, tmp_path: Path) -> None:
    path = lines(tmp_path / "many.jsonl", bodies=6, records=1000)
    told: list[int] = []
    taker.take(path, told.append)
    assert told == sorted(told)
    assert len(told) > 3
    assert told[-1] == path.stat().st_size


def test_a_file_that_is_not_there_is_named(taker: FileTaker, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"gone\.json"):
        take(taker, tmp_path / "gone.json")
