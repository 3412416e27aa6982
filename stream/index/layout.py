"""Of which groups and components the index consists, and which KPI says what of each (`components.toml`)."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import msgspec

from stream.index.bands import IndexConfigError
from stream.kpi.catalogue import Catalogue, load_catalogue
from stream.kpi.definition import Bilingual, Kpi, Text

TOTAL: Final = "total"
"""What the whole index is called where its groups and components are called by their ids."""
TOTAL_KPI: Final = "index_total"
KNOWN_KPI: Final = "index_known"

Points = Annotated[float, msgspec.Meta(gt=0, le=100)]


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What earns up to `points`: `kpi` says how many it earned, `ratio` is the share behind them."""

    id: Text
    title: Bilingual
    points: Points
    kpi: Text
    ratio: Text


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Components that are added; `known` is the KPI that says how many of its `points` could be judged."""

    id: Text
    title: Bilingual
    points: Points
    kpi: Text
    known: Text
    component: tuple[Component, ...]


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole index: 100 points in groups."""

    group: tuple[Group, ...]

    @property
    def names(self) -> Sequence[str]:
        """The ids of the KPIs that it needs, each once."""
        return tuple(dict.fromkeys([TOTAL_KPI, KNOWN_KPI, *self._names()]))

    def items(self) -> Iterator[tuple[str, Bilingual, float]]:
        """Everything that points are given for: id, title and most points; the whole, groups, components."""
        yield TOTAL, Bilingual("Tổng điểm", "Total"), sum(group.points for group in self.group)
        for group in self.group:
            yield group.id, group.title, group.points
            yield from ((each.id, each.title, each.points) for each in group.component)

    def kpis(self, catalogue: Catalogue) -> Sequence[Kpi]:
        """The KPIs that it needs; raises `UnknownKpiError`."""
        return [catalogue[name] for name in self.names]

    def _names(self) -> Iterator[str]:
        for group in self.group:
            yield from (group.kpi, group.known)
            for each in group.component:
                yield from (each.kpi, each.ratio)


@cache
def load_layout() -> Layout:
    """The index of this product. Raises `IndexConfigError`, and `UnknownKpiError` for a KPI that nobody defined."""
    layout = read_layout((files("stream.index") / "components.toml").read_text())
    for kpi in layout.kpis(load_catalogue()):
        if kpi.definition.unit not in {"points", "percent"}:
            raise IndexConfigError(f"components.toml: {kpi.id} is neither points nor a share")
    return layout


def read_layout(text: str) -> Layout:
    """The index that a text describes. Raises `IndexConfigError`."""
    try:
        layout = msgspec.convert(tomllib.loads(text), Layout)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise IndexConfigError(f"components.toml: {error}") from None
    for group in layout.group:
        if sum(each.points for each in group.component) != group.points:
            raise IndexConfigError(f"components.toml: the components of {group.id} do not add up to {group.points:g}")
    ids = [item for item, _, _ in layout.items()]
    if twice := sorted({item for item in ids if ids.count(item) > 1}):
        raise IndexConfigError(f"components.toml: {', '.join(twice)} stands for two things")
    return layout
