"""A calendar is read from the file that its office keeps: complete, or refused with every place that is wrong."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from ingest.contracts.rules import CalendarAdopted
from ingest.rules.calendar_file import parse_calendar, read_calendar, shipped_calendar
from ingest.rules.changes import is_worked
from ingest.rules.problems import RulesFileError

HOURS = '["07:30-11:30", "13:30-17:30"]'
WEEK = "[week]\n" + "".join(f"{day} = {HOURS}\n" for day in ("monday", "tuesday", "wednesday", "thursday", "friday"))


def a_calendar(version: str = '"v1"', top: str = "", below: str = "", week: str = WEEK) -> bytes:
    return f"version = {version}\n{top}\n{week}\n{below}\n".encode()


def refused(content: bytes) -> RulesFileError:
    with pytest.raises(RulesFileError) as caught:
        parse_calendar(content, "year.toml")
    return caught.value


def weekdays_off_and_weekend_days_worked(calendar: CalendarAdopted, year: int) -> tuple[str, str]:
    """The two kinds of day that make a year differ from its weeks, as `1/2 4/30`."""
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    days = [day for day in days if day.year == year]
    off = [day for day in days if day.weekday() < 5 and not is_worked(calendar, day)]
    worked = [day for day in days if day.weekday() >= 5 and is_worked(calendar, day)]
    return (" ".join(f"{day.month}/{day.day}" for day in off), " ".join(f"{day.month}/{day.day}" for day in worked))


# By the yearly notices: 4875/TB-LĐTBXH, 119/TB-LĐTBXH, 5034/TB-LĐTBXH, 5015 and 1570/TB-LĐTBXH, 6150/TB-BLĐTBXH, and
# 9441/TB-BNV with 12729/VPCP-KGVX.
NOTICES = {
    2021: ("1/1 2/10 2/11 2/12 2/15 2/16 4/21 4/30 5/3 9/2 9/3", ""),
    2022: ("1/3 1/31 2/1 2/2 2/3 2/4 4/11 5/2 5/3 9/1 9/2", ""),
    2023: ("1/2 1/20 1/23 1/24 1/25 1/26 5/1 5/2 5/3 9/1 9/4", ""),
    2024: ("1/1 2/8 2/9 2/12 2/13 2/14 4/18 4/29 4/30 5/1 9/2 9/3", "5/4"),
    2025: ("1/1 1/27 1/28 1/29 1/30 1/31 4/7 4/30 5/1 5/2 9/1 9/2", "4/26"),
    2026: ("1/1 1/2 2/16 2/17 2/18 2/19 2/20 4/27 4/30 5/1 8/31 9/1 9/2 11/24", "1/10 8/22"),
}


@pytest.mark.parametrize("year", NOTICES)
def test_the_shipped_calendar_agrees_with_the_notices_of_each_year(year: int) -> None:
    assert weekdays_off_and_weekend_days_worked(shipped_calendar(), year) == NOTICES[year]


def test_every_day_of_the_shipped_calendar_lies_under_the_name_of_its_law_or_decision() -> None:
    law, *decisions = shipped_calendar().decisions
    assert "Bộ luật Lao động" in law.name
    assert not law.days_on
    assert {day.year for day in law.days_off} == set(range(2015, 2051))
    assert all("VPCP-KGVX" in each.name or "/TB-" in each.name for each in decisions)
    assert all(len(each.days_off) == len(each.days_on) for each in decisions)


def test_swapped_days_stand_in_no_law() -> None:
    swapped = {day for each in shipped_calendar().decisions[1:] for day in each.days_off}
    assert not swapped & set(shipped_calendar().decisions[0].days_off)


def test_the_same_file_is_the_same_calendar_whatever_language_the_machine_speaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = shipped_calendar()
    monkeypatch.setenv("LANGUAGE", "vi")
    assert shipped_calendar() == before


def test_a_file_says_hours_cut_off_and_decisions(tmp_path: Path) -> None:
    path = tmp_path / "year.toml"
    decision = '[[decision]]\nname = "QĐ 1"\ndays_off = [2027-01-04]\ndays_on = [2027-01-09]\ncertainty = "A"\n'
    path.write_bytes(b"\xef\xbb\xbf" + a_calendar(top='cut_off = "15:00"', below=decision))
    calendar = read_calendar(path)
    assert calendar.version == "v1"
    assert calendar.week[0] == ((27000, 41400), (48600, 63000))
    assert calendar.week[5:] == ((), ())
    assert calendar.cut_off == 15 * 3600
    (found,) = calendar.decisions
    assert (found.name, found.days_off, found.days_on) == ("QĐ 1", (date(2027, 1, 4),), (date(2027, 1, 9),))


def test_without_a_cut_off_there_is_none() -> None:
    assert parse_calendar(a_calendar(), "year.toml").cut_off is None


REFUSED = [
    (a_calendar(version='"a b"'), "line 1, version", "can't be a version"),
    (a_calendar(version="7"), "line 1, version", "can't be a version"),
    (a_calendar(top="cutoff = 1"), "line 2, cutoff", "not a key here"),
    (a_calendar(top='cut_off = "25:00"'), "line 2, cut_off", "does not exist"),
    (a_calendar(top='cut_off = "15:61"'), "line 2, cut_off", "does not exist"),
    (a_calendar(top="cut_off = 15"), "line 2, cut_off", "not a time of day"),
    (a_calendar(week=""), "week", "missing"),
    (a_calendar(week="[week]\nmonday = []"), "line 3, week", "no day has working hours"),
    (a_calendar(week='[week]\nmonday = "07:30-11:30"'), "line 4, week.monday", "not a list"),
    (a_calendar(week='[week]\nmonday = ["11:30-07:30"]'), "line 4, week.monday", "ends before it begins"),
    (a_calendar(week='[week]\nmonday = ["7-8"]'), "line 4, week.monday", "not a time of day"),
    (a_calendar(week='[week]\nmonday = ["08:00-12:00", "11:00-13:00"]'), "line 4, week.monday", "does not follow"),
    (a_calendar(week='[week]\nmonday = ["08:00-12:00", "12:00-13:00"]'), "line 4, week.monday", "does not follow"),
    (a_calendar(week="[week]\nmonady = []"), "line 4, week.monady", "not a key here"),
    (a_calendar(below='[public_holidays]\ncountry = "XX"\nfrom = 2020\nto = 2021'), "country", "knows no country"),
    (a_calendar(below='[public_holidays]\ncountry = "VN"'), "public_holidays", "the years from and to"),
    (
        a_calendar(below='public_holidays = {country = "VN", from = 2030, to = 2020}'),
        "week.public_holidays",
        "not a key",
    ),
    (a_calendar(top='public_holidays = {country = "VN", from = 2030, to = 2020}'), "line 2, public_holidays", "years"),
    (a_calendar(below="[decision]\nname = 'x'"), "decision", "two brackets"),
    (a_calendar(below="[[decision]]\ndays_off = [2027-01-04]"), "line 10, decision[1].name", "name of the law"),
    (a_calendar(below="[[decision]]\nname = 'x'"), "line 10, decision[1]", "neither days_off nor days_on"),
    (
        a_calendar(below="[[decision]]\nname = 'x'\ndays_off = ['2027-01-04']"),
        "line 12, decision[1].days_off",
        "quotes",
    ),
    (a_calendar(below="[[decision]]\nname = 'x'\ndays_off = [2027-01-04, 2027-01-04]"), "days_off", "twice"),
    (a_calendar(below="[[decision]]\nname = 'x'\ndays_off = [0207-01-04]"), "days_off", "out of range"),
    (
        a_calendar(below="[[decision]]\nname = 'x'\ndays_off = [2027-01-09]\ndays_on = [2027-01-09]"),
        "line 10, decision[1]",
        "both off and on",
    ),
    (
        a_calendar(below="[[decision]]\nname = 'x'\ndays_on = [2027-01-08]"),
        "decision[1].days_on",
        "Friday, worked anyway",
    ),
    (b'version = "x"\n[week\n', "TOML", "line 2"),
    (b'version = "\xff"', "the file", "UTF-8"),
    (b"#" * 1_000_001, "the file", "over 1 MB"),
]


@pytest.mark.parametrize(("content", "place", "reason"), REFUSED)
def test_what_is_wrong_is_named_by_line_and_key_in_two_languages(content: bytes, place: str, reason: str) -> None:
    error = refused(content)
    found = next(each for each in error.problems if place in each.place and reason in each.en)
    assert found.vi
    assert "year.toml" in str(error)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    below = "[[decision]]\nname = ''\ndays_off = [1]\n[[decision]]\nname = 'x'\ndays_off = [true]"
    error = refused(a_calendar(version='""', top='cut_off = ""', below=below))
    assert [each.place.split(", ")[1] for each in error.problems] == [
        "version", "cut_off", "decision[1].name", "decision[1].days_off", "decision[1]", "decision[2].days_off",
        "decision[2]",
    ]  # fmt: skip
