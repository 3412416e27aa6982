"""Files of conference systems, as `ioc ingest check` reads them: what the vendor's pack shows is understood."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.servers.home import ioc

EXAMPLES = files("ingest.pack") / "examples"


def check(kind: str, path: object, *options: str) -> tuple[int, Any]:
    checked = ioc("ingest", "check", kind, str(path), "--format", "json", *options)
    return checked.returncode, json.loads(checked.stdout)


@pytest.mark.parametrize(
    ("kind", "example", "cases"),
    [
        ("bigbluebutton", "bigbluebutton.txt", ["meeting/giao-ban@2026-07-22"] * 2),
        ("jitsi", "colibri.json", ["endpoint/bridge"]),
        ("call-records", "call_records.csv", ["meeting/giao-ban@2026-07-22"]),
    ],
)
def test_the_examples_of_the_pack_are_understood(kind: str, example: str, cases: list[str]) -> None:
    status, told = check(kind, EXAMPLES / example)
    assert status == 0, told
    assert [record["case"] for record in told["files"][0]["records"]] == cases


def test_posts_one_a_line_and_a_layout_of_ones_own_are_read(tmp_path: Path) -> None:
    lines = tmp_path / "posts.jsonl"
    post = (EXAMPLES / "bigbluebutton.txt").read_bytes().rstrip()
    lines.write_bytes(post + b"\n" + post + b"\n")
    assert check("bigbluebutton", lines)[0] == 0
    table, layout = tmp_path / "list.csv", tmp_path / "mine.toml"
    table.write_text("giao-ban|2026-07-22 08:00\ntap-huan|tomorrow\n", encoding="utf-8")
    layout.write_text(
        'name = "mine"\nabout = "x"\nsource = "x"\ncertainty = "C"\nhead = false\ndelimiter = "|"\n'
        'moments = ["yyyy-MM-dd HH:mm"]\n[columns]\nroom = 1\nscheduled_at = 2\n',
        encoding="utf-8",
    )
    status, told = check("call-records", table, "--mapping", str(layout))
    assert status == 1
    assert "B2 (scheduled_at)" in json.dumps(told)
