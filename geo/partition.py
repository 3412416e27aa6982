"""Divide a sheet of points among units, from nothing but each unit's centre and bounds.

A point's distance to a unit is measured in the unit's own size: 0 at the centre, 1 where the bounds are
reached, each of the four sides with its own length. A point goes to the unit that it is nearest to. Then
the four lengths are mended, again and again, until each unit reaches about as far as its bounds say. What
is further than 1 from every unit lies outside the area. A slow wave bends the sheet beforehand, so that
borders meander as borders of communes do instead of running along conic sections.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.plane import Plane, Points
from geo.units import Unit

OUTSIDE = -1

_ROUNDS = 60
_ROUNDNESS = 2.4  # exponent of the distance: 2 gives ellipses, more fills the corners of the bounds
_BEYOND = 0.9  # what each kilometre beyond the bounds adds to the distance
_MENDING = 0.2  # the part of an error in reach that one round mends, as an exponent
_STRETCH = 3.0  # the furthest that mending may stretch or shrink a side

# Waves that bend the sheet: (km, km from crest to crest to the east, to the north, phase).
_WAVES_X = ((0.75, 13.1, 9.7, 0.4), (0.45, -5.3, 6.7, 2.1), (0.22, 2.9, 3.3, 5.0))
_WAVES_Y = ((0.75, 10.3, -12.9, 1.7), (0.45, 6.1, 5.7, 3.3), (0.22, -3.1, 2.6, 0.9))


@dataclass(frozen=True, slots=True)
class _Facts:
    """Centres, bounds and distances centre to bounds (east, west, north, south) on the sheet, a row a unit."""

    centres: Points
    bounds: Points
    sides: Points


def divide(points: Points, units: tuple[Unit, ...], plane: Plane) -> NDArray[np.intp]:
    """For each point the index of its unit, or `OUTSIDE`."""
    facts = _facts(units, plane)
    bent = points + _bend(points + 1.5 * _bend(points))  # a bent bend looks less like a wave
    beyond = _beyond(bent, facts.bounds)
    inside = (_distances(bent, facts.centres, facts.sides) + beyond).min(axis=1) <= 1
    sides = facts.sides.copy()
    for _ in range(_ROUNDS):
        owners = (_distances(bent, facts.centres, sides) + beyond).argmin(axis=1)
        sides = _mended(sides, points, np.where(inside, owners, OUTSIDE), facts)
    owners = (_distances(bent, facts.centres, sides) + beyond).argmin(axis=1)
    return np.where(inside, owners, OUTSIDE)


def _facts(units: tuple[Unit, ...], plane: Plane) -> _Facts:
    centres = np.array([[plane.x(unit.lon), plane.y(unit.lat)] for unit in units])
    bounds = np.array([[plane.x(u.west), plane.y(u.south), plane.x(u.east), plane.y(u.north)] for u in units])
    return _Facts(centres, bounds, _reach(bounds, centres))


def _reach(bounds: Points, centres: Points) -> Points:
    east, west = bounds[:, 2] - centres[:, 0], centres[:, 0] - bounds[:, 0]
    north, south = bounds[:, 3] - centres[:, 1], centres[:, 1] - bounds[:, 1]
    reach: Points = np.maximum(np.column_stack([east, west, north, south]), 0.3)
    return reach


def _bend(points: Points) -> Points:
    return np.column_stack([_wave(points, _WAVES_X), _wave(points, _WAVES_Y)])


def _wave(points: Points, waves: tuple[tuple[float, float, float, float], ...]) -> Points:
    sway: Points = np.zeros(len(points))
    for height, east, north, phase in waves:
        sway += height * np.sin(2 * np.pi * (points[:, 0] / east + points[:, 1] / north) + phase)
    return sway


def _distances(points: Points, centres: Points, sides: Points) -> Points:
    away = points[:, None, :] - centres[None, :, :]
    x = np.where(away[:, :, 0] > 0, away[:, :, 0] / sides[:, 0], -away[:, :, 0] / sides[:, 1])
    y = np.where(away[:, :, 1] > 0, away[:, :, 1] / sides[:, 2], -away[:, :, 1] / sides[:, 3])
    distances: Points = (x**_ROUNDNESS + y**_ROUNDNESS) ** (1 / _ROUNDNESS)
    return distances


def _beyond(points: Points, bounds: Points) -> Points:
    low, high = bounds[None, :, :2] - points[:, None, :], points[:, None, :] - bounds[None, :, 2:]
    beyond: Points = _BEYOND * np.maximum(np.maximum(low, high), 0).sum(axis=2)
    return beyond


def _mended(sides: Points, points: Points, owners: NDArray[np.intp], facts: _Facts) -> Points:
    mended = sides.copy()
    for index in range(len(sides)):
        own = points[owners == index]
        if not len(own):
            continue
        extent = np.concatenate([own.min(axis=0), own.max(axis=0)])[None, :]
        reached = _reach(extent, facts.centres[index : index + 1])[0]
        mended[index] *= (facts.sides[index] / reached) ** _MENDING
    return np.clip(mended, facts.sides / _STRETCH, facts.sides * _STRETCH)
