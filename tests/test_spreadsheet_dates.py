"""Dates as people write them: the formats that a mapping allows, and nothing that could be read two ways."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.refusal import RefusedError
from ingest.spreadsheet.cells import Serial
from ingest.spreadsheet.dates import EXCEL_SERIAL, When, date_format, read_date, read_hour, serial

MOMENTS = st.datetimes(datetime(1990, 1, 2), datetime(2199, 12, 30)).map(lambda found: found.replace(microsecond=0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("12/07/2024 09:01", "dd/MM/yyyy HH:mm"),
        ("12-07-2024 09:01", "dd-MM-yyyy HH:mm"),
        ("2024-07-12 09:01:00", "yyyy-MM-dd HH:mm:ss"),
        ("12/7/24 9:01", "d/M/yy H:mm"),
        ("7/12/2024 9:01 AM", "M/d/yyyy h:mm tt"),
        ("12.07.2024  09:01", "dd.MM.yyyy HH:mm"),
        ("12/07/2024 09:01 SA", "dd/MM/yyyy hh:mm tt"),
        ("20240712 0901", "yyyyMMdd HHmm"),
        ("45485.37569444444", EXCEL_SERIAL),
        ("45485,37569444444", EXCEL_SERIAL),
    ],
)
def test_a_date_is_read_in_the_format_that_is_allowed(text: str, form: str) -> None:
    assert read_date(text, [form], "x") == When(datetime(2024, 7, 12, 9, 1), exact=True)  # noqa: DTZ001


def test_a_date_without_a_time_says_so() -> None:
    assert read_date("12/07/2024", ["dd/MM/yyyy"], "x") == When(datetime(2024, 7, 12), exact=False)  # noqa: DTZ001


def test_a_date_that_two_allowed_formats_read_differently_is_refused_by_their_names() -> None:
    forms = ["dd/MM/yyyy", "MM/dd/yyyy"]
    with pytest.raises(RefusedError, match="dd/MM/yyyy and MM/dd/yyyy read it differently"):
        read_date("12/07/2024", forms, "x")
    assert read_date("25/07/2024", forms, "x").local.month == 7, "one of them can't be meant"
    assert read_date("07/07/2024", forms, "x").local.day == 7, "both read the same"
    assert read_date("12/07/2024", ["dd/MM/yyyy", "d/M/yyyy"], "x").local.month == 7


@pytest.mark.parametrize("text", ["31/02/2024", "00/01/2024", "29/02/2023"])
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="no such date"):
        read_date(text, ["dd/MM/yyyy"], "x")


@pytest.mark.parametrize("text", ["12/7/2024", "12/07/24", "hôm qua", "", "12/07/2024 24:00", "٠١/٠١/2024"])
def test_a_text_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        read_date(text, ["dd/MM/yyyy", "dd/MM/yyyy HH:mm"], "x")


@pytest.mark.parametrize(
    "name", ["", "dd/MM", "yyyy-mm-dd", "dd/MM/yyyy hh:mm", "dd/MM/yyyy HH:mm tt", "dd/dd/yyyy", "dd/MMM/yyyy", "ngày"]
)
def test_a_format_that_is_none_is_told_so(name: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its sentence is
        date_format(name)


@given(MOMENTS)
def test_a_date_of_excel_is_read_to_the_second(moment: datetime) -> None:
    days = (moment - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001
    assert serial(Serial(days), "x").local == moment


@given(MOMENTS)
def test_what_is_written_in_a_format_is_read_back(moment: datetime) -> None:
    assert read_date(f"{moment:%d/%m/%Y %H:%M:%S}", ["dd/MM/yyyy HH:mm:ss"], "x").local == moment


@pytest.mark.parametrize(
    ("text", "minutes"), [("08:30", 510), ("8h30", 510), ("8 giờ 30", 510), ("8h", 480), ("17:00:00", 1020)]
)
def test_a_time_of_day_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert read_hour(text, "x") == timedelta(minutes=minutes)
    assert read_hour(Serial(minutes / 1440), "x") == timedelta(minutes=minutes)


@pytest.mark.parametrize("cell", ["25:00", "8:60", "sáng", "", Serial(1.5), 3])
def test_what_is_no_time_of_day_is_refused(cell: "str | Serial | int") -> None:
    with pytest.raises(RefusedError):
        read_hour(cell, "x")
