"""A layout says how a bridge writes its records; one that can't be used is refused with its place."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from ingest.files.given import Given, MappingFile
from ingest.files.portion import Portion
from ingest.sources.call_files import portions
from ingest.sources.call_layout import LayoutError, read_layout
from ingest.sources.call_records import translate
from tests.building.call_records import BRIDGE, LIST_HEAD, POLYCOM, polycom

LAYOUTS = files("ingest.sources.layouts")
GOOD = """
name = "x"
about = "x"
source = "x"
certainty = "C"
head = false
moments = ["yyyy-MM-dd HH:mm"]
[columns]
room = 1
scheduled_at = [2, 3]
"""


def given(name: str) -> Given:
    text = (LAYOUTS / f"{name}.toml").read_text(encoding="utf-8")
    return Given(BRIDGE, datetime(2026, 7, 22, tzinfo=UTC), MappingFile(f"{name}.toml", text))


def test_every_shipped_layout_can_be_used_and_says_where_it_is_from() -> None:
    names = [each.name for each in LAYOUTS.iterdir() if each.name.endswith(".toml")]
    assert len(names) >= 2
    for name in names:
        layout = read_layout(name, (LAYOUTS / name).read_text(encoding="utf-8"))
        assert layout.name == Path(name).stem
        assert layout.source


def test_a_moment_may_stand_in_two_columns() -> None:
    found = translate(b"giao-ban,2026-07-22,08:00", BRIDGE, read_layout("x", GOOD))
    assert found.refusals == []
    assert found.envelopes[0].time == datetime(2026, 7, 22, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "x"', "name = ", "line 2"),
        ("room = 1", "room = 0", "columns.room"),
        ("room = 1", 'rooms = "Phòng"', "rooms"),
        ("room = 1", 'room = "Phòng"', "headings need head = true"),
        ("scheduled_at = [2, 3]", "lasted = 2", "scheduled_at or started_at"),
        ("yyyy-MM-dd HH:mm", "yy", "moments"),
        ("head = false", 'time_zone = "Mars/Olympus"', "time_zone"),
        ("head = false", 'time_zone = "../../etc/passwd"', "time_zone"),
        ("head = false", 'encodings = ["klingon"]', "encodings"),
        ("head = false", 'encodings = ["zlib_codec"]', "encodings"),
        ("head = false", "delimiter = '\"'", "delimiter"),
        ("head = false", 'delimiter = ";;"', "delimiter"),
        ("head = false", 'durations = ["minutes", "seconds"]', "durations"),
        ("head = false", 'status = { 1 = "late" }', "status"),
        ("head = false", "rows = 5", "rows"),
    ],
)
def test_a_layout_that_cannot_be_used_is_refused_with_its_place(old: str, new: str, told: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new)
    if new.startswith("status"):
        text = GOOD + '[status]\n1 = "late"\n'
    with pytest.raises(LayoutError, match="layout.toml: .*" + told):
        read_layout("layout.toml", text)


def everything(path: Path, name: str, done: int = 0) -> list[Portion]:
    return list(portions(path, given(name), done))


def test_a_polycom_file_is_one_meeting_and_taking_it_up_again_finds_nothing_left(tmp_path: Path) -> None:
    path = tmp_path / "c15113.cdr"
    path.write_text(POLYCOM, encoding="utf-8")
    (portion,) = everything(path, "polycom_rmx")
    assert ([row for row, _ in portion.understood], portion.refused) == ([1], 0)
    (rest,) = everything(path, "polycom_rmx", portion.done)
    assert (rest.understood, rest.refusals) == ([], [])


def test_an_interrupted_file_goes_on_after_its_last_durable_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [f"phong-{n},,22/07/2026 08:00,,,,,," if n % 10 else f"phong-{n},,,,,,,," for n in range(5000)]
    path.write_text("\n".join([LIST_HEAD, *rows]), encoding="utf-8")
    all_at_once = everything(path, "conference_list")
    first, *_ = all_at_once
    assert (len(first.understood) + len(first.refusals), first.done, first.refusals[0].line) == (2000, 2001, 2)
    again = [first, *everything(path, "conference_list", first.done)]
    assert [entry for each in again for entry in each.understood] == [
        entry for each in all_at_once for entry in each.understood
    ]
    assert max(len(each.understood) + len(each.refusals) for each in all_at_once) == 2000
    assert sum(len(each.understood) for each in all_at_once) == 4500
    assert sum(each.refused for each in all_at_once) == 500


def test_a_file_of_which_nothing_can_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "empty.cdr"
    path.write_bytes(b"")
    (portion,) = everything(path, "polycom_rmx")
    assert (portion.understood, portion.refused, portion.refusals[0].line) == ([], 1, None)
    assert portion.refusals[0].refusal.index is None


def test_a_record_that_is_not_the_first_of_a_polycom_file_is_nobodys_business(tmp_path: Path) -> None:
    path = tmp_path / "two.cdr"
    path.write_bytes(polycom() + b"not a record at all;\n" + polycom(room="other"))
    (portion,) = everything(path, "polycom_rmx")
    assert len(portion.understood) == 1
