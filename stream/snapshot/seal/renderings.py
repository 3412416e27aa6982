"""Whether spreadsheet and PDF say what the JSON says, as far as that can be told on this machine.

Rendered again to the same bytes, it says the same. Where another version of the program or of its libraries renders
otherwise, the figures are read back from the sealed spreadsheet and compared: cell by cell where it is laid out alike;
else, and where another version of the program wrote other numbers, by how often each figure occurs in it. That is a
warning, since formats, formulas and words are not compared; what is hidden in it, or would do something, is an error.
Figures of such a PDF are not compared, which is told.
"""

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from typing import Any, Final, TypeAlias
from zipfile import ZipFile

from openpyxl import load_workbook

from stream.snapshot.content.digests import code_version
from stream.snapshot.content.document import Snapshot
from stream.snapshot.render.pdf.drawing import pdf_of
from stream.snapshot.render.workbook.document import workbook_of
from stream.snapshot.seal.figures import numbers_of
from stream.snapshot.seal.findings import Finding, found
from stream.snapshot.seal.manifest import PDF, XLSX
from stream.snapshot.seal.unseen import unseen_in

Cells: TypeAlias = Mapping[tuple[str, str], Any]
"""What stands in a workbook's cells, by sheet and place; of a formula its value."""
_DIGITS: Final = 12
"""A workbook keeps numbers to fifteen digits or so."""
_MOST: Final = 50


def check_renderings(snapshot: Snapshot, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """What is found of the sealed renderings that are there."""
    if XLSX in files:
        yield from check_workbook(snapshot, files[XLSX])
    if PDF in files:
        yield check_pdf(snapshot, files[PDF])


def check_workbook(snapshot: Snapshot, sealed: bytes) -> Iterator[Finding]:
    """What is found of the sealed workbook."""
    try:
        again = workbook_of(snapshot)
    except Exception as error:  # noqa: BLE001 - the JSON may be of a program that says what this one can't draw
        yield _not_here(XLSX, error)
        return
    if again == sealed:
        yield found("rendering.same", XLSX, name=XLSX)
        return
    try:
        given, hidden = _cells(sealed)
    except Exception as error:  # noqa: BLE001 - a broken workbook makes openpyxl raise anything
        yield found("rendering.unreadable", XLSX, name=XLSX, why=f"{type(error).__name__}: {error}")
        return
    expected, known = _cells(again)
    unseen = sorted(hidden - known)
    yield from (found("rendering.unseen", XLSX, name=XLSX, what=each) for each in unseen[:_MOST])
    is_alike = given.keys() == expected.keys()
    wrong = list(_by_cell(given, expected)) if is_alike else []
    if not is_alike or (wrong and snapshot.rules.code != code_version()):
        is_alike, wrong = False, list(_by_count(snapshot, given))
    yield from wrong[:_MOST]
    if not wrong and not unseen:
        code = "rendering.cells" if is_alike else "rendering.counted"
        figures = sum(_is_number(value) for value in given.values()) if is_alike else len(numbers_of(snapshot))
        yield found(code, XLSX, name=XLSX, figures=figures)


def check_pdf(snapshot: Snapshot, sealed: bytes) -> Finding:
    """What is found of the sealed PDF."""
    try:
        again = pdf_of(snapshot)
    except Exception as error:  # noqa: BLE001 - as above; or the machine has no Pango
        return _not_here(PDF, error)
    return found("rendering.same" if again == sealed else "rendering.other", PDF, name=PDF)


def _not_here(name: str, error: Exception) -> Finding:
    return found("rendering.not_here", name, name=name, why=f"{type(error).__name__}: {error}")


def _by_cell(given: Cells, expected: Cells) -> Iterator[Finding]:
    for (sheet, place), value in expected.items():
        is_now = given[sheet, place]
        if (_is_number(value) or _is_number(is_now)) and _rounded(is_now) != _rounded(value):
            path = f"{sheet}!{place}"
            told = {"path": path, "sealed": _shown(value), "is_now": _shown(is_now)}
            yield found("rendering.figure", f"{XLSX} {path}", name=XLSX, **told)


def _by_count(snapshot: Snapshot, given: Cells) -> Iterator[Finding]:
    """Each figure has to occur as often as the snapshot has it; zeros and nothing occur everywhere."""
    there = Counter(_rounded(value) for value in given.values() if _is_number(value))
    for path, value in numbers_of(snapshot).items():
        if not value:
            continue
        there[_rounded(value)] -= 1
        if there[_rounded(value)] < 0:
            yield found("rendering.lacks", f"{XLSX} {path}", name=XLSX, path=path, sealed=value)


def _cells(body: bytes) -> tuple[dict[tuple[str, str], Any], Set[str]]:
    """What stands in the cells, and what the workbook has beside them."""
    book = load_workbook(io.BytesIO(body), data_only=True)
    cells = {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    with ZipFile(io.BytesIO(body)) as archive:
        return cells, frozenset(unseen_in(archive, book))


def _shown(value: Any) -> Any:
    """A number as it is; words in quotation marks, so that a text of digits is told from their number."""
    return value if _is_number(value) else f"“{value}”"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rounded(value: Any) -> str:
    return f"{value:.{_DIGITS}g}" if _is_number(value) else repr(value)
