"""The figures of a snapshot by their paths, as a restatement calls them, and how they are written."""

from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias
from urllib.parse import quote

from stream.snapshot.content.document import FormRow, Number, Snapshot

Measure: TypeAlias = Literal["count", "percent", "points", "days", "minutes"]
AREA: Final = "area"
_FIRST_COLUMN: Final = 3
_UNKNOWN: Final = "unknown"
_SUBTOTAL: Final = "subtotal"
_TOTAL: Final = "total"


class Written(NamedTuple):
    """In which measure a figure is written, with how many decimals."""

    measure: Measure
    digits: int


_COUNTED: Final = Written("count", 0)
_POINTS: Final = Written("points", 2)


class Values:
    """The figures of one snapshot; they are laid out for looking up when one is asked for first."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def value(self, path: str) -> Number | None:
        """The figure; None where there is no data, or nothing of that name."""
        what, *rest = path.split("/")
        match what, rest:
            case "kpi", [kpi, place]:
                return self._kpis.get((kpi, place))
            case "form", [place, level, field, column]:
                cells = self._cells.get((place, level, _SUBTOTAL if level == _TOTAL else field))
                nothing = 0 if (place, _TOTAL, _SUBTOTAL) in self._cells else None  # rows of zeros are left out
                return nothing if cells is None else cells[int(column) - _FIRST_COLUMN]
            case "index", [place, item]:
                return self._scores.get((place, item))
        return None

    def written(self, path: str) -> Written:
        """How the figure is written."""
        what, *rest = path.split("/")
        if what == "index":
            return _POINTS
        return self._written.get(rest[0], _COUNTED) if what == "kpi" else _COUNTED

    @cached_property
    def _kpis(self) -> dict[tuple[str, str], Number | None]:
        both = (*self._snapshot.figures, *self._snapshot.witness.figures)
        return {(each.kpi, each.unit or AREA): each.value for each in both}

    @cached_property
    def _cells(self) -> dict[tuple[str, str, str], tuple[int, ...]]:
        found: dict[tuple[str, str, str], tuple[int, ...]] = {}
        for form in self._snapshot.forms:
            if form.heard is None:
                continue  # of what nothing is known, zero is not known either
            place = form.unit or AREA
            found[place, _TOTAL, _SUBTOTAL] = form.total
            found |= {(place, each.level, _SUBTOTAL): each.cells for each in form.levels}
            found |= {(place, each.level, _named(each)): each.cells for each in form.rows}
        return found

    @cached_property
    def _scores(self) -> dict[tuple[str, str], Number | None]:
        return {
            (of_place.unit or AREA, each.item): each.points
            for of_place in self._snapshot.index
            for each in of_place.scores
        }

    @cached_property
    def _written(self) -> dict[str, Written]:
        return {each.id: Written(each.unit, each.digits) for each in self._snapshot.kpis}


def _named(row: FormRow) -> str:
    return _UNKNOWN if row.field is None else quote(row.field, safe="")
