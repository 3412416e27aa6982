"""A scene (màn hình): what one picture of the wall shows, where its figures come from, and how it is laid out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from dash.development.base_component import Component
from psycopg import Connection

from dashboard.feed.boards import Pace
from dashboard.text import Words
from dashboard.wall.area import Area
from stream.kpi.catalogue import Catalogue
from stream.kpi.definition import Kpi
from stream.kpi.streams import streams_of


@dataclass(frozen=True, slots=True)
class When:
    """Figures as of `at`, as they were known at `known_at`; None is as known now."""

    at: datetime
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hung:
    """The enrolled display (màn hình) that a page hangs on."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a scene is laid out: in which language, of which area; `unit` is the code of the one it is about, if any.

    `display` is the one that it hangs on, None on a desk.
    """

    scene: str
    words: Words
    catalogue: Catalogue
    area: Area
    unit: str | None = None
    display: Hung | None = None

    @property
    def is_display(self) -> bool:
        """Whether it hangs on a wall: it then has no links."""
        return self.display is not None

    def id(self, *parts: str | int) -> str:
        """The id of a component: ids are one for the whole page, and a figure may stand in several scenes."""
        return "-".join([self.scene, *map(str, parts)])

    def short(self, kpi: str) -> str:
        """The short title of a KPI."""
        return str(getattr(self.catalogue[kpi].definition.short, self.words.language))


More: TypeAlias = Callable[[Connection[Any], When, Area], Mapping[str, Any]]
"""What a scene shows besides KPIs, as plain JSON. What can't be told of the past is null, never the present."""


def _nothing_more(_: Connection[Any], __: When, ___: Area) -> Mapping[str, Any]:
    return {}


def _no_facts(_: Place) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Scene:
    """`kpis` are read for its frame, `tiles` those of them that have a tile; `facts` are what its script has to know.

    `name` stands in addresses, ids, class names and in the text files (`[scene]`, and a table of its own).
    """

    name: str
    kpis: tuple[str, ...]
    tiles: tuple[str, ...]
    layout: Callable[[Place], Component]
    facts: Callable[[Place], Mapping[str, Any]] = _no_facts
    more: More = _nothing_more
    pace: Pace = field(default_factory=Pace)


def rule(kpi: Kpi) -> dict[str, Any]:
    """What the page's script has to know to write a KPI's figure, and to hold it against its target."""
    definition = kpi.definition
    limits = definition.thresholds
    return {
        "id": kpi.id,
        "unit": definition.unit,
        "digits": definition.digits,
        "window": definition.window,
        "direction": definition.direction,
        "target": None if limits is None else limits.target,
        "warn": None if limits is None else limits.warn,
        "streams": sorted(streams_of(kpi)),
    }
