"""From a cell to the value of a field: given a meaning, or refused with a reason; never guessed."""

import re
from datetime import timedelta
from functools import lru_cache
from typing import Final, TypeAlias

from ingest.refusal import Reason, RefusedError
from ingest.rules.columns import plain
from ingest.sources.codes import flag
from ingest.spreadsheet.cells import Broken, Cell, Serial, is_empty
from ingest.spreadsheet.dates import When, read_date, read_hour, serial
from ingest.spreadsheet.fields import Field, Meaning
from ingest.spreadsheet.mapping import Mapping

Value: TypeAlias = str | int | bool | When | timedelta | tuple[str, ...]

Written: TypeAlias = str | int | float | bool | Serial
"""What stands in a cell that holds something."""

_MARKED: Final = frozenset({"x", "v", "✓", "✔", "yes", "y"})
_NOT: Final = frozenset({"no", "n", "chưa", "-"})
_WHOLE: Final = re.compile(r"\d{1,9}", re.ASCII)
_DONG: Final = re.compile(r"\d{1,15}(?:[.,]0{1,2})?", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(?:[. ,\u00a0]\d{3}){1,4}", re.ASCII)
_CURRENCY: Final = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)

_NUMBER: Final = Reason(
    "a code that is a number or a date in the workbook: format the column as text and type it again",
    "mã đang ở dạng số hoặc ngày: hãy định dạng cột là văn bản (Text) rồi nhập lại",
)
_NO_DATE: Final = Reason(
    'a number, not a date: format the column as a date, or let the mapping allow "excel-serial"',
    'là số, không phải ngày: hãy định dạng cột là ngày, hoặc khai báo "excel-serial" trong tệp ánh xạ',
)
_NO_AMOUNT: Final = Reason("not a whole amount in đồng", "không phải số tiền nguyên (đồng)")
_NO_COUNT: Final = Reason("not a whole number", "không phải số nguyên")


def value(cell: Cell, name: str, field: Field, mapping: Mapping) -> Value | None:
    """What the cell says; None for one that holds nothing. Raises `RefusedError`."""
    if isinstance(cell, Broken):
        raise RefusedError(name, cell.reason)
    if isinstance(cell, str):
        cell = cell.strip()
        if "\ufffd" in cell:
            raise RefusedError(name, Broken.UNREADABLE.reason)
    if cell is None or is_empty(cell):
        return None
    if name in mapping.codes and field.meaning != "codes":
        return _listed(cell, name, mapping)
    if field.meaning == "choice":
        return chosen(_code(cell, name), name, field)
    return _read(cell, name, field.meaning, mapping)


def chosen(text: str, name: str, field: Field) -> str | int:
    """One of the choices of a field. Raises `RefusedError`."""
    for choice in field.choices:
        if text.casefold() == str(choice):
            return choice
    known = ", ".join(map(str, field.choices))
    told = f"none of {known}: write one of them, or give the mapping a list of codes ([codes.{name}])"
    told_vi = f"không thuộc {known}: hãy ghi một trong các mã này, hoặc khai báo [codes.{name}] trong tệp ánh xạ"
    raise RefusedError(name, Reason(told, told_vi))


def _read(cell: Written, name: str, meaning: Meaning, mapping: Mapping) -> Value:  # noqa: PLR0911 - one line a meaning
    match meaning:
        case "code" | "choice":
            return _code(cell, name)
        case "label":
            return cell if isinstance(cell, str) else _code(cell, name)
        case "moment" | "day":
            return _date(cell, name, mapping)
        case "hour":
            return read_hour(cell, name)
        case "yes-no":
            return _yes_no(cell, name)
        case "count":
            return _count(cell, name)
        case "dong":
            return _dong(cell, name)
        case "codes":
            return _codes(cell, name, mapping)


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    return plain(text)


def _listed(cell: Written, name: str, mapping: Mapping) -> str | int:
    """By the list of the mapping. What it does not have is refused, and not quoted."""
    text = cell if isinstance(cell, str) else _code(cell, name)
    found = mapping.codes[name].get(_plain(text))
    if found is None:
        told = f"not in the list of codes of the mapping ([codes.{name}])"
        raise RefusedError(name, Reason(told, f"không có trong bảng mã của tệp ánh xạ ([codes.{name}])"))
    return found


def _code(cell: Written, name: str) -> str:
    """A code as text. A number with a fraction has lost its last zeros, a long one its last digits."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool) and abs(cell) < 10**15:
        return str(cell)
    raise RefusedError(name, _NUMBER)


def _date(cell: Written, name: str, mapping: Mapping) -> When:
    if isinstance(cell, Serial):
        return serial(cell, name)
    if isinstance(cell, str):
        return read_date(cell, mapping.formats_of(name), name)
    if isinstance(cell, bool) or not mapping.allows_serials(name):
        # A number can still be a date of digits alone, where the mapping has such a format.
        if isinstance(cell, int) and not isinstance(cell, bool) and cell > 10**7:
            return read_date(str(cell), mapping.formats_of(name), name)
        raise RefusedError(name, _NO_DATE)
    return serial(Serial(float(cell)), name)


def _yes_no(cell: Written, name: str) -> bool:
    if isinstance(cell, str):
        text = cell.casefold()
        if text in _MARKED or text in _NOT:
            return text in _MARKED
    if isinstance(cell, str | int) and (found := flag(cell, name)) is not None:
        return found
    raise RefusedError(name, Reason("neither yes nor no", "không phải có hoặc không"))


def _count(cell: Written, name: str) -> int:
    text = str(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else ""
    if not _WHOLE.fullmatch(text):
        raise RefusedError(name, _NO_COUNT)
    return int(text)


def _dong(cell: Written, name: str) -> int:
    """Whole đồng, which has no decimals: in a text a dot, comma or blank before three digits groups thousands."""
    if isinstance(cell, str):
        text = _CURRENCY.sub("", cell)
        if _GROUPED.fullmatch(text):
            return int(re.sub(r"\D", "", text))
        if not _DONG.fullmatch(text):
            raise RefusedError(name, _NO_AMOUNT)
        return int(re.split("[.,]", text)[0])
    if isinstance(cell, int) and not isinstance(cell, bool) and 0 <= cell <= 10**15:
        return cell
    raise RefusedError(name, _NO_AMOUNT)


def _codes(cell: Written, name: str, mapping: Mapping) -> tuple[str, ...]:
    """Codes in one cell, parted as the mapping says; each once."""
    parts = [part.strip() for part in _code(cell, name).replace("\n", mapping.separator).split(mapping.separator)]
    found = [part for part in parts if part]
    if name in mapping.codes:
        found = [str(_listed(part, name, mapping)) for part in found]
    return tuple(dict.fromkeys(found))
