"""The scenes of the wall, in the order in which they are shown in turn."""

from collections.abc import Mapping
from typing import Final

from dashboard.wall.scene import Scene
from dashboard.wall.scenes.conference import CONFERENCE
from dashboard.wall.scenes.documents import DOCUMENTS
from dashboard.wall.scenes.health import HEALTH
from dashboard.wall.scenes.map import MAP
from dashboard.wall.scenes.onestop import ONESTOP
from dashboard.wall.scenes.overview import OVERVIEW
from dashboard.wall.scenes.unit import UNIT

SCENES: Final[Mapping[str, Scene]] = {
    scene.name: scene for scene in (OVERVIEW, ONESTOP, DOCUMENTS, CONFERENCE, MAP, HEALTH, UNIT)
}
"""By name; the first is the one that `/wall/` shows."""
