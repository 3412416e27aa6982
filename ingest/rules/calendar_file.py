"""A working calendar (lịch làm việc) as its office keeps it, a TOML file, to the event that brings it into force.

Weekly hours, public holidays and the days that a decision swaps each year (handbook 3.4, A); the afternoon cut-off
(C) is local and off where it is not given. `docs/rules.md` describes the file.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from ingest.contracts.rules import CalendarAdopted, Decision
from ingest.rules.canonical import canonical
from ingest.rules.hours import clock, span
from ingest.rules.problems import Problem, ProblemError, RulesFileError
from ingest.rules.public_holidays import public_holidays
from ingest.rules.toml_places import Path as TomlPath
from ingest.rules.toml_places import lines_of, place_of
from ingest.rules.versions import check_version

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIRST_YEAR, LAST_YEAR = 1990, 2199
_LARGEST: Final = 1_000_000
_KEYS: Final = ("version", "cut_off", "week", "public_holidays", "decision")
_HOLIDAY_KEYS: Final = ("country", "from", "to", "name")
_DECISION_KEYS: Final = ("name", "days_off", "days_on", "certainty", "source")
_LABOUR_CODE: Final = "Bộ luật Lao động 2019, Điều 111 và Điều 112"

Table = Mapping[str, object]


def read_calendar(path: Path) -> CalendarAdopted:
    """The calendar in a file. Raises `RulesFileError` with everything that is wrong, `OSError`."""
    with path.open("rb") as file:
        return parse_calendar(file.read(_LARGEST + 1), path.name)


def shipped_calendar() -> CalendarAdopted:
    """The calendar that comes with the program."""
    return parse_calendar((files("ingest.rules") / "shipped" / "calendar.toml").read_bytes(), "calendar.toml")


def parse_calendar(content: bytes, name: str) -> CalendarAdopted:
    """The calendar in the bytes of a file called `name`. Raises `RulesFileError`."""
    if len(content) > _LARGEST:
        raise RulesFileError(name, [Problem("the file", "over 1 MB: no calendar", "lớn hơn 1 MB")])
    try:
        text = content.decode("utf-8-sig")
        book = tomllib.loads(text)
    except UnicodeDecodeError:
        raise RulesFileError(name, [Problem("the file", "not UTF-8: save it as UTF-8", "hãy lưu dạng UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        raise RulesFileError(name, [Problem("TOML", f"{error}", f"sai cú pháp TOML: {error}")]) from None
    reading = _Reading(lines_of(text))
    calendar = reading.calendar(book)
    if calendar is None or reading.problems:
        raise RulesFileError(name, reading.problems)
    return calendar


class _Reading:
    """One file while it is read: what is wrong is gathered, so that all of it is told at once."""

    def __init__(self, lines: Mapping[TomlPath, int]) -> None:
        self._lines = lines
        self.problems: list[Problem] = []

    def calendar(self, book: Table) -> CalendarAdopted | None:
        self._known(book, _KEYS, ())
        version = self._version(book)
        week = self._week(book.get("week"))
        cut_off = self._clock(book["cut_off"], ("cut_off",)) if "cut_off" in book else None
        decisions = (*self._holidays(book.get("public_holidays")), *self._decisions(book.get("decision", []), week))
        if self.problems:
            return None
        return canonical(CalendarAdopted(version=version, week=week, decisions=decisions, cut_off=cut_off))

    def _version(self, book: Table) -> str:
        try:
            return check_version(book.get("version"))
        except ProblemError as error:
            self._add(error, ("version",))
            return ""

    def _week(self, given: object) -> tuple[tuple[tuple[int, int], ...], ...]:
        if not isinstance(given, dict) or not given:
            self._tell(
                ("week",), 'missing: give hours, as monday = ["07:30-11:30", "13:30-17:30"]', "thiếu giờ làm việc"
            )
            return ((),) * 7
        self._known(given, WEEKDAYS, ("week",))
        week = tuple(self._day(given.get(day, []), ("week", day)) for day in WEEKDAYS)
        if not any(week) and not self.problems:
            self._tell(("week",), "no day has working hours", "không có ngày làm việc nào")
        return week

    def _day(self, given: object, path: TomlPath) -> tuple[tuple[int, int], ...]:
        if not isinstance(given, list):
            self._tell(
                path, 'not a list of hours such as ["07:30-11:30"]', 'không phải danh sách giờ như ["07:30-11:30"]'
            )
            return ()
        spans: list[tuple[int, int]] = []
        for text in given:
            try:
                since, until = span(text)
                if spans and since <= spans[-1][1]:
                    raise ProblemError(f"{text!r} does not follow the hours before it", f"{text!r} trùng khoảng trước")
                spans.append((since, until))
            except ProblemError as error:
                self._add(error, path)
        return tuple(spans)

    def _clock(self, given: object, path: TomlPath) -> int | None:
        try:
            return clock(given)
        except ProblemError as error:
            self._add(error, path)
            return None

    def _holidays(self, given: object) -> Iterator[Decision]:
        if given is None:
            return
        path: TomlPath = ("public_holidays",)
        if not isinstance(given, dict):
            self._tell(path, 'not a table: {country = "VN", from = 2015, to = 2050}', "không phải bảng")
            return
        self._known(given, _HOLIDAY_KEYS, path)
        country, first, last = given.get("country"), given.get("from"), given.get("to")
        if not (isinstance(country, str) and isinstance(first, int) and isinstance(last, int)):
            self._tell(path, 'needs country = "VN" and the years from and to', "cần country, from và to")
        elif not FIRST_YEAR <= first <= last <= LAST_YEAR:
            self._tell(
                path, f"the years have to run from {FIRST_YEAR} to {LAST_YEAR} at most", "khoảng năm không hợp lệ"
            )
        else:
            try:
                days = tuple(public_holidays(country, first, last))
                yield Decision(name=self._name(given.get("name", _LABOUR_CODE), path), days_off=days)
            except ProblemError as error:
                self._add(error, (*path, "country"))

    def _decisions(self, given: object, week: tuple[object, ...]) -> Iterator[Decision]:
        if not isinstance(given, list):
            self._tell(("decision",), "write [[decision]] with two brackets", "hãy viết [[decision]]")
            return
        for place, entry in enumerate(given):
            path: TomlPath = ("decision", place)
            if not isinstance(entry, dict):
                self._tell(path, "not a table", "không phải bảng")
                continue
            self._known(entry, _DECISION_KEYS, path)
            name = self._name(entry.get("name"), path)
            off, on = self._days(entry, "days_off", path), self._days(entry, "days_on", path)
            if not off and not on:
                self._tell(
                    path, "neither days_off nor days_on: what does it decide?", "không có ngày nghỉ, ngày làm bù"
                )
            for day in sorted(set(off) & set(on)):
                self._tell(path, f"{day} is both off and on", f"ngày {day} vừa nghỉ vừa làm")
            for day in on:
                if week[day.weekday()] and not self.problems:
                    told = f"{day} is a {WEEKDAYS[day.weekday()].title()}, worked anyway: check the date"
                    self._tell((*path, "days_on"), told, f"ngày {day} vốn là ngày làm việc: hãy kiểm tra")
            yield Decision(name=name, days_off=off, days_on=on)

    def _name(self, given: object, path: TomlPath) -> str:
        if isinstance(given, str) and given.strip() and len(given) <= 2000:
            return given.strip()
        self._tell((*path, "name"), "needs the name of the law or decision", "cần tên luật hoặc văn bản quyết định")
        return ""

    def _days(self, entry: Table, key: str, path: TomlPath) -> tuple[date, ...]:
        given = entry.get(key, [])
        if not isinstance(given, list):
            self._tell((*path, key), "not a list of days such as [2026-01-02]", "không phải danh sách ngày")
            return ()
        days: list[date] = []
        for day in given:
            if isinstance(day, datetime) or not isinstance(day, date):
                self._tell(
                    (*path, key), f"{day} is not a day: write 2026-01-02, without quotes", f"{day} không phải ngày"
                )
            elif not FIRST_YEAR <= day.year <= LAST_YEAR:
                self._tell((*path, key), f"{day} is out of range", f"ngày {day} ngoài khoảng cho phép")
            elif day in days:
                self._tell((*path, key), f"{day} stands there twice", f"ngày {day} bị lặp")
            else:
                days.append(day)
        return tuple(sorted(days))

    def _known(self, given: Table, known: tuple[str, ...], path: TomlPath) -> None:
        for key in given:
            if key not in known:
                told = f"not a key here: it can be {', '.join(known)}"
                self._tell((*path, key), told, f"khóa không xác định, chỉ dùng: {', '.join(known)}")

    def _add(self, error: ProblemError, path: TomlPath) -> None:
        self.problems.append(error.at(place_of(path, self._lines)))

    def _tell(self, path: TomlPath, en: str, vi: str) -> None:
        self._add(ProblemError(en, vi), path)
