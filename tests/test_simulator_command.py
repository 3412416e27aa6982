"""`ioc simulate` as it is called: against a real door, stopped by a signal, called wrongly."""

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.processes import running, wait_until
from tests.servers.recording_door import TOKEN, RecordingDoor, recording_door


@pytest.fixture
def token(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text(TOKEN + "\n")
    return file


def _command(home: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "ioc", "simulate", "--home", str(home), *options]


def _at(door: RecordingDoor, token: Path) -> tuple[str, ...]:
    return ("--door", door.address, "--token-file", str(token), "--backfill-days", "1")


def _ended(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(_command(home, *options), capture_output=True, text=True, timeout=60, check=False)


def test_it_catches_up_and_remembers_it_in_the_home(tmp_path: Path, token: Path) -> None:
    with recording_door() as door:
        first = _ended(tmp_path, *_at(door, token), "--until-caught-up")
        sent = len(door.records)
        second = _ended(tmp_path, *_at(door, token), "--until-caught-up")
    assert (first.returncode, first.stdout) == (0, "")
    assert second.returncode == 0, second.stderr
    assert sent > 20  # even on a holiday
    assert len(door.records) - sent < sent / 5  # nothing but what came in the meantime
    state = json.loads((tmp_path / "simulator" / "today-7.json").read_text())
    assert timedelta(0) <= datetime.now(UTC) - datetime.fromisoformat(state["sent_until"]) < timedelta(minutes=2)
    assert TOKEN not in first.stderr + json.dumps(state)


def test_a_signal_ends_it_in_order(tmp_path: Path, token: Path) -> None:
    with recording_door() as door:
        command = _command(tmp_path, *_at(door, token), "--speed", "500")
        with running(command, lambda: len(door.records) > 100, tmp_path / "log") as process:
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: process.poll() is not None, what="the end of the simulator")
        assert process.returncode == 0
    assert (tmp_path / "simulator" / "today-7.json").exists()
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_no_personal_field_is_logged(tmp_path: Path, token: Path) -> None:
    with recording_door() as door:
        said = _ended(tmp_path, *_at(door, token), "--until-caught-up")
    assert "simulator.caught_up" in said.stderr
    for record in door.records:
        assert record["ChuHoSo"] not in said.stderr
        assert record["SoDienThoai"] not in said.stderr


@pytest.mark.parametrize("option", ["--speed", "--rate"])
def test_the_district_of_2024_is_not_sped_up(tmp_path: Path, option: str) -> None:
    said = _ended(tmp_path, "--profile", "2024", option, "60")
    assert said.returncode == 2
    assert "no present" in said.stderr


@pytest.mark.parametrize("stream", ["documents", "conference"])
def test_the_district_of_2024_has_its_one_stop_shops_only(tmp_path: Path, stream: str) -> None:
    said = _ended(tmp_path, "--profile", "2024", "--stream", stream)
    assert said.returncode == 2
    assert f"the district of 2024 sends no {stream}" in said.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--stream", "documents", "--rate", "5"), "for --stream onestop"),
        (("--stream", "conference", "--source-id", "a"), "two sources"),
        (("--silent-from", "14:30"), "needs --silent-for"),
        (("--silent-from", "2 pm", "--silent-for", "5"), "not a time of day"),
    ],
)
def test_what_does_not_go_together_is_a_sentence(tmp_path: Path, options: tuple[str, ...], sentence: str) -> None:
    said = _ended(tmp_path, *options)
    assert said.returncode == 2
    assert sentence in " ".join(said.stderr.split())


def test_documents_and_conferences_catch_up_each_with_a_state_of_its_own(tmp_path: Path) -> None:
    for name in ("documents", "endpoints", "bigbluebutton"):
        file = tmp_path / "secrets" / f"simulator-{name}.token"
        file.parent.mkdir(exist_ok=True)
        file.write_text(TOKEN)
    with recording_door() as door:
        options = ("--door", door.address, "--backfill-days", "1", "--until-caught-up")
        said = [_ended(tmp_path, "--stream", stream, *options) for stream in ("documents", "conference")]
    assert [each.returncode for each in said] == [0, 0], said
    kept = {file.name for file in (tmp_path / "simulator").glob("*.json")}
    assert kept == {"documents-today-7.json", "endpoints-today-7.json", "bigbluebutton-today-7.json"}
    assert {event["source"] for event in door.events} == {"documents.moc-chau", "endpoints.moc-chau"}
    assert TOKEN not in "".join(each.stderr for each in said)


def test_without_a_token_it_says_what_to_do(tmp_path: Path) -> None:
    said = _ended(tmp_path)
    assert said.returncode == 1
    assert "ioc source add" in said.stderr
    assert "Traceback" not in said.stderr
