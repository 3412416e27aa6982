"""What is written and drawn can be told from what it lies on, in both themes: WCAG 2.2 AA, from the style sheet."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

import dashboard
from tests.building.colours import contrast

ASSETS = Path(dashboard.__file__).parent / "assets"
TOKENS = (ASSETS / "base" / "2_tokens.css").read_text()
GROUNDS = ("ground", "panel", "raised")
SHADES = tuple(f"shade-{step}" for step in range(5))
MOS = tuple(f"mos-{mos}" for mos in (450, 400, 360, 310, 260, 100))
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", re.IGNORECASE)
SIZE = re.compile(r"font-size:\s*[\d.]+(?:rem|px)")


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


LIGHT, DARK = TOKENS.split("@media screen")
THEMES = {"dark": colours(DARK), "light": colours(LIGHT)}


def test_both_themes_have_the_same_colours() -> None:
    assert THEMES["dark"].keys() == THEMES["light"].keys()


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ink", ["text", "quiet", "accent", "warn", "alarm"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_on_every_ground(name: str, ink: str, ground: str) -> None:
    assert contrast(THEMES[name][ink], THEMES[name][ground]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_parts_of_a_bar_stand_out_from_their_panel(name: str) -> None:
    found = THEMES[name]
    for colour in ("accent", "accent-deep", "warn", "alarm"):
        assert contrast(found[colour], found["panel"]) >= 3, colour


@pytest.mark.parametrize("name", THEMES)
def test_some_ink_can_be_read_on_every_shade_of_the_map(name: str) -> None:
    found = THEMES[name]
    for shade in (*SHADES, "map-none"):
        assert max(contrast(found[f"map-ink-{ink}"], found[shade]) for ink in ("light", "dark")) >= 4.5, shade


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", [SHADES, MOS], ids=["map", "lines"])
def test_worse_is_always_further_from_the_ground(name: str, scale: tuple[str, ...]) -> None:
    """Lightness alone tells the order, whatever colours an eye sees."""
    found = THEMES[name]
    away = [contrast(found[step], found["ground"]) for step in scale]
    assert away == sorted(away)
    assert all(later / earlier >= 1.15 for earlier, later in pairwise(away))


@pytest.mark.parametrize("file", sorted(ASSETS.rglob("*.css")), ids=lambda file: str(file.relative_to(ASSETS)))
def test_no_other_style_sheet_names_a_colour(file: Path) -> None:
    if file.name == "2_tokens.css":
        return
    written = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    assert COLOUR.findall(re.sub(r"url\([^)]*\)", "", written)) == []
