"""The pages of and about displays: every word stands in the text files, and none of them is forgotten there."""

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.displays.facts import SCENES
from dashboard.text import words_in
from tests.test_dashboard_text import is_readable, script_literals

HOUSE = Path(dashboard.__file__).parent
SCRIPTS = sorted(file for name in ("display", "displays") for file in (HOUSE / "assets" / name).glob("*.js"))
CODE = "\n".join(file.read_text() for file in SCRIPTS)
PYTHON = (HOUSE / "displays" / "page.py").read_text()
BUILT = ("count_", "head_", "state.", "theme_", "to_", "refused_")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_word_that_a_person_reads_stands_in_a_script(script: Path) -> None:
    assert [text for text in script_literals(script) if is_readable(text)] == []


@pytest.mark.parametrize("section", ["display", "operator", "displays"])
def test_no_word_is_forgotten(section: str) -> None:
    for word in words_in("vi").under(section):
        named = re.search(rf'[."]{re.escape(word)}\b', CODE) or f'"{word}"' in PYTHON or f"{section}.{word}" in PYTHON
        assert named or word.startswith(BUILT) or word in {"title", "subtitle"}, word


def test_scripts_name_only_words_that_there_are() -> None:
    written = {word for section in ("page", "operator", "displays") for word in words_in("vi").under(section)}
    assert set(re.findall(r"\bwords\.(\w+)", CODE)) <= written


def test_every_scene_that_a_display_can_show_has_a_name() -> None:
    assert set(SCENES) <= words_in("vi").under("scene").keys()
