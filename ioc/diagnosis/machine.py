"""The machine: its disk, and the programs that parts of the product use."""

import shutil
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path
from typing import Final

from ioc.diagnosis.finding import Finding
from ioc.tools import TOOLS

_LITTLE = 2_000_000_000  # bytes; below it PostgreSQL may stop in the middle of a busy day


def look_at_disk(home: Path) -> Finding:
    """How much room there is for the home."""
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    usage = shutil.disk_usage(existing)
    what = f"{usage.free / 1e9:.1f} GB free of {usage.total / 1e9:.1f} GB at {existing}"
    facts = {"free_bytes": usage.free, "total_bytes": usage.total}
    if usage.free < _LITTLE:
        return Finding("disk", "broken", what, "make room, or move the home to a larger disk", facts)
    return Finding("disk", "ok", what, facts=facts)


_DRAWS_LETTERS: Final = ("pango-1.0", "pangoft2-1.0")


def look_at_tools() -> Iterator[Finding]:
    """Java, Maven, Chromium, Node, and the library that lays out letters."""
    for tool in TOOLS:
        path = tool.path
        name = tool.names[0]
        if path is None:
            yield Finding(name, "absent", f"needed for {tool.needed_for}", f"apt-get install {' '.join(tool.packages)}")
        else:
            yield Finding(name, "ok", path, facts={"path": path})
    yield _look_at_pango()


def _look_at_pango() -> Finding:
    missing = [name for name in _DRAWS_LETTERS if find_library(name) is None]
    if missing:
        install = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        return Finding("pango", "absent", "needed for letters as PDF: without it they are to be had for Word", install)
    return Finding("pango", "ok", "lays out letters as PDF")
