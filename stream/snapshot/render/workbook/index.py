"""The service-quality index of Decision 766/QĐ-TTg: the places side by side, then each with its groups and parts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, takewhile
from typing import Final, NamedTuple

from stream.report.book import Sheet, Style, cell, for_print
from stream.snapshot.content.document import IndexFacts, Number, ScoreFacts
from stream.snapshot.render.marks import place_name
from stream.snapshot.render.wording import CERTAINTIES, NO_DATA, day
from stream.snapshot.render.workbook.writing import (
    AGREES,
    CELL,
    CHECK,
    HEAD,
    MIDDLE,
    NOTE,
    NUMBER,
    SHADE,
    Writing,
    equal_or_not,
)

SHEET: Final = "Chỉ số 766"
_WIDTHS: Final = (6.0, 44.0, 9.0, 9.0, 9.0, 9.0, 9.5, 9.5, 24.0, 15.0)
_HEADS: Final = (
    "STT",
    "Nhóm, tiêu chí",
    "Điểm tối đa",
    "Điểm xét được",
    "Tỷ lệ đạt",
    "Điểm tự tính",
    "Điểm công bố",
    "Chênh lệch",
    "Nguồn công bố",
    "Độ tin cậy của căn cứ",
)
_MOST, _KNOWN, _RATIO, _OWN, _OFFICIAL, _DIFFERENCE, _SOURCE, _CERTAINTY = range(2, 10)
_POINTS: Final = NUMBER.but(number="#,##0.00")
_SHARE: Final = NUMBER.but(number="0.0%")
_NEAR: Final = 1e-9
_SCALE: Final = 68
"""Percent: as wide as a page; with "fit to page" Excel would not heed where the pages are to break."""
_APART: Final = NUMBER.but(number="+#,##0.00;-#,##0.00;0.00")
_ROMAN: Final = dict(enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), 1))


_SUMMED: Final[Mapping[int, Callable[[ScoreFacts], Number | None]]] = {
    _MOST: lambda score: score.most,
    _KNOWN: lambda score: score.known,
    _OWN: lambda score: score.points,
}
"""The columns in which the whole is the sum of its groups, and a group that of its components."""


class Item(NamedTuple):
    """A score, the number before it, its row, and the scores of which it is the sum."""

    score: ScoreFacts
    number: str
    row: int
    of: Mapping[int, ScoreFacts]

    @property
    def parts(self) -> Sequence[int]:
        """The rows of which it is the sum."""
        return list(self.of)

    def is_sum(self, value: Callable[[ScoreFacts], Number | None]) -> bool:
        """Whether what is known of its parts adds up to it."""
        known = [each for each in map(value, self.of.values()) if each is not None]
        return bool(known) and abs(sum(known) - (value(self.score) or 0)) <= _NEAR


def write_index(writing: Writing) -> None:
    """The sheet; none where there is no index."""
    if not writing.snapshot.index:
        return
    sheet = writing.sheet(SHEET, "Chỉ số phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg), so với điểm công bố")
    sheet.widths(_WIDTHS)
    head = writing.top(sheet, "Bộ chỉ số phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg)", _CERTAINTY)
    first = head + len(writing.snapshot.index) + 3
    starts, row = [], first
    for index in writing.snapshot.index:
        starts.append(row)
        row = _block(writing, sheet, row, index)
    _summary(writing, sheet, head, [start + 2 for start in starts])
    for_print(sheet, (0, 1))
    sheet.inner.set_print_scale(_SCALE)
    sheet.inner.set_h_pagebreaks(starts)
    writing.agree(sheet)


def _summary(writing: Writing, sheet: Sheet, head: int, totals: Sequence[int]) -> None:
    """The places side by side, each taken from its own table beneath."""
    sheet.texts(head, 0, ("STT", "Địa bàn", *_HEADS[_MOST:_SOURCE], "Xếp loại"), HEAD)
    numbers = count(1)
    for row, (index, total) in enumerate(zip(writing.snapshot.index, totals, strict=True), head + 1):
        score = index.scores[0] if index.scores else None
        sheet.text(row, 0, "" if index.unit is None else str(next(numbers)), MIDDLE)
        sheet.text(row, 1, place_name(writing.snapshot, index.unit), CELL.but(bold=index.unit is None))
        if score is not None:
            of = {_MOST: score.most, _KNOWN: score.known, _RATIO: score.ratio, _OWN: score.points}
            of |= {_OFFICIAL: None if score.official is None else score.official.points, _DIFFERENCE: difference(score)}
            for column, value in of.items():
                style = {_RATIO: _SHARE, _DIFFERENCE: _APART}.get(column, _POINTS)
                if value is None:
                    sheet.number(row, column, None, style)
                else:
                    sheet.formula(row, column, f"={cell(total, column)}", value, style)
        sheet.text(row, _SOURCE, NO_DATA if index.band is None else index.band.vi, MIDDLE)


def _block(writing: Writing, sheet: Sheet, row: int, index: IndexFacts) -> int:
    """The table of one place; the row after it and an empty one."""
    name = place_name(writing.snapshot, index.unit)
    band = f" – {index.band.vi}" if index.band is not None else ""
    title = name if index.unit is None else f"{name} ({index.unit})"
    sheet.text(row, 0, f"{title}{band}", Style(bold=True, size=12, wrap=False))
    sheet.texts(row + 1, 0, _HEADS, HEAD)
    items = list(_items(index.scores, row + 2))
    for item in items:
        _item(sheet, item)
    if items:
        _check(writing, sheet, items, name)
    return row + len(items) + 4


def _items(scores: Sequence[ScoreFacts], first: int) -> Iterator[Item]:
    """The scores with those that each of them sums up: the whole its groups, a group its components."""
    at = dict(enumerate(scores, first))
    groups = {row: score for row, score in at.items() if score.rank == "group"}
    group = component = 0
    for row, score in at.items():
        if score.rank == "total":
            yield Item(score, "", row, groups)
        elif score.rank == "group":
            group, component = group + 1, 0
            yield Item(score, _ROMAN.get(group, str(group)), row, _components(at, row + 1))
        else:
            component += 1
            yield Item(score, str(component), row, {})


def _components(at: Mapping[int, ScoreFacts], first: int) -> Mapping[int, ScoreFacts]:
    """The components that follow one another from a row on."""
    return dict(takewhile(lambda each: each[1].rank == "component", ((row, at[row]) for row in at if row >= first)))


def _item(sheet: Sheet, item: Item) -> None:
    score, row, is_part = item.score, item.row, item.score.rank == "component"
    dress = _as_part if is_part else _as_sum
    sheet.text(row, 0, item.number, dress(MIDDLE))
    sheet.text(row, 1, score.title.vi, dress(CELL).but(indent=int(is_part)))
    for column, of in _SUMMED.items():
        formula = "=SUM({})".format(",".join(cell(part, column) for part in item.parts))
        value = of(score)
        if value is not None and item.is_sum(of):
            sheet.formula(row, column, formula, value, dress(_POINTS))
        else:
            sheet.number(row, column, value, dress(_POINTS))
    sheet.number(row, _RATIO, score.ratio, dress(_SHARE))
    official = score.official
    sheet.number(row, _OFFICIAL, None if official is None else official.points, dress(_POINTS))
    apart = difference(score)
    if apart is None:
        sheet.number(row, _DIFFERENCE, None, dress(_POINTS))
    else:
        sheet.formula(row, _DIFFERENCE, f"={cell(row, _OWN)}-{cell(row, _OFFICIAL)}", apart, dress(_APART))
    said = "" if official is None else f"{official.source} ({day(official.published_on)})"
    sheet.text(row, _SOURCE, said, dress(CELL).but(bold=False, size=9))
    sheet.text(row, _CERTAINTY, CERTAINTIES.get(score.certainty or "", ""), dress(CELL).but(bold=False, size=9))


def _check(writing: Writing, sheet: Sheet, items: Sequence[Item], name: str) -> None:
    """Beneath a table: the points of the whole as they were sealed, against what the formulas come to."""
    whole, row = items[0], items[-1].row + 1
    if whole.score.points is None:
        return
    sheet.text(row, 1, "Tổng điểm đã niêm phong; kiểm tra", NOTE.but(align="right"))
    sheet.number(row, _OWN, whole.score.points, _POINTS)
    formula = equal_or_not(f"ABS({cell(whole.row, _OWN)}-{cell(row, _OWN)})<0.000001")
    sheet.formula(row, _OFFICIAL, formula, AGREES, CHECK)
    writing.check(sheet, (row, _OFFICIAL), f"tổng điểm bằng tổng đã niêm phong: {name}", holds=True)


def difference(score: ScoreFacts) -> Number | None:
    """How much more the centre computes than was published; null where either is not known."""
    if score.points is None or score.official is None:
        return None
    return score.points - score.official.points


def _as_part(style: Style) -> Style:
    return style


def _as_sum(style: Style) -> Style:
    return style.but(bold=True, fill=SHADE)
