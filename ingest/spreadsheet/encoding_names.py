"""The encodings that a mapping may name, with Python's names for them."""

from typing import Final

ENCODINGS: Final = {
    "utf-8": "utf-8-sig", "utf-16": "utf-16", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
    "windows-1258": "cp1258", "windows-1252": "cp1252",
}  # fmt: skip
