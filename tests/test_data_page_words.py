"""The pages about data: every word stands in the text files, and none of them is forgotten there."""

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.text import words_in
from tests.test_dashboard_text import is_readable, script_literals

HOUSE = Path(dashboard.__file__).parent
SCRIPTS = sorted((HOUSE / "assets" / "data").glob("*.js"))
PYTHON = "\n".join(file.read_text() for file in (HOUSE / "data").glob("*.py"))
BUILT = ("state.", "cause.", "stream.", "late.", "short.", "cadence_", "incident_", "level_", "to_", "refused_")
STATES = {"up", "down", "unknown"}
FRAME = {"title", "subtitle"}
HEADS = {"endpoint", "unit", "state", "meeting", "last_sample", "last_mos", "alarm"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_word_that_a_person_reads_stands_in_a_script(script: Path) -> None:
    assert [text for text in script_literals(script) if is_readable(text)] == []


def test_scripts_and_text_files_agree_on_the_words() -> None:
    named = {word for script in SCRIPTS for word in re.findall(r"\bwords\.(\w+)", script.read_text())}
    written = {section: set(words_in("vi").under(section)) for section in ("page", "data", "quality")}
    assert named <= written["page"] | written["data"] | written["quality"]
    for section in ("data", "quality"):
        used = named | {word for word in written[section] if f"{section}.{word}" in PYTHON or f'"{word}"' in PYTHON}
        left = {word for word in written[section] - used - STATES - HEADS - FRAME if not word.startswith(BUILT)}
        assert left == set(), section


def test_every_state_and_cause_has_its_words() -> None:
    words = words_in("en").under("data")
    assert {name for name in words if name.startswith("state.")} == {
        "state.live", "state.late", "state.silent", "state.closed", "state.never",
    }  # fmt: skip
    assert {"cause.silent", "cause.late", "cause.intake", "cause.halted"} <= words.keys()
    assert {"stream.onestop", "stream.documents", "stream.conference"} <= words.keys()
