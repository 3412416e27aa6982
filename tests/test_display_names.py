"""A display's name goes into a database, a log, a terminal and a page: it is one line that everybody can read."""

from datetime import UTC, datetime

import msgspec
import pytest

from dashboard.displays.facts import Showing, Standing
from ioc.display_view import print_table

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Sảnh tầng 1", "Phòng họp [A]", "[/b]", "x", "Điểm “Một cửa” — 2/3", "会议室"])
def test_a_name_is_what_people_write(name: str) -> None:
    assert msgspec.convert({"name": name}, Showing).name == name


@pytest.mark.parametrize(
    "name", ["a\0b", "a\nb", "a\n", "a\x1b[2Jb", "\x7f", "a\x9bb", "a\u202eb", "a\u2028b", " a", "a ", ""]
)
def test_a_name_holds_nothing_that_nobody_sees(name: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"name": name}, Showing)


@pytest.mark.parametrize("name", ["Sảnh [1]", "[bold]", "[/x]", "[link=//e.vn]x[/link]"])
def test_the_list_shows_a_name_as_it_was_written(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_table([standing(name)], NOW)
    shown = "".join(line.split("│")[2].strip() for line in capsys.readouterr().out.splitlines() if "│" in line)
    assert "".join(name.split()) in "".join(shown.split())  # a narrow terminal breaks it over lines


def standing(name: str) -> Standing:
    nothing = dict.fromkeys((field.name for field in msgspec.structs.fields(Standing)), None)
    told = {"id": 1, "state": "approved", "name": name, "user_agent": "x", "enrolled_at": NOW, "scenes": ("map",)}
    return msgspec.convert({**nothing, **told}, Standing)
