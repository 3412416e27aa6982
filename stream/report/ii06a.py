"""Form II.06a, pure: from sums of the ledger to rows, subtotals and total, and whether they add up.

"Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị trực tiếp giải quyết" (Circular 01/2020/TT-VPCP).
Rows are fields (lĩnh vực) by level of authority (cấp giải quyết). Domain handbook 3.5.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from stream.core.ledger import Measure
from stream.report.columns import COLUMNS, IMBALANCE, OWN, Sum, Weight, value, with_totals

FORM: Final = "II.06a/VPCP/KSTT"
BASIS: Final = "Thông tư số 01/2020/TT-VPCP"

PROVINCE, DISTRICT, COMMUNE, UNKNOWN = 1, 2, 3, 0
ORDER: Final = (PROVINCE, DISTRICT, COMMUNE, UNKNOWN)
LEVEL_CODES: Final[Mapping[int, str]] = {
    PROVINCE: "province",
    DISTRICT: "district",
    COMMUNE: "commune",
    UNKNOWN: "unknown",
}
LEVEL_NAMES: Final[Mapping[int, str]] = {
    PROVINCE: "Cấp tỉnh",
    DISTRICT: "Cấp huyện",
    COMMUNE: "Cấp xã",
    UNKNOWN: "Chưa rõ cấp giải quyết",
}
NO_FIELD: Final = "Chưa rõ lĩnh vực"

Cells: TypeAlias = Mapping[int, int]
"""A number for each column from 3 to 13."""


class Kind(NamedTuple):
    """What a row is about: a level of authority and a field, by its number in the table `field`."""

    level: int
    field: int


class Field(NamedTuple):
    """A field as sources write it; both None for what no record named a field of."""

    code: str | None
    name: str | None

    @property
    def title(self) -> str:
        """What to show for it."""
        return self.name or self.code or NO_FIELD


class Move(NamedTuple):
    """A case that moved over the border of the units of a form within its period, and what that does to a column.

    What came in counts as carried over (6). What left stands in the form of another unit: it is taken off the column
    in which it stood, 4 or 5 if it was received here in the period, else 6.
    """

    case: int
    kind: Kind
    column: int
    n: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form."""

    kind: Kind
    field: Field
    cells: Cells


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that can't be; `weights` find the cases that make it so."""

    kind: Kind
    what: str
    weights: Sequence[Weight]
    wrong: Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Form:
    """The rows in order, the subtotals of the levels that occur, and the total.

    `settled_undated` is how many of column 9 were settled without ever having had a due date.
    """

    lines: Sequence[Line]
    levels: Mapping[int, Cells]
    total: Cells
    settled_undated: int

    @property
    def unknown_level(self) -> int:
        """How many applications are of a procedure whose level of authority the register does not have."""
        return self.levels[UNKNOWN][3] if UNKNOWN in self.levels else 0

    def of_level(self, level: int) -> Sequence[Line]:
        """The rows of a level of authority."""
        return [line for line in self.lines if line.kind.level == level]


def make(sums: Mapping[Kind, Mapping[Sum, int]], moves: Iterable[Move], fields: Mapping[int, Field]) -> Form:
    """The form from the sums of its units; rows without any application are left out.

    Nothing is checked here: `faults` tells what does not add up.
    """
    moved: dict[Kind, Counter[int]] = {}
    for move in moves:
        moved.setdefault(move.kind, Counter())[move.column] += move.n
    lines = []
    for kind in sums.keys() | moved.keys():
        corrected = moved.get(kind, Counter[int]())
        own = {column: value(weights, sums.get(kind, {})) + corrected.get(column, 0) for column, weights in OWN.items()}
        if any(own.values()):
            lines.append(Line(kind, fields.get(kind.field, Field(None, None)), with_totals(own)))
    lines.sort(key=_place)
    levels = {level: _added(line.cells for line in lines if line.kind.level == level) for level in ORDER}
    undated = Weight(Measure.SETTLED_UNDATED, "within", 1)
    return Form(
        lines=lines,
        levels={level: cells for level, cells in levels.items() if any(cells.values())},
        total=_added(line.cells for line in lines),
        settled_undated=sum(value([undated], each) for each in sums.values()),
    )


def faults(form: Form) -> Iterator[Fault]:
    """Each cell that is less than nothing, and each row in which 3 is not 7 + 11."""
    for line in form.lines:
        where = f"{LEVEL_NAMES[line.kind.level]}, {line.field.title}"
        for column, weights in OWN.items():
            if line.cells[column] < 0:
                yield Fault(line.kind, f"{where}: column {column} is {line.cells[column]}", weights, _negative)
        received, settled, open_now = (line.cells[column] for column in (3, 7, 11))
        if received != settled + open_now:
            what = f"{where}: column 3 is {received}, but 7 + 11 is {settled} + {open_now}"
            yield Fault(line.kind, what, IMBALANCE, bool)


def _negative(n: int) -> bool:
    return n < 0


def _place(line: Line) -> tuple[int, bool, str, int]:
    return ORDER.index(line.kind.level), line.field.code is None, line.field.code or "", line.kind.field


def _added(rows: Iterable[Cells]) -> Cells:
    total = dict.fromkeys(COLUMNS, 0)
    for cells in rows:
        for column, n in cells.items():
            total[column] += n
    return total
