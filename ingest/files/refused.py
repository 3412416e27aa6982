"""The files of refusals beside a file: lines for programs, and of a table a sheet for who sent it.

Neither holds the record: what a record says of a person stays with its sender, who finds it by its row.
"""

import csv
import os
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from ingest.files.portion import Placed

_HEADS: Final = ("Dòng / Row", "Ô và cột / Cell and column", "Lỗi", "Error")
_WIDTHS: Final = (14, 34, 70, 70)
_MOST_ROWS: Final = 1_000_000  # of a sheet of Excel, less some


class Files(NamedTuple):
    """Where the refusals of a file go."""

    lines: Path
    sheet: Path


class _Line(msgspec.Struct):
    line: int | None
    index: int | None
    field: str
    reason: str
    reason_vi: str


def files(path: Path, digest: bytes, folder: Path | None) -> Files:
    """Beside the file, or into the folder, where files of one name from several folders may meet."""
    sheet = ".errors.xlsx" if path.suffix.lower() in {".xlsx", ".xlsm"} else ".errors.csv"
    if folder is None:
        return Files(path.with_name(f"{path.name}.refused.jsonl"), path.with_name(f"{path.name}{sheet}"))
    name = f"{path.name}.{digest.hex()[:8]}"
    return Files(folder / f"{name}.refused.jsonl", folder / f"{name}{sheet}")


def cut(lines: Path, size: int) -> None:
    """Drop refusals of an interrupted portion, which is taken again."""
    if lines.exists():
        if size == 0:
            lines.unlink()
        else:
            os.truncate(lines, min(size, lines.stat().st_size))


def write(lines: Path, name: str, placed: Sequence[Placed]) -> int:
    """Add refusals, durably; answers the bytes written."""
    if not placed:
        return 0
    told = b"".join(
        msgspec.json.encode({"file": name, "line": line, **msgspec.structs.asdict(refusal)}) + b"\n"
        for line, refusal in placed
    )
    lines.parent.mkdir(parents=True, exist_ok=True)
    with lines.open("ab") as file:
        file.write(told)
        file.flush()
        os.fsync(file.fileno())
    return len(told)


def write_sheet(told: Files) -> None:
    """The same refusals as rows of a table, in the family of the file that was sent."""
    if told.sheet.suffix == ".xlsx":
        _write_workbook(told)
    else:
        with told.sheet.open("w", encoding="utf-8-sig", newline="") as file:  # with the mark that Excel knows UTF-8 by
            csv.writer(file).writerows(chain([_HEADS], _rows(told.lines)))


def _rows(lines: Path) -> Iterator[tuple[int | None, str, str, str]]:
    decoder = msgspec.json.Decoder(_Line)
    with lines.open("rb") as file:
        for line in file:
            found = decoder.decode(line)
            yield found.line, found.field, found.reason_vi, found.reason


def _write_workbook(told: Files) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - a quarter second that only workbooks cost

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Lỗi - Errors")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(_HEADS)
    for number, row in enumerate(_rows(told.lines)):
        if number == _MOST_ROWS:
            break
        sheet.append(row)
    book.save(told.sheet)


def is_of_the_whole(lines: Path) -> bool:
    """Whether the first refusal is about all that there is, and not about a record."""
    with lines.open("rb") as file:
        return msgspec.json.decode(file.readline(), type=_Line).index is None


def sentences(lines: Path) -> str:
    """The refusals for a person, Vietnamese first, one a line; the first hundred."""
    return "".join(f"{field}: {vi}\n{field}: {en}\n" for _, field, vi, en in islice(_rows(lines), 100))
