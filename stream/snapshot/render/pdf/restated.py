"""What a restatement changed: each figure before and after, and who changed it."""

from typing import Final

from stream.snapshot.content.document import Difference, KpiFacts, Number, Restates, Snapshot
from stream.snapshot.render.marks import place_name
from stream.snapshot.render.pdf.cases import Cases
from stream.snapshot.render.pdf.grid import WIDE, Grid, Head, Row
from stream.snapshot.render.pdf.numbers import NOTHING, digits_between, figure, said, signed, unit_to_add
from stream.snapshot.render.pdf.runs import run, width_of

MOST_SHOWN: Final = 600
"""Figures: twelve pages of them."""


def change_grid(restates: Restates, cases: Cases, snapshot: Snapshot) -> Grid:
    """The figures that changed, in the object's order, and beneath each the cases."""
    shown = restates.differences[:MOST_SHOWN]
    told = [_said(snapshot, each) for each in shown]
    width = width_of([cell for cells in told for cell in cells], 28, 4)
    rows = [
        Row("row", _titled(snapshot, each), run(cells, width), [(who, "")] if (who := cases.said_of(each)) else ())
        for each, cells in zip(shown, told, strict=True)
    ]
    if more := len(restates.differences) - len(shown):
        rows.append(Row("note", f"Và {said(more)} số liệu khác, có đủ trong snapshot.json."))
    return Grid(
        first="Số liệu; hồ sơ làm thay đổi, theo số thứ tự trong danh sách ở cuối",
        width=width,
        columns=3,
        heads=[[Head("Trước"), Head("Sau"), Head("Chênh lệch")]],
        rows=rows,
        names_at_most=WIDE,
    )


def change_said(snapshot: Snapshot, each: Difference) -> str:
    """A change in a line: Hồ sơ tiếp nhận trong tháng, Phường Mộc Châu: 126 → 128."""
    before, after, _ = _said(snapshot, each)
    return f"{_titled(snapshot, each)}: {before} → {after}"


def _said(snapshot: Snapshot, each: Difference) -> tuple[str, str, str]:
    """Before, after and the difference, with as many digits as tell them apart."""
    kpi, (before, after) = _kpi(snapshot, each), (each.before, each.after)
    if kpi is not None:
        scale = 100 if kpi.unit == "percent" else 1
        digits = digits_between(_times(before, scale), _times(after, scale), kpi.digits)
        change = NOTHING if before is None or after is None else signed((after - before) * scale, digits)
        return figure(kpi, before, digits), figure(kpi, after, digits), change
    digits = digits_between(before, after, 2 if each.path.startswith("index/") else 0)
    change = NOTHING if before is None or after is None else signed(after - before, digits)
    return said(before, digits), said(after, digits), change


def _times(value: Number | None, scale: int) -> Number | None:
    return None if value is None else value * scale


def _kpi(snapshot: Snapshot, each: Difference) -> KpiFacts | None:
    kind, _, rest = each.path.partition("/")
    name = rest.partition("/")[0]
    return next((kpi for kpi in snapshot.kpis if kpi.id == name), None) if kind == "kpi" else None


def _titled(snapshot: Snapshot, each: Difference) -> str:
    kpi = _kpi(snapshot, each)
    unit = "" if kpi is None else unit_to_add(kpi)
    return ", ".join(part for part in (each.title.vi, unit, place_name(snapshot, each.unit)) if part)
