"""A wall that hangs there takes imported boundaries by itself, and says "sơ đồ" no more."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from shapely import affinity

from ioc.commands.geo import geo
from tests.building.surveys import a_survey
from tests.servers.browser import Visit
from tests.servers.wall import Wall

pytestmark = pytest.mark.browser


def test_an_import_appears_on_a_wall_that_is_up(
    own_wall: Wall, visit: Callable[[int, int], Visit], tmp_path: Path
) -> None:
    seen = visit(1920, 1080)
    page = seen.page
    page.goto(f"{own_wall.url}/wall/")
    page.wait_for_selector("#wall[data-freshness=live]")
    assert page.inner_text(".map-note") == "Sơ đồ"
    schematic = _outlines(seen)

    survey = a_survey(tmp_path / "ranh.gpkg", change=lambda frame: frame.set_geometry(frame.geometry.map(_moved)))
    imported = CliRunner().invoke(
        geo, ["import", str(survey), "--code-field", "ma", "--valid-from", "2025-07-01", "--home", str(own_wall.folder)]
    )
    assert imported.exit_code == 0, imported.output
    page.wait_for_selector(".map-note", state="detached", timeout=60_000)
    page.wait_for_selector("#wall[data-freshness=live]")
    surveyed = _outlines(seen)
    assert len(surveyed) == len(schematic) == 8
    assert surveyed != schematic
    assert page.locator(".map-figure").count() == 8
    assert seen.complaints == []


def _moved(polygon: object) -> object:
    """Leaning a little: where it lies alone makes no other drawing, the sheet is filled either way."""
    return affinity.skew(polygon, xs=2, origin=(104.65, 20.85))


def _outlines(seen: Visit) -> list[str]:
    seen.page.wait_for_selector(".map-unit")
    outlines: list[str] = seen.page.evaluate(
        "() => [...document.querySelectorAll('.map-unit')].map((path) => path.getAttribute('d'))"
    )
    return outlines
