"""The tables of docs/access.md, as tests read them."""

from functools import cache
from pathlib import Path

_DOCS = Path(__file__).parent.parent.parent / "docs" / "access.md"


@cache
def matrix() -> dict[str, dict[str, str]]:
    """By need, then by who asks: yes, no or own."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in _DOCS.read_text().splitlines() if line.startswith("|")
    ]  # fmt: skip
    start = next(number for number, row in enumerate(rows) if row[0] == "need")
    names = rows[start][1:]
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows[start + 2 :] if len(row) == len(names) + 1}


@cache
def roles() -> dict[str, set[str]]:
    """What each role may, as the first table says."""
    found = [line.split("|")[1:3] for line in _DOCS.read_text().splitlines() if line.startswith("| `")]
    return {name.split("`")[1]: {each.strip() for each in may.split(",")} for name, may in found}
