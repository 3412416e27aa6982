"""The first sheet: what this is, of which period, its marks, what is missing, what was checked, how to verify it."""

from collections.abc import Iterator
from typing import Final

from stream.report.book import Sheet, Style, for_print
from stream.snapshot.render.marks import area_name
from stream.snapshot.render.wording import CALENDARS, day, moment, period_name, stretch
from stream.snapshot.render.workbook.writing import (
    AGREES,
    CELL,
    CHECK,
    HEAD,
    NOTE,
    RED,
    Writing,
    equal_or_not,
    said,
)

SHEET: Final = "Trang bìa"
_WIDTHS: Final = (30.0, 50.0, 16.0)
_LAST: Final = len(_WIDTHS) - 1
_CENTRE: Final = "TRUNG TÂM ĐIỀU HÀNH THÔNG MINH"
_BAND: Final = Style(align="center", bold=True, size=14, colour="#FFFFFF", fill=RED)
_BENEATH: Final = Style(align="center", bold=True, colour=RED, fill="#FBE5E5")
_CLEAN: Final = Style(align="center", bold=True, colour="#1E6B2E", fill="#E3F1E5")
_LINK: Final = CELL.but(link=True, colour="#1F5FA8")
_ONE_PAGE: Final = 75
"""Up to so many rows it is printed on one page."""
_PART: Final = Style(bold=True, size=12, wrap=False)


def write_cover(writing: Writing, sheet: Sheet) -> None:
    """The cover; all other sheets are written, so that it can say what stands where and what was checked."""
    sheet.widths(_WIDTHS)
    row = _title(writing, sheet)
    row = _marks(writing, sheet, row)
    row = _facts(writing, sheet, row)
    row = _missing(writing, sheet, row)
    row = _checks(writing, sheet, row)
    row = _contents(writing, sheet, row)
    row = _verifying(writing, sheet, row)
    for_print(sheet, (0, 0), portrait=True)
    sheet.inner.fit_to_pages(1, int(row < _ONE_PAGE))
    writing.agree(sheet)
    sheet.inner.set_tab_color(RED if writing.marks else "#1F5FA8")
    sheet.inner.activate()


def _title(writing: Writing, sheet: Sheet) -> int:
    snapshot = writing.snapshot
    centre = Style(align="center", bold=True)
    sheet.over((0, 0, 0, _LAST), f"{_CENTRE} – {area_name(snapshot).upper()}", centre)
    sheet.over((2, 0, 2, _LAST), snapshot.title.vi.upper(), centre.but(size=16))
    period = snapshot.period
    sheet.over((3, 0, 3, _LAST), period_name(period), centre.but(size=13))
    sheet.over((4, 0, 4, _LAST), f"({stretch(period.first, period.last)})", Style(align="center", italic=True))
    return 6


def _marks(writing: Writing, sheet: Sheet, row: int) -> int:
    """Each mark as a red band; one line of green where there is none."""
    if not writing.marks:
        sheet.over((row, 0, row, _LAST), "Bản chính thức, đủ nguồn số liệu, lập đúng giờ", _CLEAN)
        return row + 2
    for mark in writing.marks:
        sheet.over((row, 0, row, _LAST), mark.title, _BAND)
        sheet.tall(row, 1, 22)
        sheet.over((row + 1, 0, row + 1, _LAST), mark.text, _BENEATH)
        row += 2
    return row + 1


def _facts(writing: Writing, sheet: Sheet, row: int) -> int:
    for name, text in _told(writing):
        sheet.text(row, 0, name, CELL.but(bold=True))
        sheet.over((row, 1, row, _LAST), text, CELL)
        row += 1
    return row + 1


def _told(writing: Writing) -> Iterator[tuple[str, str]]:
    snapshot, generation, rules = writing.snapshot, writing.snapshot.generation, writing.snapshot.rules
    yield "Loại báo cáo", f"{snapshot.title.vi} ({snapshot.kind})"
    yield "Phiên bản", str(snapshot.version)
    yield "Kỳ số liệu", writing.when
    yield "Lịch kỳ", CALENDARS[snapshot.period.calendar]
    yield "Số liệu tính đến", moment(snapshot.as_of)
    yield "Theo những gì đã biết lúc", moment(snapshot.known_at)
    yield "Giờ hẹn", moment(snapshot.due_at)
    yield "Lập lúc", moment(snapshot.witness.taken_at)
    since = "" if generation.first is None else f" từ ngày {day(generation.first)}"
    until = "" if generation.last is None else f" đến ngày {day(generation.last)}"
    yield "Đơn vị hành chính", f"{len(snapshot.units)} đơn vị, theo địa giới có hiệu lực{since}{until}"
    yield "Quy tắc tính", f"chương trình {rules.code}; lịch làm việc {', '.join(rules.calendars)}"


def _missing(writing: Writing, sheet: Sheet, row: int) -> int:
    """The sources that are missing, one a line."""
    witness = writing.snapshot.witness
    if not witness.missing:
        return row
    sheet.text(row, 0, "Nguồn số liệu còn thiếu", _PART.but(colour=RED))
    last = {source.source: source.last_known_at for source in witness.sources}
    for at, name in enumerate(witness.missing, row + 1):
        known = last.get(name)
        sheet.text(at, 0, name, CELL.but(bold=True, colour=RED))
        text = "chưa từng gửi" if known is None else f"tín hiệu gần nhất: {moment(known)}"
        sheet.over((at, 1, at, _LAST), text, CELL)
    return row + len(witness.missing) + 2


def _checks(writing: Writing, sheet: Sheet, row: int) -> int:
    """What every sheet's own check says, computed again as the workbook is opened."""
    if not writing.checks:
        return row
    sheet.text(row, 0, "Kiểm tra công thức", _PART)
    first = row + 2
    last = first + len(writing.checks) - 1
    sheet.over((row + 1, 0, row + 1, 1), "Tất cả các phép kiểm tra dưới đây", CELL.but(bold=True))
    condition = f'COUNTIF(C{first + 1}:C{last + 1},"{AGREES}")={len(writing.checks)}'
    holds = all(check.holds for check in writing.checks)
    sheet.formula(row + 1, 2, equal_or_not(condition), said(holds=holds), CHECK)
    for at, check in enumerate(writing.checks, first):
        sheet.link(at, 0, check.sheet, _LINK.but(size=9))
        sheet.text(at, 1, check.what, CELL.but(size=9))
        sheet.formula(at, 2, f"={check.where}", said(holds=check.holds), CHECK)
    return last + 2


def _contents(writing: Writing, sheet: Sheet, row: int) -> int:
    """The other sheets, each with a link; the units that have no form of their own."""
    sheet.text(row, 0, "Các trang tính", _PART)
    sheet.text(row + 1, 0, "Trang", HEAD)
    sheet.over((row + 1, 1, row + 1, _LAST), "Nội dung", HEAD)
    row += 2
    for entry in writing.contents:
        sheet.link(row, 0, entry.sheet, _LINK)
        sheet.over((row, 1, row, _LAST), entry.what, CELL)
        row += 1
    none = [form for form in writing.snapshot.forms if form.unit is not None and not form.rows]
    for form in none:
        why = "chưa có dữ liệu nào" if form.heard is None else "không có hồ sơ nào trong kỳ"
        sheet.over((row, 0, row, _LAST), f"Không có biểu II.06a riêng: {form.title} ({why}).", NOTE)
        row += 1
    return row + 1


def _verifying(writing: Writing, sheet: Sheet, row: int) -> int:
    """In words for people who never did; the row on which it begins."""
    sheet.text(row, 0, "Cách kiểm chứng", _PART)
    for at, text in enumerate(_ways(writing), row + 1):
        sheet.over((at, 0, at, _LAST), text, Style())
    return row


def _ways(writing: Writing) -> Iterator[str]:
    yield "Tệp này (snapshot.xlsx), snapshot.pdf và snapshot.json là ba cách trình bày của cùng một báo cáo."
    if writing.snapshot.draft:
        yield "Bản nháp chưa được niêm phong: không có gói, không có chữ ký, không thể kiểm chứng."
        return
    package = f"{writing.name}.zip"
    yield (
        f"Ba tệp nằm trong gói {package}, cùng manifest.json (mã băm SHA-256 của từng tệp) và manifest.sig "
        "(chữ ký số Ed25519 của trung tâm)."
    )
    yield f"Kiểm chứng trên máy bất kỳ, chỉ cần khóa công khai của trung tâm:  ioc verify {package}"
    yield "Tại trung tâm, cùng lệnh ấy tính lại toàn bộ số liệu từ nhật ký và so sánh từng số."
