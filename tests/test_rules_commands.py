"""`ioc calendar` and `ioc procedures`: files in, rules into the log, and the clock of the law at the command line."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ingest.log.postgres import PostgresLog
from ingest.rules.calendar_file import shipped_calendar
from ioc.__main__ import cli
from tests.building.applying import apply_all
from tests.building.registers import as_csv

CALENDAR = """
version = "{version}"
cut_off = "15:00"
[week]
monday = ["08:00-12:00", "13:00-17:00"]
tuesday = ["08:00-12:00", "13:00-17:00"]
wednesday = ["08:00-12:00", "13:00-17:00"]
thursday = ["08:00-12:00", "13:00-17:00"]
friday = ["08:00-12:00", "13:00-17:00"]
[[decision]]
name = "QĐ 9/2027"
days_off = [{off}]
days_on = [2027-03-13]
"""
HEAD = ("Mã TTHC", "Tên TTHC", "Mã lĩnh vực", "Cấp", "Thời hạn", "Lệ phí", "DVCTT")


@dataclass(frozen=True)
class Centre:
    """A database with a log, and the command line that is told where it is."""

    url: str
    folder: Path

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, [*arguments, "--home", str(self.folder)])

    def json(self, *arguments: str) -> Any:
        result = self.run(*arguments, "--format", "json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def works(self) -> None:
        """The worker applies what is in the log."""
        log = PostgresLog(self.url)
        apply_all(log, self.url)
        log.close()

    def events(self) -> int:
        """How many entries the log has."""
        log = PostgresLog(self.url)
        count = sum(log.end_positions().values())
        log.close()
        return count

    def calendar(self, version: str = "v1", off: str = "2027-03-12") -> str:
        path = self.folder / "year.toml"
        path.write_text(CALENDAR.format(version=version, off=off))
        return str(path)

    def register(self, *rows: tuple[str, ...]) -> str:
        path = self.folder / "list.csv"
        path.write_bytes(as_csv(rows, HEAD))
        return str(path)


@pytest.fixture
def centre(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    monkeypatch.setenv("IOC_DATABASE_URL", database)
    monkeypatch.delenv("IOC_KAFKA", raising=False)
    return Centre(database, tmp_path)


def failure(result: Result) -> str:
    """The sentence that `ioc` would end with."""
    assert result.exit_code == 1
    return str(result.exception)


def a_row(code: str = "1.1", fee: str = "0", level: str = "xã") -> tuple[str, ...]:
    return (code, "Đăng ký khai sinh", "HT", level, "3 ngày", fee, "toàn trình")


def test_a_calendar_is_checked_without_a_running_centre(tmp_path: Path) -> None:
    path = Centre("", tmp_path).calendar()
    result = CliRunner().invoke(cli, ["calendar", "check", path, "--format", "json", "--home", str(tmp_path)])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert (document["version"], document["cut_off"], document["week"]["Sat"]) == ("v1", "15:00", "free")


def test_a_bad_calendar_is_told_line_by_line_and_refused(centre: Centre) -> None:
    result = centre.run("calendar", "check", centre.calendar(version="a b", off="2027-13-45"))
    assert "year.toml is refused whole: 1 problem to correct" in failure(result)
    result = centre.run("calendar", "adopt", centre.calendar(version="a b", off="1"))
    assert "2 problems" in failure(result)
    assert "year.toml: line 2, version: 'a b' can't be a version" in result.stderr
    assert centre.events() == 0


def test_adopting_says_what_changes_and_puts_it_once_into_each_partition(centre: Centre) -> None:
    document = centre.json("calendar", "adopt")
    assert (document["state"], document["replaces"], document["waiting_partitions"]) == (
        "adopted", "office-1", list(range(8)),
    )  # fmt: skip
    assert {"2026-01-02"} <= set(document["changes"]["free"])
    assert {"2026-01-10", "2026-08-22"} <= set(document["changes"]["worked"])
    assert centre.events() == 8


def test_a_dry_run_says_the_same_and_changes_nothing(centre: Centre) -> None:
    result = centre.run("calendar", "adopt", centre.calendar(), "--dry-run")
    assert result.exit_code == 0
    assert "v1: would be adopted, instead of office-1" in result.stdout
    assert "worked from now on (1): 2027-03-13 Sat" not in result.stdout  # many days differ from the holidays by law
    assert "hours of Mon: 07:30-11:30 13:30-17:30 → 08:00-12:00 13:00-17:00" in result.stdout
    assert "cut-off: none → 15:00" in result.stdout
    assert centre.events() == 0


def test_what_is_in_force_already_changes_nothing_and_says_so(centre: Centre) -> None:
    centre.json("calendar", "adopt", centre.calendar())
    centre.works()
    document = centre.json("calendar", "adopt", centre.calendar())
    assert (document["state"], document["waiting_partitions"]) == ("in force already", [])
    assert "v1: in force already" in centre.run("calendar", "adopt", centre.calendar()).stdout
    assert centre.events() == 8


def test_the_same_version_with_other_content_is_refused(centre: Centre) -> None:
    centre.json("calendar", "adopt", centre.calendar())
    centre.works()
    other = centre.calendar(off="2027-03-11")
    assert "give it a new version" in failure(centre.run("calendar", "adopt", other))
    assert centre.events() == 8
    document = centre.json("calendar", "adopt", centre.calendar("v2", off="2027-03-11"))
    assert document["changes"] == {"free": ["2027-03-11"], "worked": ["2027-03-12"], "hours": [], "cut_off": None}


def test_what_came_into_force_is_listed_with_since_when(centre: Centre) -> None:
    for version in ("v1", "v2"):
        centre.json("calendar", "adopt", centre.calendar(version))
        centre.works()
    found = centre.json("calendar", "list")["adopted"]
    assert [each["version"] for each in found] == ["v1", "v2"]
    assert [sorted(each["since"]) for each in found] == [[str(part) for part in range(8)]] * 2
    assert "8 of 8" in centre.run("calendar", "list").stdout
    assert centre.json("procedures", "versions")["adopted"] == []


def test_a_year_is_shown_with_the_decision_behind_each_day(centre: Centre) -> None:
    days = {
        each["day"]: each for each in centre.json("calendar", "show", "--year", "2026", "--version", "shipped")["days"]
    }
    assert "12729/VPCP-KGVX" in days["2026-01-02"]["by"]
    assert days["2026-01-10"] == {**days["2026-01-02"], "day": "2026-01-10", "weekday": "Sat", "free": False}
    assert "Bộ luật Lao động" in days["2026-02-17"]["by"]
    assert centre.json("calendar", "show")["version"] == "office-1"
    centre.json("calendar", "adopt", centre.calendar())
    centre.works()
    assert [each["day"] for each in centre.json("calendar", "show", "--year", "2027")["days"]] == [
        "2027-03-12", "2027-03-13",
    ]  # fmt: skip
    assert "was not adopted" in failure(centre.run("calendar", "show", "--version", "v9"))
    assert shipped_calendar().version in centre.run("calendar", "show", "--version", "shipped", "--year", "2026").stdout


def test_a_term_is_reckoned_over_nights_holidays_and_swapped_days(centre: Centre) -> None:
    shipped = ("--version", "shipped")
    # Received on Thursday before the lunar New Year of 2026: 16 to 20 February are free.
    due = centre.json("calendar", "due", "--from", "2026-02-12T16:30", "--days", "2", *shipped)
    assert (due["due"], due["term_seconds"]) == ("2026-02-23T16:30:00+07:00", 2 * 8 * 3600)
    # 31 August 2026 is free, Saturday the 22nd is worked.
    assert centre.json("calendar", "due", "--from", "2026-08-21T08:00", "--hours", "12", *shipped)["due"] == (
        "2026-08-22T14:00:00+07:00"
    )
    measured = centre.json("calendar", "measure", "--from", "2026-08-28T07:30", "--to", "2026-09-03T07:30", *shipped)
    assert (measured["seconds"], measured["days"]) == (8 * 3600, 1.0)


def test_after_the_cut_off_a_term_counts_from_the_next_working_day_as_known_then_or_now(centre: Centre) -> None:
    def due(*known: str) -> str:
        found = centre.json("calendar", "due", "--from", "2027-03-10T15:30", "--days", "1", *known)
        return f"{found['calendar']} {found['due'][:16]}"

    assert due() == "office-1 2027-03-11T15:30"
    centre.json("calendar", "adopt", centre.calendar())
    centre.works()
    assert due() == "v1 2027-03-11T17:00"
    assert due("--known-at", "2020-01-01T00:00") == "office-1 2027-03-11T15:30"


def test_a_term_is_days_or_hours_and_a_calendar_ends_somewhere(centre: Centre) -> None:
    for given in ([], ["--days", "1", "--hours", "1"]):
        result = centre.run("calendar", "due", "--from", "2027-03-10T15:30", *given)
        assert result.exit_code == 2
    assert centre.run("calendar", "measure", "--from", "2027-03-10", "--to", "2027-03-11").exit_code == 2


def test_a_register_is_checked_and_every_bad_cell_is_told(centre: Centre) -> None:
    good = centre.json("procedures", "check", centre.register(a_row(), a_row("1.2", level="huyện")))
    assert good["by_level"] == {
        "district": {"full": 1, "partial": 0, "none": 0},
        "commune": {"full": 1, "partial": 0, "none": 0},
    }
    result = centre.run("procedures", "check", centre.register(a_row(), a_row(), a_row("1.3", fee="5,5")))
    assert "2 problems" in failure(result)
    assert "list.csv: row 3 / dòng 3, Mã TTHC: the code stands in row 2 already / mã đã có ở dòng 2" in result.stderr
    assert "row 4 / dòng 4, Lệ phí" in result.stderr


def test_a_register_is_adopted_listed_and_shown(centre: Centre) -> None:
    assert "no register was adopted yet" in failure(centre.run("procedures", "list"))
    path = centre.register(a_row("1.1"), a_row("1.2", level="huyện"))
    assert centre.json("procedures", "adopt", path, "--version", "r1")["changes"]["added"] == ["1.1", "1.2"]
    centre.works()
    path = centre.register(a_row("1.1", fee="8.000 đồng"), a_row("1.3"))
    changes = centre.json("procedures", "adopt", path, "--version", "r2")["changes"]
    assert changes == {"added": ["1.3"], "removed": ["1.2"], "changed": {"1.1": ["fee"]}}
    assert [each["code"] for each in centre.json("procedures", "list")["procedures"]] == ["1.1", "1.2"]
    centre.works()
    assert [each["code"] for each in centre.json("procedures", "list")["procedures"]] == ["1.1", "1.3"]
    assert [each["version"] for each in centre.json("procedures", "versions")["adopted"]] == ["r1", "r2"]
    shown = centre.json("procedures", "show", "1.1")
    assert (shown["fee"], shown["level"], shown["term"], shown["register"]) == (8000, "commune", 3.0, "r2")
    assert "register r2 has no procedure 1.33: 1.3?" in failure(centre.run("procedures", "show", "1.33"))
    assert centre.json("procedures", "list", "--level", "district")["procedures"] == []


def test_the_shipped_register_is_adopted_where_no_file_is_named(centre: Centre) -> None:
    result = centre.run("procedures", "adopt")
    assert result.exit_code == 0, result.output
    assert "procedures added (517)" in result.stdout
    assert "… and 497 more" in result.stdout
    assert "once in each of 8 partitions" in result.stderr
    centre.works()
    found = centre.json("procedures", "list", "--online", "partial", "--level", "commune")
    assert len(found["procedures"]) == 10
    assert "2.000815" in centre.run("procedures", "list", "--field", "G15-CT01").stdout


def test_commands_that_need_a_centre_say_so_where_none_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IOC_DATABASE_URL", raising=False)
    away = Centre("", tmp_path)
    for arguments in (["calendar", "list"], ["calendar", "adopt"], ["procedures", "show", "1.1"]):
        assert "nothing runs in" in failure(away.run(*arguments))
