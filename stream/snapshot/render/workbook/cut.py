"""How far the log was known, and by which rules the figures were made: what a recomputation begins with."""

from typing import Final

from stream.report.book import for_print
from stream.snapshot.render.wording import moment
from stream.snapshot.render.workbook.writing import CELL, HEAD, NOTE, NUMBER, Writing

_WIDTHS: Final = (30.0, 26.0, 50.0)
_POSITION: Final = NUMBER.but(number="0")


def write_cut(writing: Writing) -> None:
    """The positions of the log by partition, the rules and the moments."""
    snapshot, rules = writing.snapshot, writing.snapshot.rules
    sheet = writing.sheet("Cắt", "Vị trí nhật ký và các quy tắc mà số liệu được tính theo")
    sheet.widths(_WIDTHS)
    head = writing.top(sheet, "Vị trí cắt nhật ký và quy tắc tính", len(_WIDTHS) - 1)
    facts = (
        ("Theo những gì đã biết lúc", moment(snapshot.known_at)),
        ("Phiên bản chương trình", rules.code),
        ("Phiên bản cách hiểu sự kiện", rules.meaning),
        ("Lịch làm việc", ", ".join(rules.calendars)),
        ("Danh mục thủ tục", ", ".join(rules.registers)),
        ("Định dạng", snapshot.format),
    )
    for row, (name, said) in enumerate(facts, head):
        sheet.text(row, 0, name, CELL.but(bold=True))
        sheet.over((row, 1, row, 2), said, CELL)
    row = head + len(facts) + 1
    said = "Bản ghi đầu tiên của mỗi phân vùng nhật ký chưa được biết lúc chốt; mọi bản ghi trước đó đã được tính."
    sheet.over((row, 0, row, 2), said, NOTE)
    sheet.texts(row + 1, 0, ("Phân vùng", "Vị trí"), HEAD)
    for at, position in enumerate(snapshot.cut, row + 2):
        sheet.number(at, 0, position.part, _POSITION.but(align="center"))
        sheet.number(at, 1, position.next, _POSITION)
    for_print(sheet, (0, 1), portrait=True)
