"""`ioc bench telemetry`, small: a real worker takes what is sent, each sample once, and nothing is left behind."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ioc.bench.lines import Lines
from stream.apply.reading import Measured, read


def test_a_small_run_answers_one_document_and_leaves_nothing(tmp_path: Path) -> None:
    small = ["--rate", "400", "--endpoints", "10", "--per-event", "4", "--beside", "10", "--seconds", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "ioc", "--home", str(tmp_path), "bench", "telemetry", *small, "--warm-up", "0",
         "--reads", "2"],
        capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    kept = told["samples_appended"]
    assert 0 < kept <= 800
    assert [told[name] for name in ("samples_kept", "in_minutes", "in_hours", "in_days")] == [kept] * 4
    assert told["quarantined"] == 0
    assert 0 <= told["appended_to_committed_ms"]["p50"] <= told["appended_to_committed_ms"]["max"] < 60_000
    assert told["day_of_endpoints"] == 200
    assert list((tmp_path / "bench").iterdir()) == []


def test_lines_tell_as_many_samples_as_are_owed_and_none_twice() -> None:
    lines = Lines(endpoints=3, per_event=4)
    now = datetime.now(UTC)
    events = [*lines.told_until(10, now), *lines.told_until(41, now + timedelta(seconds=1))]
    said = [read(event.body) for event in events]
    samples = [
        (each.data.endpoint, sample.at) for each in said if isinstance(each, Measured) for sample in each.data.samples
    ]
    assert len(samples) == len(set(samples)) == 40
    assert len({endpoint for endpoint, _ in samples}) == 3
