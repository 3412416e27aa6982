"""Form II.06a: of the area as the circular lays it out, of the units one beneath the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stream.report.wording import COLUMN_NAMES, GROUPS, IDENTITIES, TOTAL
from stream.snapshot.content.document import FormFacts, FormRow, Snapshot
from stream.snapshot.render.pdf.grid import Grid, Head, Kind, Row
from stream.snapshot.render.pdf.numbers import said
from stream.snapshot.render.pdf.runs import run, width_of
from stream.snapshot.render.wording import stretch

NO_FIELD = "Chưa rõ lĩnh vực"
_COLUMNS = range(3, 14)
_LETTERS = "ABCD"
_RULED = 3
"""After so many rows of a unit a rule leads the eye."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the circular has it: its number or letter, its name, the columns 3 to 13."""

    number: str
    name: str
    cells: tuple[str, ...]
    is_sum: bool


def area_form(snapshot: Snapshot) -> FormFacts | None:
    """The form of the whole area."""
    return next((form for form in snapshot.forms if form.unit is None), None)


def lines(form: FormFacts) -> Iterator[Line]:
    """Each level with its subtotal and its fields beneath it; the total at the end."""
    number = 0
    for letter, level in zip(_LETTERS, form.levels, strict=False):
        yield Line(letter, level.level_name, _cells(level.cells), is_sum=True)
        for row in form.rows:
            if row.level == level.level:
                number += 1
                yield Line(str(number), name_of(row), _cells(row.cells), is_sum=False)
    yield Line("", TOTAL, _cells(form.total), is_sum=True)


def name_of(row: FormRow) -> str:
    """The field as its source writes it, else its code."""
    return row.field_name or row.field or NO_FIELD


def notes(form: FormFacts) -> Iterator[str]:
    """What a reader has to know besides the numbers."""
    if form.heard is None:
        yield "Chưa có dữ liệu nào đến thời điểm này."
    if form.settled_undated:
        yield f"Cột (9) gồm {said(form.settled_undated)} hồ sơ đã giải quyết không có ngày hẹn trả."
    if form.unknown_level:
        yield f"{said(form.unknown_level)} hồ sơ thuộc thủ tục chưa có trong danh mục, chưa rõ cấp giải quyết."


def unit_forms(snapshot: Snapshot) -> Grid | None:
    """The forms of all units in one table, a band for each."""
    forms = [form for form in snapshot.forms if form.unit is not None]
    if not forms:
        return None
    width = width_of([cell for form in forms for cell in _cells(form.total)], 19)
    return Grid(
        first="Đơn vị, cấp giải quyết, lĩnh vực",
        width=width,
        columns=len(_COLUMNS),
        heads=[
            [Head(GROUPS[3], 4), Head(GROUPS[7], 4), Head(GROUPS[11], 3)],
            [Head(f"{COLUMN_NAMES[column]} ({column})") for column in _COLUMNS],
        ],
        rows=[row for form in forms for row in _unit(form, width)],
    )


def _unit(form: FormFacts, width: int) -> Iterator[Row]:
    yield Row("band", f"{form.title} ({form.unit}), {stretch(form.since, form.until)}")
    if form.heard is not None or form.rows:
        found = list(lines(form))
        for place, line in enumerate(found):
            is_ruled = place % _RULED == _RULED - 1 or place == len(found) - 1
            kind: Kind = "strong" if line.is_sum else "row"
            yield Row(kind, line.name, run(line.cells, width), is_ruled=is_ruled)
    for note in notes(form):
        yield Row("note", note)


def _cells(cells: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(said(n) for n in cells)


def identities() -> Sequence[str]:
    """The numbers of the columns, as sums where they are sums."""
    return [IDENTITIES.get(column, f"({column})") for column in range(1, 14)]
