"""Mappings: those that are shipped can be used; a wrong one is told what is wrong, and where."""

from importlib.resources import files
from pathlib import Path

import pytest

from ingest.spreadsheet.mapping_file import read_mapping
from ingest.spreadsheet.problems import MappingError
from tests.building.sheets import SMALL, shipped

SHIPPED = sorted(
    Path(each.name).stem for each in files("ingest.spreadsheet.mappings").iterdir() if each.name.endswith(".toml")
)


def test_there_are_mappings_for_every_stream() -> None:
    events = {read_mapping(name, shipped(name)).event for name in SHIPPED}
    assert events >= {"application", "document", "certificate", "meeting", "evaluation"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("event = ", "event ="), "m.toml, the file: no TOML"),
        (('event = "application"', 'event = "telegram"'), "line 2, event: has to be one of application"),
        (("application = [", "aplication = ["), "line 5, columns.aplication: 'aplication' is no field"),
        (('procedure = ["Mã TTHC"]', ""), "columns: lacks procedure"),
        (('["Mã TTHC"]', '["MA HO SO"]'), "the head 'MA HO SO' is that of application too"),
        (('["Mã TTHC"]', "7"), "has to be a head or a list of heads"),
        (('"dd/MM/yyyy HH:mm"', '"dd/mm/yyyy"'), "line 3, dates: 'dd/mm/yyyy'"),
        (('"Đang xử lý" = 4', '"Đang xử lý" = 11'), "has to be one of 1, 2, 3"),
        (('"Đang xử lý" = 4', '"Đang xử lý" = 4\n"DANG XU LY" = 5'), "without case and accents it is the same"),
        (('due_at = "17:00"', 'due_at = "chiều"'), "line 14, hours.due_at: has to be a time of day"),
        (("[hours]", "[colours]"), "colours: no such key"),
        (("[hours]", "[constants]\nstatus = 4\n[hours]"), "line 14, constants.status: has a column already"),
        (
            ('event = "application"', 'event = "application"\nencoding = "klingon"'),
            "line 3, encoding: has to be one of",
        ),
        (
            ('event = "application"', 'event = "application"\nmerged = ["channel"]'),
            "lacks channel, which is used below",
        ),
        (('event = "application"', 'event = "application"\nhead_row = 0'), "line 3, head_row"),
        (('event = "application"', 'event = "application"\ndelimiter = "-"'), "line 3, delimiter"),
    ],
)
def test_a_mapping_that_is_wrong_is_told_what_and_where(change: tuple[str, str], said: str) -> None:
    text = SMALL.replace(*change, 1) if said != "m.toml, the file: no TOML" else SMALL.replace("event = ", "event ", 1)
    with pytest.raises(MappingError) as told:
        read_mapping("m.toml", text)
    assert said in str(told.value)


def test_all_problems_of_a_mapping_are_told_at_once() -> None:
    text = SMALL.replace("application = [", "aplication = [").replace("= 4", "= 40")
    with pytest.raises(MappingError) as told:
        read_mapping("m.toml", text)
    assert len(told.value.problems) == 3, "an unknown field, a field that is missing, a code that there is not"
