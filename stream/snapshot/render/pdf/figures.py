"""The figures of the object by KPI and place, and the tables of them, section by section."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from stream.snapshot.content.document import FigureFacts, KpiFacts, Section, Snapshot, UnitFacts
from stream.snapshot.render.pdf.grid import SMALLER, Grid, Head, Row, groups_of, spread
from stream.snapshot.render.pdf.numbers import NOTHING, as_is, figure, unit_of
from stream.snapshot.render.pdf.runs import run, width_of
from stream.snapshot.render.pdf.standing import standing, target
from stream.snapshot.render.pdf.wording import STANDINGS, lower

Figures: TypeAlias = Mapping[tuple[str, str | None], FigureFacts]
_LEAST = 20


def figures_of(snapshot: Snapshot) -> Figures:
    """All figures, those that were witnessed too."""
    return {(each.kpi, each.unit): each for each in (*snapshot.figures, *snapshot.witness.figures)}


def figure_grids(snapshot: Snapshot) -> Iterator[Grid]:
    """The KPIs by section; area and units side by side, in groups of units that fit a page."""
    figures, kpis = figures_of(snapshot), {kpi.id: kpi for kpi in snapshot.kpis}
    places = (None, *(unit.code for unit in snapshot.units))
    texts = [_cell(kpi, figures.get((kpi.id, place))) for kpi in snapshot.kpis for place in places]
    needed = width_of(texts, _LEAST, 2)
    for units in groups_of(snapshot.units, needed):
        width = spread(needed, len(units) + 1)
        rows = [row for section in snapshot.sections for row in _section(section, kpis, figures, units, width)]
        yield Grid(
            first="Chỉ tiêu, đơn vị tính",
            width=width,
            columns=len(units) + 1,
            heads=[[Head("Toàn khu vực"), *(Head(unit.name) for unit in units)]],
            rows=rows,
        )


def _section(
    section: Section, kpis: Mapping[str, KpiFacts], figures: Figures, units: Sequence[UnitFacts], width: int
) -> Iterator[Row]:
    yield Row("band", section.title.vi)
    places = (None, *(unit.code for unit in units))
    for kpi in (kpis[name] for name in section.kpis):
        found = [figures.get((kpi.id, place)) for place in places]
        fractions = [_fraction(each) for each in found]
        below = run(fractions, width * SMALLER[0] // SMALLER[1]) if any(fractions) else ""
        remark = _remark(kpi, found)
        yield Row(
            "row",
            _named(kpi),
            run([_cell(kpi, each) for each in found], width),
            [(remark, below)] if remark or below else (),
        )


def _named(kpi: KpiFacts) -> str:
    unit = unit_of(kpi)
    return f"{kpi.title.vi} ({unit})" if unit and not _says(kpi.title.vi, unit) else kpi.title.vi


def _says(title: str, unit: str) -> bool:
    """Whether the title ends with the unit already: "…, phút"."""
    return title.casefold().endswith(f", {unit}")


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


def _remark(kpi: KpiFacts, found: Sequence[FigureFacts | None]) -> str:
    parts = [] if kpi.thresholds is None else [f"Mục tiêu {target(kpi)}"]
    if any(each is None or each.value is None for each in found):
        parts.append(f"{NOTHING}\u00a0: {lower(kpi.no_denominator.vi)}")
    return "; ".join(parts)
