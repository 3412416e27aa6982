"""A cell of a register of procedures: given a meaning, or refused with a sentence; never guessed.

From a CSV every cell is text; a workbook has numbers, days and truth values of its own.
"""

import math
import re
from datetime import date, datetime
from typing import Final, TypeAlias

from ingest.rules.columns import plain, vocabulary
from ingest.rules.problems import ProblemError

Cell: TypeAlias = str | int | float | bool | date | None

_NUMBER: Final = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?", re.ASCII)
_TERM: Final = re.compile(r"(\d{1,4}(?:[.,]\d{1,4})?)\s*(\D*)", re.ASCII)
_WHOLE: Final = re.compile(r"\d{1,15}", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(?:([. ,\u00a0])\d{3})(?:\1\d{3})*", re.ASCII)
_CURRENCY: Final = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", re.ASCII)
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EARLIEST: Final = date(1990, 1, 1)
_LATEST: Final = date(2199, 12, 31)


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in it."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def code(cell: Cell) -> str:
    """A code: 1 to 255 printable characters, and text. A workbook's number has lost its last zeros."""
    if isinstance(cell, (int, float, date)):
        raise ProblemError(
            "the code is a number or a date in the workbook: format the column as text and type it again",
            "mã đang ở dạng số hoặc ngày: hãy định dạng cột là văn bản (Text) rồi nhập lại",
        )
    return label(cell, 255)


def label(cell: Cell, longest: int = 2000) -> str:
    """A text for people, without blanks around it."""
    text = str(cell).strip()
    if len(text) > longest:
        raise ProblemError(f"longer than {longest} characters", f"dài quá {longest} ký tự")
    if not text.isprintable():
        raise ProblemError("line breaks or unprintable characters", "có ký tự xuống dòng hoặc không in được")
    return text


def choice(cell: Cell, kind: str) -> str:
    """One of the codes of `columns.toml`."""
    number = isinstance(cell, bool) or (isinstance(cell, float) and cell.is_integer())
    text = str(int(cell)) if number and isinstance(cell, (bool, float)) else str(cell)
    found = vocabulary().codes[kind].get(plain(text))
    if found is None:
        known = vocabulary().choices[kind]
        raise ProblemError(f"{_shown(text)} is none of {known}", f"{_shown(text)} không thuộc: {known}")
    return found


def yes_no(cell: Cell) -> bool:
    """Yes or no, có or không, x, 1 or 0."""
    return choice(cell, "yes_no") == "yes"


def term(cell: Cell) -> tuple[float, str | None]:
    """The number and, where the cell names it, the unit: "0,5 ngày" is (0.5, "day"), "8" is (8, None)."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _in_range(float(cell)), None
    found = _TERM.fullmatch(str(cell).strip())
    unit = vocabulary().codes["term_unit"].get(plain(found[2])) if found and found[2].strip() else None
    if found is None or (found[2].strip() and unit is None):
        raise ProblemError(
            f'{_shown(cell)} is no term: write "10", "0.5 ngày" or "8 giờ"',
            f'{_shown(cell)} không phải thời hạn: hãy ghi "10", "0,5 ngày" hoặc "8 giờ"',
        )
    return _in_range(float(found[1].replace(",", "."))), unit


def dong(cell: Cell) -> int:
    """Whole đồng. In a text a dot, comma or blank groups thousands as Vietnamese writes them: đồng has no decimals."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if cell < 0 or cell > 10**15 or cell != int(cell):
            raise _no_amount(cell)
        return int(cell)
    text = _CURRENCY.sub("", str(cell).strip())
    if _WHOLE.fullmatch(text):
        return int(text)
    if not _GROUPED.fullmatch(text) or len(text) > 19:
        raise _no_amount(cell)
    return int(re.sub(r"\D", "", text))


def day(cell: Cell) -> date:
    """A day: 2026-03-02, 02/03/2026 (day first), or a date of the workbook."""
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        found = _day_of(str(cell).strip())
    if not _EARLIEST <= found <= _LATEST:
        raise ProblemError(f"{found} is outside 1990 to 2199", f"{found} ngoài khoảng từ năm 1990 đến năm 2199")
    return found


def _day_of(text: str) -> date:
    parts = _DAY_FIRST.fullmatch(text)
    try:
        if parts:
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise ProblemError(f"{text} does not exist", f"ngày {text} không có thật") from None
    raise ProblemError(
        f"{_shown(text)} is no day: write 2026-03-02 or 02/03/2026",
        f"{_shown(text)} không phải ngày: hãy ghi 02/03/2026",
    )


def _in_range(found: float) -> float:
    if not (math.isfinite(found) and 0 <= found <= 1000):
        raise ProblemError(f"{found:g} is outside 0 to 1000", f"{found:g} ngoài khoảng 0 đến 1000")
    return found


def _no_amount(cell: Cell) -> ProblemError:
    return ProblemError(
        f"{_shown(cell)} is no whole amount in đồng: write 50000 or 50.000",
        f"{_shown(cell)} không phải số tiền nguyên: hãy ghi 50000 hoặc 50.000",
    )


def _shown(cell: Cell) -> str:
    text = str(cell)
    return f"{text[:40]!r}…" if len(text) > 40 else repr(text)
