"""A watched folder: what is laid into it is taken once it is whole, and each file goes where its sender finds it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.contracts.envelope import decode_envelope
from ingest.errors import LogUnavailableError
from ingest.files import FileTaker, Given, MappingFile
from ingest.files.beat import heartbeat
from ingest.files.ready import ReadyFiles
from ingest.files.watch import ERRORS, FolderAwayError, FolderInUseError, FolderWatcher, sole_watcher
from ingest.spreadsheet.portions import portions
from ingest.store.sources import PostgresSourceBook
from ingest.store.taken_files import PostgresTakenFiles
from tests.building.sheets import SMALL, a_csv, a_row, a_workbook
from tests.onestop_records import SOURCE
from tests.servers.door import all_records
from tests.servers.processes import wait_until
from tests.test_files_take import BreakingLog, cases


@dataclass
class Watched:
    """A watcher whose clock goes by hand."""

    folder: Path
    log: BreakingLog
    memory: PostgresTakenFiles
    now: float = 0.0
    stopping: bool = False
    beats: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        taker = FileTaker(self.log, self.memory, portions, _given, self.folder / ERRORS, is_table=True)
        ready = ReadyFiles(self.folder, 5.0, 600.0, lambda: self.now)
        self.watcher = FolderWatcher(
            self.folder, taker, ready, lambda: self.stopping, lambda: self.beats.append(self.now)
        )
        self.watcher.prepare()

    def lay(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def after(self, seconds: float) -> int:
        """Look again later; how many files were moved."""
        self.now += seconds
        return self.watcher.look()

    def names(self, folder: str = "") -> list[str]:
        return sorted(path.name for path in (self.folder / folder).iterdir() if path.is_file())


def _given(path: Path) -> Given:
    return Given(SOURCE, datetime.fromtimestamp(path.stat().st_mtime, UTC), MappingFile("m.toml", SMALL))


@pytest.fixture
def watched(ingest_database: str, tmp_path: Path) -> Iterator[Watched]:
    folder = tmp_path / "in"
    folder.mkdir()
    with closing(BreakingLog(ingest_database)) as log, closing(PostgresTakenFiles(ingest_database)) as memory:
        yield Watched(folder, log, memory)


def test_a_file_is_taken_once_nobody_writes_to_it_and_moved(watched: Watched) -> None:
    watched.lay("t.csv", a_csv(a_row(1)))
    assert watched.after(0) == 0, "seen for the first time"
    assert watched.after(4) == 0
    assert watched.after(1) == 1
    assert (watched.names(), watched.names("taken")) == ([], ["t.csv"])
    assert len(cases(watched.log)) == 1


def test_a_file_that_grows_is_waited_for(watched: Watched) -> None:
    content = a_csv(*[a_row(number) for number in range(10)])
    path = watched.lay("t.csv", b"")
    for end in range(0, len(content), 300):
        path.write_bytes(content[:end])
        assert watched.after(4) == 0
    path.write_bytes(content)
    assert watched.after(0) == 0
    assert watched.after(5) == 1
    assert len(cases(watched.log)) == 10


def test_a_workbook_whose_copy_stopped_halfway_is_waited_for_and_refused_in_the_end(watched: Watched) -> None:
    content = a_workbook(a_row(1))
    path = watched.lay("t.xlsx", content[: len(content) // 2])
    watched.after(0)
    assert watched.after(60) == 0, "steady, but without its end"
    path.write_bytes(content)
    watched.after(0)
    assert watched.after(5) == 1
    assert watched.names("taken") == ["t.xlsx"]
    watched.lay("half.xlsx", content[: len(content) // 2])
    watched.after(0)
    assert watched.after(600) == 1
    assert watched.names("refused") == ["half.xlsx", "half.xlsx.reason.txt"]
    reason = (watched.folder / "refused" / "half.xlsx.reason.txt").read_text("utf-8-sig")
    assert "not a whole one" in reason
    assert "không phải tệp Excel" in reason


def test_refused_rows_leave_a_list_and_the_file_counts_as_taken(watched: Watched) -> None:
    watched.lay("t.xlsx", a_workbook(a_row(1), a_row(2, status="?")))
    watched.after(0)
    assert watched.after(5) == 1
    assert watched.names("taken") == ["t.xlsx"]
    assert [name.split(".")[-1] for name in watched.names("errors")] == ["xlsx", "jsonl"]
    assert len(cases(watched.log)) == 1


def test_temporary_files_folders_and_links_are_left_alone(watched: Watched) -> None:
    content = a_csv(a_row(1))
    for name in ("~$t.xlsx", ".hidden.csv", "t.csv.part", "t.CSV.crdownload", "t.tmp"):
        watched.lay(name, content)
    (watched.folder / "sub").mkdir()
    (watched.folder / "sub" / "t.csv").write_bytes(content)
    (watched.folder / "link.csv").symlink_to(watched.folder / "sub" / "t.csv")
    before = watched.names()
    watched.after(0)
    assert watched.after(1000) == 0
    assert watched.names() == before
    os.rename(watched.folder / "t.csv.part", watched.folder / "t.csv")  # noqa: PTH104 - what a copy ends with
    watched.after(0)
    assert watched.after(5) == 1


def test_files_of_one_name_do_not_overwrite_each_other(watched: Watched) -> None:
    for number in (1, 2, 3):
        watched.lay("t.csv", a_csv(a_row(number)))
        watched.after(0)
        assert watched.after(5) == 1
    assert watched.names("taken") == ["t (2).csv", "t (3).csv", "t.csv"]
    assert len(cases(watched.log)) == 3


def test_what_is_away_is_waited_for_and_nothing_is_lost(watched: Watched) -> None:
    watched.lay("t.csv", a_csv(*[a_row(number) for number in range(3000)]))
    watched.log.left = 1
    watched.after(0)
    with pytest.raises(LogUnavailableError):
        watched.after(5)
    assert watched.names() == ["t.csv"]
    watched.log.left = None
    again = Watched(watched.folder, watched.log, watched.memory)  # as after a restart
    again.after(0)
    assert again.after(5) == 1
    assert len(cases(watched.log)) == 3000
    assert watched.beats == [5.0], "a long file does not silence its source"


def test_a_watcher_that_is_ended_ends_between_portions_and_goes_on_later(watched: Watched) -> None:
    watched.lay("t.csv", a_csv(*[a_row(number) for number in range(5000)]))
    watched.after(0)
    watched.watcher.alive = lambda: setattr(watched, "stopping", True)
    assert watched.after(5) == 0
    assert (watched.names(), len(cases(watched.log))) == (["t.csv"], 4000)
    watched.stopping = False
    watched.watcher.alive = lambda: None
    assert watched.after(0) == 1
    assert len(cases(watched.log)) == 5000


def test_a_file_that_was_taken_but_not_moved_is_moved_later_and_taken_once(watched: Watched) -> None:
    path = watched.lay("t.csv", a_csv(a_row(1)))
    watched.watcher.taker.take(path, list[int]().append)  # and then the process was killed
    watched.after(0)
    assert watched.after(5) == 1
    assert len(cases(watched.log)) == 1


def test_a_folder_has_one_watcher(tmp_path: Path) -> None:
    with sole_watcher(tmp_path), pytest.raises(FolderInUseError), sole_watcher(tmp_path):
        pass
    with sole_watcher(tmp_path):
        pass


def test_a_folder_that_is_away_is_said_and_may_come_back(watched: Watched) -> None:
    hidden = watched.folder.rename(watched.folder.with_name("away"))
    with pytest.raises(FolderAwayError):
        watched.after(0)
    hidden.rename(watched.folder)
    assert watched.after(0) == 0


def test_a_heartbeat_is_one_for_each_source_and_second() -> None:
    now = datetime(2026, 3, 2, 1, 0, 0, 999, UTC)
    first, second = heartbeat("a", now), heartbeat("a", now.replace(microsecond=5))
    assert first == second
    assert decode_envelope(first.body).type == "vn.ioc.source.heartbeat"


def test_the_command_watches_beats_and_ends_cleanly(
    ingest_database: str, book: PostgresSourceBook, tmp_path: Path
) -> None:
    book.add(SOURCE.id, "spreadsheet", SOURCE.agencies)
    folder, mapping = tmp_path / "in", tmp_path / "m.toml"
    folder.mkdir()
    mapping.write_text(SMALL, encoding="utf-8")
    command = [sys.executable, "-m", "ioc", "ingest", "watch", str(folder), "--source", SOURCE.id,
               "--kind", "spreadsheet", "--mapping", str(mapping), "--every", "0.1", "--steady", "0.2"]  # fmt: skip
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IOC_")}
    environment |= {"IOC_HOME": str(tmp_path / "home"), "IOC_DATABASE_URL": ingest_database}
    with closing(BreakingLog(ingest_database)) as log, (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(command, env=environment, stderr=said)
        try:
            wait_until(lambda: SOURCE.id in {record.key for record in all_records(log)}, what="a heartbeat", seconds=60)
            (folder / "t.csv").write_bytes(a_csv(a_row(1)))
            wait_until((folder / "taken" / "t.csv").exists, what="the file being taken", seconds=60)
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0, (tmp_path / "said").read_text()
