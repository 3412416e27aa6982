"""What the index says of a unit, as this centre computes it; official scores never come in here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stream.index.bands import Band, Bands
from stream.index.layout import KNOWN_KPI, TOTAL_KPI, Component, Group, Layout
from stream.kpi.catalogue import Catalogue
from stream.kpi.expression import Value
from stream.kpi.figure import Figure
from stream.kpi.window import Windows


@dataclass(frozen=True, slots=True)
class ComponentScore:
    """The points of a component, null where it could not be judged, and the share behind them.

    `certainty` is how sure its formula is (handbook): A published, B one source, C working assumption.
    """

    component: Component
    points: Value
    ratio: Value
    numerator: Value
    denominator: Value
    certainty: str


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The points of those components that could be judged; `known` is the most that these can earn."""

    group: Group
    points: Value
    known: float
    components: Sequence[ComponentScore]


@dataclass(frozen=True, slots=True)
class Score:
    """The index of one unit (a five-digit code), or of the area (None); `total` is null where nothing was judged."""

    unit: str | None
    total: Value
    known: float
    band: Band | None
    groups: Sequence[GroupScore]


@dataclass(frozen=True, slots=True)
class Index:
    """The index of the area and of its units, over one window, as known at a moment (None: all that is known)."""

    windows: Windows
    known_at: datetime | None
    area: Score
    units: Sequence[Score]


def score_of(layout: Layout, catalogue: Catalogue, bands: Bands, figures: Mapping[str, Figure]) -> Score:
    """The score that the figures of one unit, by id of the KPI, make."""
    total, known = figures[TOTAL_KPI], figures[KNOWN_KPI].value or 0
    groups = [_group(group, catalogue, figures) for group in layout.group]
    return Score(total.unit, total.value, known, bands.of(total.value, known), groups)


def _group(group: Group, catalogue: Catalogue, figures: Mapping[str, Figure]) -> GroupScore:
    return GroupScore(
        group,
        figures[group.kpi].value,
        figures[group.known].value or 0,
        [_component(each, catalogue, figures) for each in group.component],
    )


def _component(component: Component, catalogue: Catalogue, figures: Mapping[str, Figure]) -> ComponentScore:
    ratio = figures[component.ratio]
    return ComponentScore(
        component,
        figures[component.kpi].value,
        ratio.value,
        ratio.numerator,
        ratio.denominator,
        catalogue[component.kpi].definition.basis.certainty,
    )
