"""All figures of a section in every version, side by side."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dashboard.archive.values import AREA, Values
from stream.snapshot.content.document import Snapshot

FORM: Final = "form-ii06a"
INDEX: Final = "index-scores"
"""What is compared beside the sections of KPIs."""
_COLUMNS: Final = range(3, 14)


def compared(versions: Mapping[int, Snapshot], section: str, unit: str | None) -> list[dict[str, Any]]:
    """Rows of a section (`FORM`, `INDEX`, or the id of one of KPIs) for a unit or the area.

    Each has its path, its title (or for the form the name of its level, null for the total, and its column), how it is
    written, and the value of each version, the first one first.
    """
    newest = versions[max(versions)]
    values = [Values(versions[number]) for number in sorted(versions)]
    place = unit or AREA
    return [
        {
            **row,
            "written": values[-1].written(row["path"])._asdict(),
            "values": [of_version.value(row["path"]) for of_version in values],
        }
        for row in _rows(newest, section, unit, place)
    ]


def _rows(snapshot: Snapshot, section: str, unit: str | None, place: str) -> Iterator[dict[str, Any]]:
    if section == FORM:
        yield from _form_rows(snapshot, unit, place)
    elif section == INDEX:
        scores = next((each.scores for each in snapshot.index if each.unit == unit), ())
        for score in scores:
            yield {"path": f"index/{place}/{score.item}", "title": {"vi": score.title.vi, "en": score.title.en}}
    else:
        titles = {each.id: each.title for each in snapshot.kpis}
        for kpi in next((each.kpis for each in snapshot.sections if each.id == section), ()):
            yield {"path": f"kpi/{kpi}/{place}", "title": {"vi": titles[kpi].vi, "en": titles[kpi].en}}


def _form_rows(snapshot: Snapshot, unit: str | None, place: str) -> Iterator[dict[str, Any]]:
    form = next((each for each in snapshot.forms if each.unit == unit), None)
    if form is None:
        return
    for column in _COLUMNS:
        yield {"path": f"form/{place}/total/subtotal/{column}", "level": None, "column": column}
    for level in form.levels:
        for column in _COLUMNS:
            path = f"form/{place}/{level.level}/subtotal/{column}"
            yield {"path": path, "level": level.level_name, "column": column}
