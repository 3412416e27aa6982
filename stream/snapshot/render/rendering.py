"""The three renderings of a snapshot under the names that they have in its package."""

from collections.abc import Mapping
from typing import Final

from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.document import Snapshot
from stream.snapshot.render.pdf.drawing import pdf_of
from stream.snapshot.render.workbook.document import workbook_of

JSON_NAME: Final = "snapshot.json"
WORKBOOK_NAME: Final = "snapshot.xlsx"
PDF_NAME: Final = "snapshot.pdf"


def render(snapshot: Snapshot) -> Mapping[str, bytes]:
    """The files by name: the same object gives the same bytes.

    Raises `SnapshotError` for an object that canonical JSON can't say, `NoPdfError` where the machine has no Pango.
    """
    return {JSON_NAME: canonical(snapshot), WORKBOOK_NAME: workbook_of(snapshot), PDF_NAME: pdf_of(snapshot)}
