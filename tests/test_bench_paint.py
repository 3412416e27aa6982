"""`ioc bench paint`, small: real servers, a real browser, every event matched."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ioc.tools import CHROMIUM


@pytest.mark.browser
def test_a_small_run_answers_one_document_and_leaves_nothing(tmp_path: Path) -> None:
    if CHROMIUM.path is None:
        assert os.environ.get("CI") != "true", CHROMIUM.advice
        pytest.skip(CHROMIUM.advice)
    small = [
        "--displays",
        "3",
        "--scenes",
        "all",
        "--rate",
        "50",
        "--seconds",
        "1",
        "--warm-up",
        "0",
        "--history",
        "1000",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "ioc", "--home", str(tmp_path), "bench", "paint", *small],
        capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["displays"] == {"browser_pages": 1, "streams_without_browser": 2}
    assert told["scenes"][0] == "overview"
    assert told["frames_per_stream"] >= told["boards_painted_per_second"]
    assert told["events"] == 50
    assert 0 < told["due_to_painted_ms"]["p50"] <= told["due_to_painted_ms"]["max"]
    assert told["accepted_to_received_by_streams_ms"]["max"] > 0
    assert told["boards_painted_per_second"] > 0
    assert list((tmp_path / "bench").iterdir()) == []
