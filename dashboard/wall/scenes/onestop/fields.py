"""The fields (lĩnh vực) with the most applications: what came, what is open and overdue, and how much was on time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from psycopg import Connection

from dashboard.wall.scene import When
from stream.kpi.catalogue import load_catalogue
from stream.kpi.evaluate import figure_of
from stream.kpi.figure import Figure
from stream.kpi.narrowing import Filters, narrowed_kpi
from stream.kpi.readings import asks_of
from stream.kpi.window import Windows
from stream.report.ii06a import Field, Line
from stream.store.asking import Question
from stream.store.reading import read_sums

ROWS: Final = 8
RATE: Final = "on_time_rate"
_ONLINE, _DIRECT, _OPEN, _OVERDUE = 4, 5, 11, 13


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field over all levels of authority, as form II.06a has it."""

    field: Field
    received: int
    open: int
    overdue: int


def most_active(lines: Iterable[Line], rows: int = ROWS) -> Sequence[FieldRow]:
    """The fields that received most in the period, the most first.

    The one with the most overdue is among them in any case: a list of the busiest would hide it.
    """
    sums: dict[int, Counter[int]] = {}
    fields: dict[int, Field] = {}
    for line in lines:
        fields[line.kind.field] = line.field
        sums.setdefault(line.kind.field, Counter()).update(dict(line.cells))
    found = [
        FieldRow(fields[number], cells[_ONLINE] + cells[_DIRECT], cells[_OPEN], cells[_OVERDUE])
        for number, cells in sums.items()
    ]
    found.sort(key=lambda row: (-row.received, -row.open, row.field.title))
    worst = worst_of(found)
    shown = found[:rows]
    return shown if worst is None or worst in shown else [*shown[:-1], worst]


def worst_of(rows: Sequence[FieldRow]) -> FieldRow | None:
    """The field with the most overdue; None where nothing is."""
    overdue = [row for row in rows if row.overdue > 0]
    return max(overdue, key=lambda row: (row.overdue, row.overdue / max(row.open, 1)), default=None)


def read_rates(connection: Connection[Any], when: When, codes: Iterable[str]) -> Mapping[str, Figure]:
    """The on-time rate of each field in the calendar month: the KPI, narrowed; call it inside a `snapshot`."""
    kpi = load_catalogue()[RATE]
    kpis = {code: narrowed_kpi(kpi, Filters(field=code)) for code in codes}
    if not kpis:
        return {}
    [readings] = read_sums(connection, [Question(Windows.at(when.at), asks_of(kpis.values()))], when.known_at)
    return {code: figure_of(each, readings, None) for code, each in kpis.items()}


def fields_json(rows: Sequence[FieldRow], rates: Mapping[str, Figure]) -> list[dict[str, Any]]:
    """The rows as the page shows them; a rate that nothing was settled for is null."""
    kpi, worst = load_catalogue()[RATE], worst_of(rows)
    found = []
    for row in rows:
        figure = rates.get(row.field.code or "")
        rate = None if figure is None else figure.value
        found.append(
            {
                "name": row.field.title,
                "received": row.received,
                "open": row.open,
                "overdue": row.overdue,
                "rate": rate,
                "standing": kpi.standing(rate),
                "worst": row is worst,
            }
        )
    return found
