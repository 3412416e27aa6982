"""The plots of a snapshot: which figures go into which drawing, and what is read out in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stream.snapshot.content.document import SeriesFacts, Snapshot
from stream.snapshot.render.pdf.figures import figures_of
from stream.snapshot.render.pdf.form import the_form
from stream.snapshot.render.pdf.grid import Grid, Head, Row, groups_of
from stream.snapshot.render.pdf.numbers import NOTHING, figure, unit_of
from stream.snapshot.render.pdf.plots.flow import flow
from stream.snapshot.render.pdf.plots.groups import groups
from stream.snapshot.render.pdf.plots.shares import shares
from stream.snapshot.render.pdf.runs import run
from stream.snapshot.render.pdf.scores import area_index
from stream.snapshot.render.wording import day

_WIDTH = 44
_NAMES = 60


@dataclass(frozen=True, slots=True)
class Plot:
    """A title, and the drawing beneath it as SVG."""

    title: str
    svg: str


def plots(snapshot: Snapshot) -> Iterator[Plot]:
    """Those that the object has figures for."""
    received = _series(snapshot, the_form().received)
    if received is not None:
        title = f"Hồ sơ tiếp nhận và đã giải quyết theo {'ngày' if received.grain == 'day' else 'tháng'}"
        yield Plot(title, flow(received, _series(snapshot, the_form().settled), title))
    share = next((kpi for kpi in snapshot.kpis if kpi.id == the_form().share), None)
    if share is not None and snapshot.units:
        figures = figures_of(snapshot)
        found = [(unit.name, figures.get((share.id, unit.code))) for unit in snapshot.units]
        title = f"{share.title.vi} theo đơn vị"
        yield Plot(title, shares(share, [(name, each.value if each else None) for name, each in found], title))
    index = area_index(snapshot)
    if index is not None:
        title = "Điểm chất lượng phục vụ theo nhóm (Quyết định 766/QĐ-TTg): trung tâm tính và điểm chính thức"
        yield Plot(title, groups(index, title))


def series_grids(snapshot: Snapshot) -> Iterator[Grid]:
    """The figures behind the plots through the period: a row for each stretch, a column for each KPI."""
    kpis = {kpi.id: kpi for kpi in snapshot.kpis}
    of_grain: dict[str, list[SeriesFacts]] = {}
    for each in snapshot.series:
        if each.kpi in kpis:
            of_grain.setdefault(each.grain, []).append(each)
    for grain, found in of_grain.items():
        for some in groups_of(found, _WIDTH, names=_NAMES, always=0):
            titles = [kpis[each.kpi] for each in some]
            yield Grid(
                first="Ngày" if grain == "day" else "Tháng",
                width=_WIDTH,
                columns=len(some),
                heads=[[Head(f"{kpi.title.vi}{', ' + unit_of(kpi) if unit_of(kpi) else ''}") for kpi in titles]],
                names_at_most=_NAMES,
                rows=[Row("row", _stretch(start, grain), _values(snapshot, some, start)) for start in _starts(some)],
            )


def _values(snapshot: Snapshot, some: Sequence[SeriesFacts], start: str) -> str:
    kpis = {kpi.id: kpi for kpi in snapshot.kpis}
    cells = []
    for each in some:
        value = dict(zip(each.days, each.values, strict=True)).get(start)
        cells.append(NOTHING if value is None else figure(kpis[each.kpi], value))
    return run(cells, _WIDTH)


def _starts(some: Sequence[SeriesFacts]) -> Sequence[str]:
    return sorted({start for each in some for start in each.days})


def _stretch(start: str, grain: str) -> str:
    return day(start) if grain == "day" else day(start)[3:]


def _series(snapshot: Snapshot, names: Sequence[str]) -> SeriesFacts | None:
    return next((each for name in names for each in snapshot.series if each.kpi == name), None)
