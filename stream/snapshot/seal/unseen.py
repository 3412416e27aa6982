"""What a workbook may have beside the cells that are compared: hidden sheets, comments, macros, links elsewhere.

None of it is in what is rendered from a snapshot. So what is there was put there, to show or to do something else.
"""

from collections.abc import Iterator
from typing import Any, Final
from zipfile import ZipFile

_FOREIGN: Final = (
    "vbaproject", "externallinks/", "comments", "persons/", "embeddings/", "activex/", "ctrlprops/", "connections",
    "querytables/", "macrosheets/", "dialogsheets/", "customxml/", "customui/", "media/", "webextensions/",
)  # fmt: skip
"""Parts of a workbook, by what stands in their names."""


def unseen_in(archive: ZipFile, book: Any) -> Iterator[str]:
    """Each such thing, by its part or its place; `book` is the workbook as openpyxl reads it."""
    for name in archive.namelist():
        if any(each in name.lower() for each in _FOREIGN):
            yield name
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            yield f"{sheet.title} ({sheet.sheet_state})"
        for dimensions in (sheet.row_dimensions, sheet.column_dimensions):
            yield from (f"{sheet.title}!{place} (hidden)" for place, each in dimensions.items() if each.hidden)
