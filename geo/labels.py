"""Where the label of each unit stands on the map: a name and a figure, so that none lies on another.

A label stands in its own unit if there is room for most of it, in one line or two, as near to the roomiest point as
the others allow. Where a unit is too small it stands beside the area, and a line leads to the unit; where even that
finds no room it is the figure alone, and on a very small sheet nothing: a label that can't be read is none. The same
units give the same layout, whatever the figures are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geo.lettering import in_two_lines, width_of

Floats: TypeAlias = NDArray[np.float64]
Shape: TypeAlias = Polygon | MultiPolygon

_STEP: Final = 6.0  # px between the places that are tried
_GAP: Final = 4.0  # px that two labels keep from each other
_MOST_OUTSIDE: Final = 0.3  # the part of a label that may lie over its unit's border, and the part that never may
_TOO_MUCH: Final = 0.55
_FARTHEST: Final = 140.0  # px from a unit to the middle of a label beside the area
_WIDER: Final = 1.8  # a label is so much wider than high
_ROUNDS: Final = 12
_ORDERS: Final = 8
_COLLISION: Final = 1e6

# What each way of writing costs, against the distance from the roomiest point in px and 100 × the part outside; a
# figure that is not on its own unit is worse than a name that is not.
_FIGURE_OUTSIDE: Final = 120.0
_TWO_LINES: Final = 4.0
_ASTRIDE: Final = 60.0
_BESIDE: Final = 120.0
_NAMELESS: Final = 600.0
_NOTHING: Final = 5_000.0


@dataclass(frozen=True, slots=True)
class Letters:
    """The sizes of a label in px: of its name, and the room that its figure takes with the mark beside it."""

    name: float = 21.0
    figure_width: float = 92.0
    figure_height: float = 38.0

    @property
    def line(self) -> float:
        """The height of a line of the name."""
        return 1.2 * self.name


@dataclass(frozen=True, slots=True)
class Label:
    """A label around (x, y), the middle of its box. `lines` are the name's, none where only the figure has room.

    A width of 0 is no label at all.

    `anchor` is the point in the unit that a line leads to, None where the label stands in the unit.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    anchor: tuple[float, float] | None = None


class _Way(NamedTuple):
    """A way of writing a label: where it stands, the lines of the name, and what it costs."""

    kind: Literal["inside", "beside", "nothing"]
    lines: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Tried:
    """Every place that was tried for one unit: middles, sizes, costs, and which of the ways of writing it is."""

    middles: Floats
    sizes: Floats
    costs: Floats
    which: NDArray[np.intp]
    ways: Sequence[_Way]
    pole: tuple[float, float]

    def boxes(self) -> Floats:
        """Left, top, right and bottom of each, with half the gap around; a label that is none takes no room."""
        half = self.sizes / 2 + np.where(self.sizes > 0, _GAP / 2, 0)
        return np.hstack([self.middles - half, self.middles + half])

    def label(self, place: int) -> Label:
        (x, y), (width, height) = self.middles[place].tolist(), self.sizes[place].tolist()
        way = self.ways[int(self.which[place])]
        anchor = self.pole if way.kind == "beside" else None
        return Label(round(x, 1), round(y, 1), width, height, way.lines, anchor)


@dataclass(frozen=True, slots=True)
class _Ground:
    """The sheet as points a step apart: which lie in the unit, and sums of that and of the area from the corner on."""

    sheet: tuple[float, float]
    points: Floats
    own: NDArray[np.bool_]
    of_own: NDArray[np.int64]
    of_area: NDArray[np.int64]

    def holds(self, middles: Floats, size: Floats) -> NDArray[np.bool_]:
        """Whether boxes around these middles lie on the sheet."""
        return np.asarray(((middles >= size / 2) & (middles <= np.array(self.sheet) - size / 2)).all(axis=1))

    def share(self, sums: NDArray[np.int64], middles: Floats, size: Floats) -> Floats:
        """The part of each box that the sums are of."""
        corners = [np.round((middles + side * size / 2) / _STEP).astype(np.int64) for side in (-1, 1)]
        (left, top), (right, bottom) = (corner.T for corner in corners)
        found = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        share: Floats = found / np.maximum((bottom - top) * (right - left), 1)
        return share


def _grounds(borders: Sequence[Shape], sheet: tuple[float, float]) -> Iterator[_Ground]:
    width, height = sheet
    x, y = np.meshgrid(np.arange(_STEP / 2, width, _STEP), np.arange(_STEP / 2, height, _STEP))
    points = np.column_stack([x.ravel(), y.ravel()])
    owned = [shapely.contains_xy(border, points).reshape(x.shape) for border in borders]
    area = _summed(np.asarray(np.logical_or.reduce(owned)))
    yield from (_Ground(sheet, points, own, _summed(own), area) for own in owned)


def _summed(cells: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each corner of the cells, how many above and left of it are true; one more row, for boxes at the edge."""
    sums: NDArray[np.int64] = np.pad(
        cells.astype(np.int64).cumsum(axis=0).cumsum(axis=1), ((1, 1), (1, 1)), mode="edge"
    )
    sums[0, :], sums[:, 0] = 0, 0
    return sums


def lay_out(
    names: Sequence[str], borders: Sequence[Shape], sheet: tuple[float, float], letters: Letters
) -> tuple[Label, ...]:
    """The label of each unit, in their order. `borders` and the `sheet` (width, height) are in px, y downwards."""
    for border in borders:
        shapely.prepare(border)
    units = zip(names, _grounds(borders, sheet), borders, strict=True)
    tried = [_tried(name, ground, border, letters) for name, ground, border in units]
    boxes = [each.boxes() for each in tried]
    fewest_places_first = sorted(range(len(tried)), key=lambda unit: float(np.min(tried[unit].costs)), reverse=True)
    orders = [fewest_places_first[turn:] + fewest_places_first[:turn] for turn in range(min(_ORDERS, len(tried)))]
    settled = [_settled(tried, boxes, order) for order in orders]
    _, best = min(settled, key=lambda found: found[0])
    return tuple(each.label(place) for each, place in zip(tried, best, strict=True))


def _settled(tried: Sequence[_Tried], boxes: Sequence[Floats], order: Sequence[int]) -> tuple[float, list[int]]:
    """Each unit in turn takes the best place that the others leave, until none moves: what it costs, and the places."""
    chosen: dict[int, int] = {}
    costs: dict[int, float] = {}
    for _ in range(_ROUNDS):
        before = dict(chosen)
        for unit in order:
            others = np.array([boxes[other][place] for other, place in chosen.items() if other != unit])
            found = tried[unit].costs + _COLLISION * _collisions(boxes[unit], others)
            chosen[unit] = int(np.argmin(found))
            costs[unit] = float(found[chosen[unit]])
        if chosen == before:
            break
    return sum(costs.values()), [chosen[unit] for unit in range(len(tried))]


def _collisions(boxes: Floats, others: Floats) -> Floats:
    """On how many of the other boxes each box lies."""
    if len(others) == 0:
        return np.zeros(len(boxes))
    left, top, right, bottom = (boxes[:, side, None] for side in range(4))
    apart = (right <= others[:, 0]) | (others[:, 2] <= left) | (bottom <= others[:, 1]) | (others[:, 3] <= top)
    count: Floats = np.asarray((~apart).sum(axis=1), dtype=np.float64)
    return count


def _tried(name: str, ground: _Ground, border: Shape, letters: Letters) -> _Tried:
    pole = _roomiest(border)
    ways = list(_ways(name))
    found = [_places(way, ground, border, pole, letters) for way in ways]
    middles, costs = (np.concatenate(parts) for parts in zip(*found, strict=True))
    counts = [len(costs) for _, costs in found]
    sizes = np.repeat(np.array([_size(way, letters) for way in ways]), counts, axis=0)
    anchor = (round(float(pole[0]), 1), round(float(pole[1]), 1))
    return _Tried(middles, sizes, costs, np.repeat(np.arange(len(ways)), counts), ways, anchor)


def _places(way: _Way, ground: _Ground, border: Shape, pole: Floats, letters: Letters) -> tuple[Floats, Floats]:
    size = np.array(_size(way, letters))
    if way.kind == "nothing":
        return pole[None], np.array([way.cost])
    if way.kind == "beside":
        middles, costs = _beside(ground, border, size)
    else:
        middles, costs = _inside(ground, pole, size)
        figure = np.array([letters.figure_width / 2, letters.figure_height])
        costs = costs + _FIGURE_OUTSIDE * (
            1 - ground.share(ground.of_own, middles + (size - figure) * [0, 0.5], figure)
        )
    return middles, costs + way.cost


def _roomiest(border: Shape) -> Floats:
    """The point with the most room for something that is wider than high."""
    squeezed = shapely.transform(border, lambda points: points / [_WIDER, 1])
    point: Floats = shapely.get_coordinates(shapely.maximum_inscribed_circle(squeezed, tolerance=1.0))[0] * [_WIDER, 1]
    return point


def _ways(name: str) -> Iterator[_Way]:
    """The ways of writing a label, the best first."""
    two = in_two_lines(name)
    yield _Way("inside", (name,), 0.0)
    if two is not None:
        yield _Way("inside", two, _TWO_LINES)
    yield _Way("beside", (name,), _BESIDE)
    if two is not None:
        yield _Way("beside", two, _BESIDE + _TWO_LINES)
    yield _Way("inside", (), _NAMELESS)
    yield _Way("nothing", (), _NOTHING)


def _size(way: _Way, letters: Letters) -> tuple[float, float]:
    if way.kind == "nothing":
        return 0.0, 0.0
    width = max([letters.figure_width, *(width_of(line, letters.name) for line in way.lines)])
    return width, len(way.lines) * letters.line + letters.figure_height


def _inside(ground: _Ground, pole: Floats, size: Floats) -> tuple[Floats, Floats]:
    """Middles in the unit, dearer with the distance from its roomiest point and with what lies over the border."""
    middles = np.vstack([pole, ground.points[ground.own.ravel()]])
    middles = middles[ground.holds(middles, size)]
    outside = 1 - ground.share(ground.of_own, middles, size)
    costs: Floats = np.hypot(*(middles - pole).T) + 100 * outside
    costs[outside > _MOST_OUTSIDE] += _ASTRIDE
    costs[outside > _TOO_MUCH] += 2 * _NAMELESS
    return middles, costs


def _beside(ground: _Ground, border: Shape, size: Floats) -> tuple[Floats, Floats]:
    """Middles outside the area, dearer with their distance from the unit."""
    middles = ground.points[ground.holds(ground.points, size)]
    middles = middles[ground.share(ground.of_area, middles, size) == 0]
    away: Floats = np.asarray(shapely.distance(shapely.points(middles), border), dtype=np.float64)
    near = away <= _FARTHEST
    return middles[near], away[near]
