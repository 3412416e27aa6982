"""The service as a process, the commands around it, and what the doctor says of both."""

import json
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import psycopg
import pytest
from click.testing import CliRunner

from ioc.commands.snapshot import snapshot as snapshot_command
from ioc.diagnosis.finding import Finding
from ioc.diagnosis.snapshots import look_at_snapshots
from ioc.settings import Settings
from ioc.snapshots.comparing import is_worked
from ioc.snapshots.configuring import SchedulesInForce
from ioc.snapshots.pulse import Pulse
from stream.snapshot.schedule.absences import Absences
from stream.snapshot.schedule.heartbeat import Sign, beat
from stream.snapshot.schedule.reading import shipped_schedules
from stream.snapshot.schedule.schedule import NO_SCHEDULES
from tests.building.applying import calendar, opener
from tests.building.moments import local
from tests.building.scheduling import SMALL
from tests.servers.processes import running, wait_until


class Home:
    """A home whose database is a small district."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.database = database
        self.settings = Settings(folder, database=database)

    def call(self, *arguments: str) -> tuple[int, str, str]:
        """`ioc snapshot …`: exit status, what it said, and what went wrong."""
        environment = {"IOC_DATABASE_URL": self.database}
        done = CliRunner().invoke(snapshot_command, [*arguments, "--home", str(self.folder)], env=environment)
        return done.exit_code, done.stdout, str(done.exception)

    def findings(self, now: datetime | None = None) -> dict[str, Finding]:
        return {each.topic: each for each in look_at_snapshots(self.settings, now)}

    def writes(self, text: str) -> None:
        (self.folder / "snapshots.toml").write_text(text)


@pytest.fixture
def home(district: str, tmp_path: Path) -> Home:
    return Home(tmp_path, district)


def test_by_hand_while_the_service_runs_a_snapshot_is_made_sealed_and_laid_into_the_folder(home: Home) -> None:
    home.writes(f"[schedule.daily]\n{SMALL}")
    command = ["env", f"IOC_DATABASE_URL={home.database}", sys.executable, "-m", "ioc", "--home", str(home.folder)]

    def is_there() -> bool:
        return home.findings()["scheduler"].state == "ok"

    with running([*command, "snapshot", "work"], is_there, home.folder / "log", signal.SIGTERM):
        status, said, error = home.call("run", "daily", "--period", "2026-02-02", "--by", "lan", "--format", "json")
        assert status == 0, error
        told = json.loads(said)
        assert (told["version"], told["number"], told["state"], told["late"]) == (1, 1, "sealed", ["by_hand"])
        assert told["partial"] is False
        packages = home.folder / "snapshots"
        wait_until(lambda: list(packages.glob("**/*daily-2026-02-02-v1.zip")) != [], what="the package in the folder")
    log = (home.folder / "log").read_text()
    assert "snapshot.first_key_made" in log
    assert "Traceback" not in log
    status, said, _ = home.call("list", "--late", "--format", "json")
    [slot] = json.loads(said)["slots"]
    assert (slot["period"], slot["origin"], slot["late"], slot["receivers"]) == (
        "2026-02-02",
        "by_hand",
        ["by_hand"],
        1,
    )
    assert "2026-02-02" in home.call("list")[1]


def test_a_dry_run_writes_three_files_and_nothing_into_the_book(home: Home) -> None:
    home.writes(f"[schedule.daily]\n{SMALL}")
    out = home.folder / "out"
    status, said, error = home.call("run", "daily", "--dry-run", "--out", str(out), "--format", "json")
    assert status == 0, error
    assert json.loads(said)["draft"] is True
    assert sorted(each.name for each in out.iterdir()) == ["snapshot.json", "snapshot.pdf", "snapshot.xlsx"]
    assert json.loads((out / "snapshot.json").read_text())["draft"] is True
    with opener(home.database)() as connection:
        assert connection.execute("select count(*) from snapshot.slot").fetchone() == (0,)


def test_without_a_scheduler_what_is_asked_for_by_hand_waits_and_says_for_whom(home: Home) -> None:
    status, _, error = home.call("run", "daily", "--period", "2026-02-02", "--wait", "0")
    assert status == 1
    assert error == (
        "daily 2026-02-02 version 1 is asked for, and not made yet: no scheduler runs: start `ioc snapshot work`"
    )
    status, _, error = home.call("run", "daily", "--period", "2999-02-02")
    assert (status, error.startswith("daily of 2999-02-02 is made on 2999-02-02 16:30: until then")) == (1, True)
    assert home.call("run", "daily", "--dry-run")[0] == 2
    status, _, error = home.call("run", "weekly")
    assert (status, error.startswith("no schedule is called 'weekly'; there are daily, ")) == (1, True)
    assert home.call("run", "statutory-month", "--period", "2026-Q1")[2].endswith("write one such as 2026-06")


def test_the_file_of_schedules_is_checked(home: Home) -> None:
    status, said, _ = home.call("check", "--format", "json")
    told = json.loads(said)
    assert status == 0
    assert [each["when"] for each in told["schedules"]][:2] == [
        "16:30 each working day",
        "08:00 on day 1 after the statutory month, or the next working day",
    ]
    assert told["receivers"] == [
        {"id": "folder", "title": "Thư mục của trung tâm", "channel": "folder", "problem": None}
    ]
    assert "Báo cáo tháng" in home.call("check")[1]
    other = home.folder / "other.toml"
    other.write_text('[receiver.p]\ntitle = { vi = "T", en = "P" }\nchannel = "https"\n')
    assert home.call("check", str(other))[0] == 1  # an address is missing
    other.write_text('[schedule.daily]\nat = "4 pm"\n')
    status, _, error = home.call("check", str(other))
    assert (status, "[schedule.daily]: at: '4 pm' is no time of day" in error) == (1, True)


def test_a_bad_file_leaves_the_schedules_of_before_in_force_and_at_the_start_none(tmp_path: Path) -> None:
    file = tmp_path / "snapshots.toml"
    file.write_text("[schedule.daily]\nat = 5\n")
    in_force = SchedulesInForce(tmp_path)
    assert in_force() is NO_SCHEDULES  # nothing goes to whom nobody named
    assert str(in_force.problem).startswith(f"{file}: [schedule.daily]: at: ")
    file.write_text('[schedule.daily]\nat = "05:00"\n')
    good = in_force()
    assert good["daily"].at == 5 * 3600
    file.write_text("[schedule\n")
    assert in_force() is good
    assert str(in_force.problem).startswith(f"{file}: is no TOML: ")
    file.unlink()
    assert in_force() is shipped_schedules()


def test_the_doctor_says_who_is_away_what_is_late_and_what_is_wrong_with_the_file(home: Home) -> None:
    now = local("2026-02-03 08:00")
    first = home.findings(now)
    assert {each.state for each in first.values()} == {"ok", "absent"}
    assert (first["scheduler"].state, first["scheduler"].todo) == ("absent", "ioc snapshot work")
    with opener(home.database)() as connection:
        beat(connection, Sign("one:1", now, ""), now - timedelta(minutes=9))
        connection.execute(
            "insert into snapshot.slot (kind, period, version, due_at, made_at, origin, next_at, error)"
            " values ('daily', '2026-02-02', 1, '2026-02-02 09:30Z', now(), 'schedule', now(), 'NoPdfError: no Pango')"
        )
    found = home.findings(now)
    assert (found["scheduler"].state, found["scheduler"].what) == ("broken", "last heard of 9 minutes ago")
    assert found["snapshots"].state == "broken"
    assert found["snapshots"].what == "1 late, the first: daily 2026-02-02 v1, waiting: NoPdfError: no Pango"
    home.writes("[schedule.daily]\noff = true\n")
    without = home.findings(now)
    assert without["snapshots"].state == "ok"
    assert without["snapshots of no schedule"].what == "1 waiting for a schedule that is named no more: daily"
    home.writes('[receiver.p]\ntitle = { vi = "T", en = "P" }\nchannel = "https"\n')
    assert home.findings(now)["schedules"].state == "broken"
    home.writes("[schedule.daily]\nat = 5\n")
    assert home.findings(now)["schedules"].todo == "correct the file: ioc snapshot check"


def test_slots_are_written_down_and_the_sign_of_life_goes_on_while_a_long_one_is_made(
    database: str, stream: psycopg.Connection
) -> None:
    """The pulse has a thread of its own: what the scheduler does is told, and slots are written down meanwhile."""
    now = [local("2026-02-02 16:00")]
    steady = [0.0]
    pulse = Pulse("one:1", opener(database), lambda: now[0], shipped_schedules, Absences(lambda: steady[0]))
    pulse.once(stream)
    pulse.does("statutory-month 2026-01 v1")
    now[0] += timedelta(minutes=31)
    steady[0] += 31 * 60
    pulse.once(stream)
    assert stream.execute("select period, late from snapshot.slot").fetchall() == [("2026-02-02", [])]
    assert stream.execute("select seen_at, doing from snapshot.scheduler").fetchall() == [
        (now[0], "statutory-month 2026-01 v1")
    ]


def test_a_pulse_that_lost_its_database_tells_afterwards_that_it_was_away(
    database: str, stream: psycopg.Connection
) -> None:
    began = datetime.now(UTC)
    now, tries, stop = [began], [0], Event()

    def steady() -> float:
        return (now[0] - began).total_seconds()

    absences = Absences(steady)

    def connect() -> psycopg.Connection:
        tries[0] += 1
        if tries[0] == 2:
            now[0] += timedelta(hours=2)
            stop.set()
            return opener(database)()
        raise psycopg.OperationalError("away")

    pulse = Pulse("one:1", connect, lambda: now[0], shipped_schedules, absences)
    pulse.once(stream)
    pulse.run(stop, 0.01)
    pulse.once(stream)
    assert list(absences.between(now[0] - timedelta(hours=1), now[0])) == ["scheduler_away"]


def test_what_was_sent_is_compared_in_working_hours() -> None:
    worked = [
        is_worked(calendar(), local(f"2026-02-{when}")) for when in ("02 07:30", "02 12:00", "02 17:29", "07 09:00")
    ]
    assert worked == [True, False, True, False]  # the first is a Monday, the last a Saturday
