"""`ioc bench queue`, small: the queue of the whole product measured over HTTP, and one document."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from ingest.contracts.envelope import decode_envelope
from ioc.bench.queue_asking import queries
from ioc.bench.queue_cases import moving, open_cases

NOW = datetime(2026, 3, 5, 3, tzinfo=UTC)


def test_the_same_pages_are_asked_for_every_time() -> None:
    asked = list(queries(200, 50_000))
    assert asked == list(queries(200, 50_000))
    assert len(set(asked)) > 150
    assert {part.split("=")[0] for query in asked for part in query.split("&")} >= {"sort", "dir", "q", "unit", "start"}


def test_every_event_is_another_one() -> None:
    entries = [*open_cases(50, NOW), *moving(500, NOW, 0), *moving(500, NOW, 1_000)]
    names = [decode_envelope(entry.body).id for entry in entries]
    assert len(set(names)) == len(names)


def test_a_small_run_answers_one_document_and_leaves_nothing(tmp_path: Path) -> None:
    small = ["--open", "300", "--history", "1000", "--requests", "20", "--rate", "100", "--seconds", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "ioc", "--home", str(tmp_path), "bench", "queue", *small],
        capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rows"] >= 300
    assert told["events"] > 1_000
    for name in ("quiet", "busy"):
        assert 0 < told[name]["ms"]["p50"] <= told[name]["ms"]["p95"]
        assert (told[name]["acts"], told[name]["unseen"]) == (50, 0)
        assert told[name]["seen_elsewhere_ms"]["p50"] > 0
    assert told["busy"]["rows_changed"] > 0
    assert told["busy"]["follow_ms"]["p95"] > 0
    assert list((tmp_path / "bench").iterdir()) == []
