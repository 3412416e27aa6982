"""The figures of the object by KPI and place, and the tables of them, section by section."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from stream.snapshot.content.document import FigureFacts, KpiFacts, Snapshot
from stream.snapshot.render.pdf.grid import SMALLER, Grid, Head, Row, groups_of, spread
from stream.snapshot.render.pdf.numbers import NOTHING, as_is, figure, unit_to_add
from stream.snapshot.render.pdf.runs import run, width_of
from stream.snapshot.render.pdf.standing import standing, target
from stream.snapshot.render.pdf.wording import STANDINGS, lower
from stream.snapshot.render.wording import WITNESSED

Figures: TypeAlias = Mapping[tuple[str, str | None], FigureFacts]
_LEAST = 20


def figures_of(snapshot: Snapshot) -> Figures:
    """All figures, those that were witnessed too."""
    return {(each.kpi, each.unit): each for each in (*snapshot.figures, *snapshot.witness.figures)}


def figure_grids(snapshot: Snapshot) -> Iterator[Grid]:
    """The KPIs by section; area and units side by side, in groups of units that fit a page."""
    figures, sections = figures_of(snapshot), list(_sections(snapshot))
    needed = _needed(snapshot, figures)
    for units in groups_of(snapshot.units, needed):
        width, places = spread(needed, len(units) + 1), (None, *(unit.code for unit in units))
        rows = []
        for title, kpis in sections:
            rows.append(Row("band", title))
            rows += [_row(snapshot, kpi, [figures.get((kpi.id, place)) for place in places], width) for kpi in kpis]
        yield Grid(
            first="Chỉ tiêu, đơn vị tính",
            width=width,
            columns=len(places),
            heads=[[Head("Toàn khu vực"), *(Head(unit.name) for unit in units)]],
            rows=rows,
        )


def _sections(snapshot: Snapshot) -> Iterator[tuple[str, Sequence[KpiFacts]]]:
    """Each with its KPIs; at the end those that no section names, so that none is left out."""
    kpis = {kpi.id: kpi for kpi in snapshot.kpis}
    for section in snapshot.sections:
        yield section.title.vi, [kpis.pop(name) for name in section.kpis if name in kpis]
    if kpis:
        yield "Chỉ tiêu khác", list(kpis.values())


def _needed(snapshot: Snapshot, figures: Figures) -> int:
    """How wide columns must be for every figure, and for what it was divided from."""
    places = (None, *(unit.code for unit in snapshot.units))
    found = [(kpi, figures.get((kpi.id, place))) for kpi in snapshot.kpis for place in places]
    larger, smaller = SMALLER
    of_parts = width_of([_fraction(each) for _, each in found], 0) * smaller // larger + 1
    return max(of_parts, width_of([_cell(kpi, each) for kpi, each in found], _LEAST, 2))


def _row(snapshot: Snapshot, kpi: KpiFacts, found: Sequence[FigureFacts | None], width: int) -> Row:
    fractions = [_fraction(each) for each in found]
    below = run(fractions, width * SMALLER[0] // SMALLER[1]) if any(fractions) else ""
    remark = "; ".join(_remarks(snapshot, kpi, found))
    numbers = run([_cell(kpi, each) for each in found], width)
    return Row(
        "row",
        f"{kpi.title.vi} ({unit})" if (unit := unit_to_add(kpi)) else kpi.title.vi,
        numbers,
        [(remark, below)] if remark or below else (),
    )


def _cell(kpi: KpiFacts, found: FigureFacts | None) -> str:
    """The figure and the shape of its standing; nothing behind it is good, or has no target."""
    if found is None or found.value is None:
        return f"{NOTHING}  "
    how = standing(kpi, found.value)
    return f"{figure(kpi, found.value)}{STANDINGS[how][0] if how in {'warn', 'bad'} else '  '}"


def _fraction(found: FigureFacts | None) -> str:
    """What was divided by what: 171∕180."""
    if found is None or found.denominator is None:
        return ""
    return f"{as_is(found.numerator)}\u2215{as_is(found.denominator)}"


def _remarks(snapshot: Snapshot, kpi: KpiFacts, found: Sequence[FigureFacts | None]) -> Iterator[str]:
    if kpi.thresholds is not None:
        yield f"Mục tiêu {target(kpi)}"
    if any(each is None or each.value is None for each in found):
        yield f"{NOTHING}\u00a0: {lower(kpi.no_denominator.vi)}"
    if any(each.kpi == kpi.id for each in snapshot.witness.figures):
        yield WITNESSED
