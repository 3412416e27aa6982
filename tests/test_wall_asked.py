"""What the address of a page of the wall asks for."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dashboard.text import words_in
from dashboard.wall.area import area_on
from dashboard.wall.asked import SECONDS, Asked, Past, asked
from dashboard.wall.layout import Shown, wall
from dashboard.wall.scene import Place, Scene
from dashboard.wall.scenes import SCENES
from stream.kpi.catalogue import load_catalogue

FIRST = next(iter(SCENES))
IN_TURN = tuple(name for name in SCENES if name != "unit")


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/wall/", Asked((FIRST,), "vi", "dark")),
        ("http://mocchau.example:8050/wall/?lang=en&theme=light", Asked((FIRST,), "en", "light")),
        ("/wall/overview?theme=pink&lang=fr", Asked(("overview",), "vi", "dark")),
        ("/wall/rotation", Asked(IN_TURN, "vi", "dark", SECONDS)),
        ("/wall/rotation?scenes=overview,overview,nothing,unit&seconds=20", Asked(("overview",), "vi", "dark", 20)),
        ("/wall/rotation?scenes=nothing&seconds=-5", Asked(IN_TURN, "vi", "dark", SECONDS)),
        ("/wall/rotation?seconds=1", Asked(IN_TURN, "vi", "dark", 5)),
        ("/wall/rotation?seconds=99999999", Asked(IN_TURN, "vi", "dark", 3600)),
        (f"/wall/rotation?seconds={'9' * 5000}", Asked(IN_TURN, "vi", "dark", SECONDS)),
        ("/wall/nothing", None),
        ("http://[", None),
        ("/wall/unit", None),
        ("/wall/overview/03980", None),
    ],
)
def test_an_address_asks_for_scenes_in_a_language_and_a_theme(address: str, wanted: Asked | None) -> None:
    assert asked(address) == wanted


@pytest.mark.parametrize(
    ("query", "past"),
    [
        ("at=2026-03-03T10:00", Past(datetime(2026, 3, 3, 3, tzinfo=UTC), "then")),
        ("at=2026-03-03T03:00:00Z&known=now", Past(datetime(2026, 3, 3, 3, tzinfo=UTC), "now")),
        ("at=2026-03-03&known=both", Past(datetime(2026, 3, 2, 17, tzinfo=UTC), "both")),
        ("at=2026-03-03T10:00&known=never", Past(datetime(2026, 3, 3, 3, tzinfo=UTC), "then")),
        ("at=10:00", None),
        ("at=0001-01-01T00:00:00", None),
        ("at=9999-12-31T23:59:59Z", None),
        ("known=then", None),
    ],
)
def test_an_address_may_ask_for_the_past(query: str, past: Past | None) -> None:
    found = asked(f"/wall/?{query}")
    assert found is not None
    assert found.past == past


@pytest.mark.parametrize("scene", SCENES.values(), ids=lambda scene: scene.name)
def test_a_scene_whose_figures_stand_is_called_late_within_15_seconds(scene: Scene) -> None:
    place = Place(scene.name, words_in("vi"), load_catalogue(), area_on(date(2026, 3, 3)), unit="03980")
    page: Any = wall(place, Asked((scene.name,), "vi", "dark"), Shown("build", []))
    facts = json.loads(page.to_plotly_json()["props"]["data-page"])
    assert scene.pace.most < facts["scenes"][0]["late_after"] <= 13
