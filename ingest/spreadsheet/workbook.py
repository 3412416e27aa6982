"""What stands around the sheets of a workbook: where they are, the texts they share, which numbers are dates."""

import posixpath
import re
from array import array
from dataclasses import dataclass
from typing import Final, TypeVar
from zipfile import ZipFile

from ingest.refusal import Reason
from ingest.rules.columns import plain
from ingest.spreadsheet.archive import Reader, chunks, has
from ingest.spreadsheet.problems import TableError

R = TypeVar("R", bound=Reader)

LONGEST_TEXT: Final = 32_768  # characters; Excel's own limit is one less
_MOST_TEXT: Final = 96 << 20  # bytes of all shared texts
_MOST_TEXTS: Final = 4_000_000
_MOST_STYLES: Final = 100_000

_TOO_MANY: Final = Reason("too much text: send it in parts", "quá nhiều văn bản: hãy chia nhỏ tệp")
_NO_SHEET: Final = Reason("no sheet", "tệp không có trang tính nào")

# Built-in formats of numbers that are dates or times (ECMA-376 18.8.30).
_DATES: Final = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_DATES: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|general|e[+-]', re.IGNORECASE)
_DATE_SIGNS: Final = re.compile(r"[dmyhs]", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Texts:
    """The texts that cells share, kept as bytes: as text of Python's they would be three times as much."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")

    def add(self, text: str) -> None:
        """Keep a text. Raises `TableError` where it is too much."""
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))
        if len(self._bytes) > _MOST_TEXT or len(self._ends) > _MOST_TEXTS:
            raise TableError(_TOO_MANY)

    def get(self, index: int) -> str | None:
        """The text of this number, or None."""
        if not 0 <= index < len(self._ends):
            return None
        start = self._ends[index - 1] if index else 0
        return unescaped(self._bytes[start : self._ends[index]].decode())


@dataclass(frozen=True, slots=True)
class Workbook:
    """A sheet of a workbook and what is needed to read it; `dates` are the styles whose numbers are dates."""

    part: str
    texts: Texts
    dates: frozenset[int]
    days_ahead: int
    """Of an epoch of 1904: days to add."""


def read_workbook(archive: ZipFile, sheet: str | None) -> Workbook:
    """The sheet of this name (compared without case and accents), or the first. Raises `TableError`."""
    book = next((part for kind, part in _relations(archive, "") if kind == "officeDocument"), "xl/workbook.xml")
    read = _read(archive, book, _Book())
    if not read.sheets:
        raise TableError(_NO_SHEET)
    relations = _Relations()
    _read(archive, _relations_of(book), relations)
    targets = {id_: _target(book, target) for id_, _, target in relations.found}
    parts = {kind: _target(book, target) for _, kind, target in relations.found}
    texts, styles = _Texts(), _Styles()
    if has(archive, parts.get("sharedStrings", "")):
        _read(archive, parts["sharedStrings"], texts)
    if has(archive, parts.get("styles", "")):
        _read(archive, parts["styles"], styles)
    part = targets.get(_chosen(read.sheets, sheet), "")
    if not has(archive, part):
        raise TableError(_NO_SHEET)
    return Workbook(part, texts.found, styles.dates(), 1462 if read.from_1904 else 0)


def unescaped(text: str) -> str:
    """Excel writes signs that XML has no place for as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _chosen(sheets: list[tuple[str, str]], wanted: str | None) -> str:
    if wanted is None:
        return sheets[0][1]
    for name, relation in sheets:
        if plain(name) == plain(wanted):
            return relation
    told = f"no sheet {wanted!r} among its {len(sheets)}"
    raise TableError(Reason(told, f"không có trang tính {wanted!r} trong {len(sheets)} trang"))


def _relations(archive: ZipFile, part: str) -> list[tuple[str, str]]:
    name = _relations_of(part)
    if not has(archive, name):
        return []
    return [(kind, _target(part, target)) for _, kind, target in _read(archive, name, _Relations()).found]


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(part: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _read(archive: ZipFile, name: str, reader: R) -> R:
    for chunk in chunks(archive, name):
        reader.feed(chunk)
    reader.finish()
    return reader


class _Relations(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and len(self.found) < 10_000:
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found.append((attributes.get("Id", ""), kind, attributes.get("Target", "")))


class _Book(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet" and len(self.sheets) < 10_000:
            relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), relation))


class _Texts(Reader):
    """`sst`: each `si` is a text, or runs of it; `rPh` is how it is spoken and no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.found = Texts()
        self._heard: list[str] = []
        self._spoken = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        if name == "si":
            self._heard = []
        elif name == "rPh":
            self._spoken = True
        elif name == "t" and not self._spoken and len(self._heard) < 1000:
            self.listen(self._heard)

    def end(self, name: str) -> None:
        if name == "t":
            self.listen(None)
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self.found.add("".join(self._heard)[:LONGEST_TEXT])


class _Styles(Reader):
    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self._formats: list[str] = []
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells and len(self._formats) < _MOST_STYLES:
            self._formats.append(attributes.get("numFmtId", "0"))
        elif name == "numFmt" and len(self._codes) < _MOST_STYLES:
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def dates(self) -> frozenset[int]:
        """The numbers of styles that show dates."""
        return frozenset(place for place, number in enumerate(self._formats) if self._is_date(number))

    def _is_date(self, number: str) -> bool:
        code = self._codes.get(number)
        if code is not None:
            return _DATE_SIGNS.search(_NOT_DATES.sub("", code)) is not None
        return number.isascii() and number.isdigit() and len(number) < 4 and int(number) in _DATES
