"""What a difference is called by: the paths of `stream.snapshot.content.document.Difference`, written and read."""

from typing import Final, Literal, NamedTuple, TypeAlias
from urllib.parse import quote

AREA: Final = "area"
TOTAL: Final = "total"
SUBTOTAL: Final = "subtotal"
UNKNOWN_FIELD: Final = "unknown"
"""A row of what no record named a field (lĩnh vực) of."""

Part: TypeAlias = Literal["kpi", "form", "index"]


class Path(NamedTuple):
    """A path taken apart: `name` is a KPI's or an item's id, and the column of a form."""

    part: Part
    name: str
    place: str | None


def kpi_path(kpi: str, unit: str | None) -> str:
    """A figure of a KPI."""
    return f"kpi/{kpi}/{unit or AREA}"


def index_path(unit: str | None, item: str) -> str:
    """Points of the index: of the whole, a group or a component."""
    return f"index/{unit or AREA}/{item}"


def row_path(unit: str | None, level: str, field: str | None, column: int) -> str:
    """A cell of a row of form II.06a."""
    return f"form/{unit or AREA}/{level}/{_segment(field)}/{column}"


def sum_path(unit: str | None, level: str, column: int) -> str:
    """A cell of the subtotal of a level, or of the total (level `total`)."""
    return f"form/{unit or AREA}/{level}/{SUBTOTAL}/{column}"


def parsed(path: str) -> Path:
    """What a path names. Raises `ValueError` where nothing is named so."""
    match path.split("/"):
        case ["kpi", name, place]:
            return Path("kpi", name, _place(place))
        case ["index", place, name]:
            return Path("index", name, _place(place))
        case ["form", place, _, _, name] if name.isdecimal():
            return Path("form", name, _place(place))
        case _:
            raise ValueError(f"{path!r} names no figure of a snapshot")


def _place(segment: str) -> str | None:
    return None if segment == AREA else segment


def _segment(field: str | None) -> str:
    """A field by its code: no slash in it, and never one of the words that mean something else."""
    if field is None:
        return UNKNOWN_FIELD
    written = quote(field, safe="")
    return f"%{ord(written[0]):02X}{written[1:]}" if written in {SUBTOTAL, UNKNOWN_FIELD} else written
