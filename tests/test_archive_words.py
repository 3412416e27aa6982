"""The archive's pages: every word stands in the text files, and none of them is forgotten there."""

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.archive.asked import STATES
from dashboard.text import words_in
from stream.snapshot.schedule.reading import shipped_schedules
from tests.test_dashboard_text import is_readable, script_literals

HOUSE = Path(dashboard.__file__).parent
SCRIPTS = sorted((HOUSE / "assets" / "archive").glob("*.js"))
CODE = "\n".join(script.read_text() for script in SCRIPTS)
PYTHON = "\n".join(file.read_text() for file in (HOUSE / "archive").glob("*.py"))
BUILT = ("state.", "delivery.", "channel.", "column.", "origins.", "mark_", "count_", "sent_", "notice_", "length_",
    "filter_", "plot_", "restated_")  # fmt: skip
QUOTED = set(re.findall(r'"(\w+)"', CODE)) | set(re.findall(r'"archive\.(\w+)"', PYTHON))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_word_that_a_person_reads_stands_in_a_script(script: Path) -> None:
    assert [text for text in script_literals(script) if is_readable(text)] == []


def test_scripts_and_text_files_agree_on_the_words() -> None:
    named = set(re.findall(r"\bwords\.(\w+)", CODE))
    written = set(words_in("vi").under("archive"))
    assert named <= written | set(words_in("vi").under("page"))
    reasons = {"run_kind_unknown", "run_period_unknown", "run_another_version"}  # as the server refuses
    left = {word for word in written - named - QUOTED - reasons - {"title", "subtitle"} if not word.startswith(BUILT)}
    assert left == set()


def test_every_state_channel_and_column_has_its_words() -> None:
    words = words_in("vi").under("archive")
    assert {f"state.{state}" for state in STATES} == {word for word in words if word.startswith("state.")}
    assert {f"column.{number}" for number in range(3, 14)} == {word for word in words if word.startswith("column.")}
    for receiver in shipped_schedules().receivers.values():
        assert f"channel.{receiver.channel}" in words


def test_what_is_done_in_the_archive_reads_as_a_sentence_in_the_record() -> None:
    done = set(re.findall(r'"archive\.(\w+)", ', PYTHON)) & {
        "taken", "draft_taken", "receipt_taken", "keys_taken", "draft_asked", "run_asked", "sent_again",
    }  # fmt: skip
    assert len(done) == 7
    assert {f"what_archive_{each}" for each in done} <= words_in("vi").under("accounts").keys()
