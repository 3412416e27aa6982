"""Large tables are read as streams: what a real process takes of memory stays far below 300 MB.

`IOC_LARGE_FILES=1` asks for 200,000 rows; every run asks for 5,000.
"""

import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.building.sheets import HEADS, SMALL

ROWS = 200_000 if os.environ.get("IOC_LARGE_FILES") else 5_000
MOST = 150 if ROWS == 200_000 else 100  # MB
_FIRST = datetime(2024, 1, 2, 8, 0)  # noqa: DTZ001 - as people write it
_CHILD = """
import pathlib, sys
from ioc.__main__ import cli
cli(["ingest", "check", "spreadsheet", sys.argv[1], "--mapping", sys.argv[2], "--rows", "0", "--format", "json"],
    standalone_mode=False)
status = dict(line.split(":", 1) for line in pathlib.Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) // 1024, file=sys.stderr)
"""


def cells(number: int) -> list[str]:
    received = _FIRST + timedelta(minutes=number)
    ended = received + timedelta(days=3)
    dates = [f"{received:%d/%m/%Y %H:%M}", f"{received + timedelta(days=5):%d/%m/%Y %H:%M}", f"{ended:%d/%m/%Y %H:%M}"]
    return [f"H52.17.18-{received:%y%m%d}-{number:06}", "1.005129", "G01-HT", "H52.17.18", "Đã trả kết quả", *dates,
            f"Người Thứ {number}"]  # fmt: skip


def write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(";".join(row) + "\r\n" for row in [[*HEADS, "Chủ hồ sơ"], *map(cells, range(ROWS))])


def write_workbook(path: Path) -> None:
    """As Excel writes it: every text once, in a part of its own."""
    texts: dict[str, int] = {}
    relation = '<Relationship Id="{0}" Type="http://x/{1}" Target="{2}"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b"<worksheet><sheetData>")
            for number in range(ROWS + 1):
                row = [*HEADS, "Chủ hồ sơ"] if number == 0 else cells(number)
                numbers = [texts.setdefault(text, len(texts)) for text in row]
                inner = "".join(
                    f'<c r="{chr(65 + at)}{number + 1}" t="s"><v>{each}</v></c>' for at, each in enumerate(numbers)
                )
                part.write(f'<row r="{number + 1}">{inner}</row>'.encode())
            part.write(b"</sheetData></worksheet>")
        archive.writestr("xl/sharedStrings.xml", f"<sst>{''.join(f'<si><t>{text}</t></si>' for text in texts)}</sst>")
        archive.writestr(
            "xl/workbook.xml", '<workbook><sheets><sheet name="a" r:id="r1" xmlns:r="r"/></sheets></workbook>'
        )
        related = relation.format("r1", "worksheet", "worksheets/sheet1.xml") + relation.format(
            "r2", "sharedStrings", "sharedStrings.xml"
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{related}</Relationships>")


@pytest.mark.parametrize("name", ["large.csv", "large.xlsx"])
def test_a_table_of_any_length_takes_little_memory(tmp_path: Path, name: str) -> None:
    path, mapping = tmp_path / name, tmp_path / "m.toml"
    (write_csv if name.endswith(".csv") else write_workbook)(path)
    mapping.write_text(SMALL, encoding="utf-8")
    command = [sys.executable, "-c", _CHILD, str(path), str(mapping)]
    called = subprocess.run(command, capture_output=True, text=True, check=False, timeout=280)
    assert called.returncode == 0, called.stderr
    (told,) = json.loads(called.stdout)["files"]
    assert (told["understood"], told["refused"]) == (ROWS, 0)
    assert int(called.stderr) < MOST
