"""Which build of the pages this process serves: displays load themselves again when it changes."""

import hashlib
from functools import cache
from pathlib import Path

_HOUSE = Path(__file__).parent


@cache
def build_of_pages() -> str:
    """A digest of everything that pages are made of: layout, words, scripts, styles."""
    digest = hashlib.sha256()
    for file in sorted(path for path in _HOUSE.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(file.relative_to(_HOUSE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
