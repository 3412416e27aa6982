"""How the sources stood when the snapshot was taken, and what lay in quarantine."""

from typing import Final

from stream.report.book import Sheet, Style, cell, for_print
from stream.snapshot.content.document import SourceFacts
from stream.snapshot.render.marks import place_name
from stream.snapshot.render.wording import NO_DATA, SOURCE_STATES, moment
from stream.snapshot.render.workbook.writing import CELL, HEAD, MIDDLE, NUMBER, RED, Writing

_WIDTHS: Final = (6.0, 40.0, 18.0, 44.0, 16.0, 30.0, 14.0)
_SECOND: Final = Style(bold=True, size=12, wrap=False)


def write_standing(writing: Writing) -> None:
    """The sheet of sources and quarantine."""
    sheet = writing.sheet("Nguồn và cách ly", "Tình trạng các nguồn số liệu; bản ghi trong khu cách ly")
    sheet.widths(_WIDTHS)
    head = writing.top(sheet, "Nguồn số liệu và khu cách ly", len(_WIDTHS) - 1)
    row = _sources(writing, sheet, head)
    _quarantine(writing, sheet, row + 1)
    for_print(sheet, (0, 1))


def _sources(writing: Writing, sheet: Sheet, row: int) -> int:
    """The sources, those that are missing in red; the row after them."""
    witness = writing.snapshot.witness
    sheet.text(row, 0, f"Nguồn số liệu, lúc {moment(witness.taken_at)}", _SECOND)
    sheet.texts(row + 1, 0, ("STT", "Nguồn", "Loại", "Đơn vị", "Tình trạng", "Tín hiệu gần nhất", "Ghi chú"), HEAD)
    row += 2
    for n, source in enumerate(witness.sources, 1):
        is_missing = source.source in witness.missing
        look = CELL.but(bold=is_missing, colour=RED if is_missing else "")
        sheet.text(row, 0, str(n), MIDDLE)
        known = NO_DATA if source.last_known_at is None else moment(source.last_known_at)
        state = SOURCE_STATES.get(source.state, source.state)
        texts = (source.source, source.kind, _units(writing, source), state, known, "THIẾU" if is_missing else "")
        sheet.texts(row, 1, texts, look)
        row += 1
    unlisted = [name for name in witness.missing if name not in {source.source for source in witness.sources}]
    for name in unlisted:
        sheet.texts(row, 0, ("", name, "", "", "", "", "THIẾU"), CELL.but(bold=True, colour=RED))
        row += 1
    return row


def _units(writing: Writing, source: SourceFacts) -> str:
    if set(source.units) == {unit.code for unit in writing.snapshot.units}:
        return "Tất cả các đơn vị"
    return ", ".join(place_name(writing.snapshot, code) for code in source.units)


def _quarantine(writing: Writing, sheet: Sheet, row: int) -> None:
    """Records by reason with their sums."""
    sheet.text(row, 0, "Bản ghi trong khu cách ly đến thời điểm chốt", _SECOND)
    for column, box in {0: (0, 0), 1: (1, 3), 4: (4, 4), 5: (5, 5)}.items():
        name = {0: "STT", 1: "Lý do", 4: "Số bản ghi", 5: "Chưa gửi lại"}[column]
        sheet.over((row + 1, box[0], row + 1, box[1]), name, HEAD)
    first = row + 2
    found = writing.snapshot.quarantine
    for at, each in enumerate(found, first):
        sheet.text(at, 0, str(at - first + 1), MIDDLE)
        sheet.over((at, 1, at, 3), each.reason, CELL)
        sheet.number(at, 4, each.records, NUMBER)
        sheet.number(at, 5, each.waiting, NUMBER)
    last = first + len(found)
    sheet.text(last, 0, "", MIDDLE)
    sheet.over((last, 1, last, 3), "Tổng số", CELL.but(bold=True))
    sums = (sum(each.records for each in found), sum(each.waiting for each in found))
    for column, value in enumerate(sums, 4):
        style = NUMBER.but(bold=True)
        if found:
            sheet.formula(last, column, f"=SUM({cell(first, column)}:{cell(last - 1, column)})", value, style)
        else:
            sheet.number(last, column, value, style)
