import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def again(folder: Path, tests: str, failed: list[str]) -> "subprocess.CompletedProcess[str]":
    """What `python -m tests.again` says in a folder with these tests, of which those failed before."""
    (folder / "test_some.py").write_text(tests)
    kept = folder / ".pytest_cache/v/cache"
    kept.mkdir(parents=True)
    (kept / "lastfailed").write_text(json.dumps(dict.fromkeys(failed, True)))
    command = [sys.executable, str(ROOT / "tests/again.py")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_what_passes_the_second_time_is_let_through_and_named(tmp_path: Path) -> None:
    said = again(tmp_path, "def test_one() -> None:\n    pass\n", ["test_some.py::test_one"])
    assert said.returncode == 0
    assert "FAILED AT FIRST" in said.stderr
    assert said.stderr.rstrip().endswith("look for the cause:\n  test_some.py::test_one")


def test_what_fails_twice_has_failed(tmp_path: Path) -> None:
    said = again(tmp_path, "def test_one() -> None:\n    assert False\n", ["test_some.py::test_one"])
    assert said.returncode == 1
    assert "failed twice" in said.stderr


def test_many_failures_and_modules_that_do_not_load_are_no_accident(tmp_path: Path) -> None:
    tests = "".join(f"def test_{n}() -> None:\n    pass\n" for n in range(6))
    many = again(tmp_path, tests, [f"test_some.py::test_{n}" for n in range(6)])
    assert (many.returncode, many.stdout) == (1, "")
    (other := tmp_path / "other").mkdir()
    assert again(other, "", ["test_some.py"]).returncode == 1


def test_a_run_that_ended_without_a_record_is_a_failure(tmp_path: Path) -> None:
    said = subprocess.run([sys.executable, str(ROOT / "tests/again.py")], cwd=tmp_path, check=False)
    assert said.returncode == 1
