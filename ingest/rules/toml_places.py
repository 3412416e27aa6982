"""Where in a TOML file a key stands: the reader of the standard library keeps no lines, people need them."""

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

_TABLE: Final = re.compile(r"\s*\[([A-Za-z0-9_.\- ]+)\]\s*(?:#.*)?")
_ENTRY: Final = re.compile(r"\s*\[\[([A-Za-z0-9_.\- ]+)\]\]\s*(?:#.*)?")
_KEY: Final = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=")

Path: TypeAlias = tuple[str | int, ...]
"""Keys and places in lists: ("decision", 2, "days_on")."""


def lines_of(text: str) -> Mapping[Path, int]:
    """The line, from 1, of each key and table that stands on a line of its own."""
    found: dict[Path, int] = {}
    table: Path = ()
    entries: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if entry := _ENTRY.fullmatch(line):
            name = entry[1].strip()
            table = (name, entries.get(name, 0))
            entries[name] = entries.get(name, 0) + 1
            found[table] = number
        elif header := _TABLE.fullmatch(line):
            table = (header[1].strip(),)
            found[table] = number
        elif key := _KEY.match(line):
            found.setdefault((*table, key[1]), number)
    return found


def place_of(path: Path, lines: Mapping[Path, int]) -> str:
    """`line 12, decision[2].days_on`: the line of the path, or of the nearest thing around it."""
    around = next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)
    name = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
    return ", ".join(part for part in (f"line {around}" if around else "", name) if part) or "the file"
