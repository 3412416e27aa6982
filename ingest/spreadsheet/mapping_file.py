"""A mapping from its TOML: every problem is found at once, each with its line."""

import tomllib
from collections.abc import Mapping as Dict
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from ingest.refusal import RefusedError
from ingest.rules.columns import plain
from ingest.rules.toml_places import lines_of, place_of
from ingest.spreadsheet.dates import EXCEL_SERIAL, date_format, read_hour
from ingest.spreadsheet.encoding_names import ENCODINGS
from ingest.spreadsheet.fields import EVENTS, Field, fields_of
from ingest.spreadsheet.mapping import Mapping
from ingest.spreadsheet.problems import MappingError, Problem

_LARGEST: Final = 1 << 20
_MOST_PROBLEMS: Final = 100
_KEYS: Final = frozenset(
    {"event", "sheet", "head_row", "encoding", "delimiter", "separator", "merged", "row_needs", "dates", "dates_of",
     "columns", "constants", "codes", "hours", "status_from", "about"}
)  # fmt: skip


@lru_cache(maxsize=16)
def read_mapping(name: str, text: str) -> Mapping:
    """The mapping in `text`; `name` is for sentences. Raises `MappingError` with every problem and its line."""
    if len(text) > _LARGEST:
        raise MappingError(name, [Problem("the file", "over a million characters")])
    try:
        book = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        told = "nested too deep" if isinstance(error, RecursionError) else f"no TOML: {error}"
        raise MappingError(name, [Problem("the file", told)]) from None
    found = _Finding(book, text)
    mapping = found.mapping()
    if mapping is None or found.problems:
        raise MappingError(name, found.problems)
    return mapping


class _Finding:
    """Collects what a book says, and what is wrong with it."""

    def __init__(self, book: Dict[str, Any], text: str) -> None:
        self.problems: list[Problem] = []
        self._book = book
        self._lines = lines_of(text)
        self._fields: Dict[str, Field] = {}

    def mapping(self) -> Mapping | None:
        event = self._book.get("event")
        if not isinstance(event, str) or event not in EVENTS:
            self._wrong(("event",), f"has to be one of {', '.join(EVENTS)}")
            return None
        self._fields = fields_of(event)
        for key in self._book.keys() - _KEYS:
            self._wrong((key,), f"no such key; there are {', '.join(sorted(_KEYS))}")
        mapping = Mapping(
            event=event,
            columns=self._columns(),
            constants=self._constants(),
            codes=self._codes(),
            hours=self._hours(),
            dates=self._formats(("dates",), self._book.get("dates", [])),
            dates_of={name: self._formats(("dates_of", name), each) for name, each in self._table("dates_of").items()},
            status_from=self._status_from(),
            sheet=self._text_of("sheet"),
            head_row=self._head_row(),
            encoding=self._one_of("encoding", tuple(ENCODINGS)),
            delimiter=self._one_of("delimiter", (",", ";", "\t", "|")),
            separator=self._one_of("separator", (";", ",", "|", "/", "\n")) or ";",
            merged=frozenset(self._names("merged")),
            row_needs=tuple(self._names("row_needs")),
        )
        self._check_whole(mapping)
        return mapping

    def _check_whole(self, mapping: Mapping) -> None:
        if missing := [name for name in mapping.required if name not in mapping.columns]:
            self._wrong(("columns",), f"lacks {', '.join(missing)}")
        for name in mapping.constants.keys() & mapping.columns.keys():
            self._wrong(("constants", name), "has a column already")
        if mapping.status_from and "status" in {*mapping.columns, *mapping.constants}:
            self._wrong(("status_from",), "status is given already")
        for name in {*mapping.status_from, *mapping.merged, *mapping.row_needs} - mapping.columns.keys():
            self._wrong(("columns",), f"lacks {name}, which is used below")
        for name, each in self._fields.items():
            if each.meaning in {"moment", "day"} and name in mapping.constants:
                self._wrong(("constants", name), "no row has its date from a constant")

    def _columns(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        taken: dict[str, str] = {}
        for name, given in self._table("columns").items():
            heads = [given] if isinstance(given, str) else given
            if (
                not isinstance(heads, list)
                or not heads
                or not all(isinstance(head, str) and plain(head) for head in heads)
            ):
                self._wrong(("columns", name), 'has to be a head or a list of heads: ["Mã hồ sơ", "Số hồ sơ"]')
                continue
            for head in heads:
                if taken.setdefault(plain(head), name) != name:
                    self._wrong(("columns", name), f"the head {head!r} is that of {taken[plain(head)]} too")
            found[name] = tuple(heads)
        return found

    def _constants(self) -> dict[str, str]:
        found = {}
        for name, given in self._table("constants").items():
            if isinstance(given, bool):
                found[name] = "1" if given else "0"
            elif isinstance(given, str | int) and str(given).strip() and len(str(given)) < 256:
                found[name] = str(given).strip()
                self._check_choice(("constants", name), name, given)
            else:
                self._wrong(("constants", name), "has to be a text or a whole number")
        return found

    def _codes(self) -> dict[str, dict[str, str | int]]:
        found: dict[str, dict[str, str | int]] = {}
        for name, table in self._table("codes").items():
            if self._fields[name].meaning not in {"code", "choice", "codes"}:
                self._wrong(("codes", name), "is not a field of codes")
            if not isinstance(table, dict):
                self._wrong(("codes", name), 'has to be a table: "Đã trả kết quả" = 10')
                continue
            found[name] = {}
            for text, code in table.items():
                path = ("codes", name, text)
                if (
                    not isinstance(code, str | int)
                    or isinstance(code, bool)
                    or not plain(text)
                    or not str(code).strip()
                ):
                    self._wrong(path, "has to be a text = a code")
                elif found[name].setdefault(plain(text), code) != code:
                    self._wrong(path, "without case and accents it is the same as another text, with another code")
                else:
                    self._check_choice(path, name, code)
        return found

    def _hours(self) -> dict[str, timedelta]:
        found = {}
        for name, given in self._table("hours").items():
            if self._fields[name].meaning != "moment":
                self._wrong(("hours", name), "is not a moment")
                continue
            try:
                found[name] = read_hour(given if isinstance(given, str) else str(given), name)
            except RefusedError:
                self._wrong(("hours", name), 'has to be a time of day: "08:00"')
        return found

    def _status_from(self) -> dict[str, int]:
        found = {}
        table = self._table("status_from")
        for name, status in table.items():
            if not isinstance(status, int) or isinstance(status, bool) or not 1 <= status <= 10:
                self._wrong(("status_from", name), "has to be a status, 1 to 10")
            else:
                found[name] = status
        if found and "status" not in self._fields:
            self._wrong(("status_from",), "is for applications")
        return found

    def _formats(self, path: tuple[str, ...], given: object) -> tuple[str, ...]:
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            self._wrong(path, 'has to be a list of formats: ["dd/MM/yyyy"]')
            return ()
        for each in given:
            try:
                if each != EXCEL_SERIAL:
                    date_format(each)
            except ValueError as error:
                self._wrong(path, str(error))
        return tuple(dict.fromkeys(given))

    def _head_row(self) -> int | None:
        given = self._book.get("head_row")
        if given is not None and (not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= 1000):
            self._wrong(("head_row",), "has to be the number of a row")
            return None
        return given

    def _text_of(self, key: str) -> str | None:
        given = self._book.get(key)
        if given is not None and not (isinstance(given, str) and plain(given)):
            self._wrong((key,), "has to be a text")
            return None
        return given

    def _one_of(self, key: str, known: tuple[str, ...]) -> str | None:
        given = self._book.get(key)
        if given is not None and (not isinstance(given, str) or given.lower() not in known):
            self._wrong((key,), f"has to be one of {', '.join(map(repr, known))}")
            return None
        return given.lower() if isinstance(given, str) else None

    def _names(self, key: str) -> list[str]:
        given = self._book.get(key, [])
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            self._wrong((key,), "has to be a list of fields")
            return []
        for each in given:
            if each not in self._fields:
                self._unknown((key,), each)
        return given

    def _table(self, key: str) -> dict[str, Any]:
        """A table by fields, without the fields that there are not."""
        given = self._book.get(key, {})
        if not isinstance(given, dict):
            self._wrong((key,), "has to be a table")
            return {}
        for name in given.keys() - self._fields.keys():
            self._unknown((key, name), name)
        return {name: each for name, each in given.items() if name in self._fields}

    def _check_choice(self, path: tuple[str, ...], name: str, code: str | int) -> None:
        choices = self._fields[name].choices
        if choices and str(code) not in map(str, choices):
            self._wrong(path, f"has to be one of {', '.join(map(str, choices))}")

    def _unknown(self, path: tuple[str, ...], name: str) -> None:
        self._wrong(path, f"{name[:60]!r} is no field; there are {', '.join(self._fields)}")

    def _wrong(self, path: tuple[str, ...], told: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(place_of(path, self._lines), told))
