"""Names of sheets as Excel allows them: at most 31 characters, some never, no two alike but for capitals."""

import re
from typing import Final
from unicodedata import normalize

LONGEST: Final = 31
_NEVER: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]+")


class SheetNames:
    """The names of a workbook's sheets that are taken."""

    def __init__(self) -> None:
        self._taken = {"history"}  # Excel keeps this one for itself

    def take(self, wanted: str) -> str:
        """The name as wanted, as near as Excel allows."""
        clean = _NEVER.sub("-", normalize("NFC", wanted)).strip(" '") or "Trang"
        name, n = _shortened(clean), 1
        while name.lower() in self._taken:
            n += 1
            name = f"{_cut(clean, LONGEST - len(f' ({n})'))} ({n})"
        self._taken.add(name.lower())
        return name


def _shortened(text: str) -> str:
    """A text that is too long ends after a word, with an ellipsis."""
    if _cut(text, LONGEST) == text:
        return text
    words = _cut(text, LONGEST).rpartition(" ")[0]
    return f"{words}…" if words else _cut(text, LONGEST)


def _cut(text: str, length: int) -> str:
    """At most so many characters, as Excel counts them (UTF-16)."""
    while len(text.encode("utf-16-le")) > 2 * length:
        text = text[:-1]
    return text.strip(" '")
