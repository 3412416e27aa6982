"""The scripts of the case page, the drill-down and the acts have every word they name; no word is left over."""

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.text import words_in

HOUSE = Path(dashboard.__file__).parent
SCRIPTS = HOUSE / "assets" / "ops"
BUILT = {
    "case": r"(did|act|pause|legend|kind|due_at|row_due|life_begun|life_due|row)_\w+|days|hours|minutes",
    "acts": r"(title|about|send|text|to_of|missing|first|refused)_\w+",
    "behind": r"(part|sum|made)_\w+",
}
"""Words whose names a script puts together."""


@pytest.mark.parametrize("table", BUILT)
def test_every_word_that_is_named_is_written_and_no_other(table: str) -> None:
    written = words_in("vi").under(table).keys()
    shared = words_in("vi").under("page").keys()
    code = "\n".join(script.read_text() for script in sorted(SCRIPTS.glob(f"{table}*.js")))
    python = "\n".join(page.read_text() for page in sorted((HOUSE / "ops").glob(f"{table}*.py")))
    named = set(re.findall(r"\bwords\.(\w+)", code))
    assert named - written - shared == set()
    quoted = set(re.findall(r'"(\w+)"', code + python)) | set(re.findall(rf"\b{table}\.(\w+)", python))
    # the head of every page is written by dashboard.data.page, how values are written by the passport's scripts
    kept = {"title", "subtitle", "minutes_short", "points"}
    unused = {name for name in written - named - quoted - kept if not re.fullmatch(BUILT[table], name)}
    assert unused == set()
