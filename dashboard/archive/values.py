"""One figure of a snapshot by its path, and how it is written; a path is what a restatement calls a figure by."""

from typing import Final, Literal, NamedTuple, TypeAlias
from urllib.parse import quote

from stream.snapshot.content.document import FormFacts, FormRow, Number, Snapshot

Measure: TypeAlias = Literal["count", "percent", "points", "days", "minutes"]
AREA: Final = "area"
_FIRST_COLUMN: Final = 3
_UNKNOWN: Final = "unknown"


class Written(NamedTuple):
    """In which measure a figure is written, with how many decimals."""

    measure: Measure
    digits: int


_COUNTED: Final = Written("count", 0)
_POINTS: Final = Written("points", 2)


def value_at(snapshot: Snapshot, path: str) -> Number | None:
    """The figure; None where there is no data, or nothing of that name."""
    what, *rest = path.split("/")
    match what, rest:
        case "kpi", [kpi, place]:
            both = (*snapshot.figures, *snapshot.witness.figures)
            return next((each.value for each in both if each.kpi == kpi and _is_at(each.unit, place)), None)
        case "form", [place, level, field, column]:
            form = next((each for each in snapshot.forms if _is_at(each.unit, place)), None)
            cells = None if form is None else _cells(form, level, field)
            return None if cells is None else cells[int(column) - _FIRST_COLUMN]
        case "index", [place, item]:
            of_place = next((each for each in snapshot.index if _is_at(each.unit, place)), None)
            scores = () if of_place is None else of_place.scores
            return next((each.points for each in scores if each.item == item), None)
    return None


def written_at(snapshot: Snapshot, path: str) -> Written:
    """How the figure is written."""
    what, *rest = path.split("/")
    if what == "index":
        return _POINTS
    facts = next((each for each in snapshot.kpis if what == "kpi" and each.id == rest[0]), None)
    return _COUNTED if facts is None else Written(facts.unit, facts.digits)


def _is_at(unit: str | None, place: str) -> bool:
    return (unit or AREA) == place


def _cells(form: FormFacts, level: str, field: str) -> tuple[int, ...] | None:
    if level == "total":
        return form.total
    if field == "subtotal":
        return next((each.cells for each in form.levels if each.level == level), None)
    return next((each.cells for each in form.rows if each.level == level and _named(each) == field), None)


def _named(row: FormRow) -> str:
    return _UNKNOWN if row.field is None else quote(row.field, safe="")
