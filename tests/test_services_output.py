"""What services print can be read on a terminal and is kept as it came."""

from io import StringIO
from pathlib import Path

import pytest

from ioc.services import output
from ioc.services.output import open_logs, readable


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('{"timestamp": "x", "level": "info", "event": "door.serving", "port": 8070}', "door.serving port=8070"),
        ('{"level": "warning", "event": "worker.again", "error": "gone"}', "WARNING worker.again error=gone"),
        ("LOG:  database system is ready", "LOG:  database system is ready"),
        ("{broken", "{broken"),
        ('{"no": "event"}', '{"no": "event"}'),
        ("{}", "{}"),
    ],
)
def test_a_json_line_is_shown_as_words(line: str, shown: str) -> None:
    assert readable(line) == shown


def test_a_terminal_gets_words_and_colour_and_the_file_gets_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Terminal()
    with open_logs(tmp_path, ["door"], screen) as logs:
        logs["door"].line(b'{"event": "door.serving"}\n')
    assert screen.getvalue() == "\x1b[36mdoor | \x1b[0mdoor.serving\n"
    assert (tmp_path / "door.log").read_text() == '{"event": "door.serving"}\n'


def test_no_color_means_no_colour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Terminal()
    with open_logs(tmp_path, ["door"], screen) as logs:
        logs["door"].line(b"plain\n")
    assert screen.getvalue() == "door | plain\n"


def test_a_file_that_grows_too_large_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "_LARGEST", 100)
    with open_logs(tmp_path, ["door"], StringIO()) as logs:
        for number in range(6):
            logs["door"].line(b"x" * 29 + str(number).encode())
    assert (tmp_path / "door.log.1").stat().st_size == 124
    assert (tmp_path / "door.log").read_text().endswith("x5\n")
