"""The three renderings of a snapshot under the names that they have in its package."""

from collections.abc import Mapping
from typing import Final

from stream.snapshot.content.canonical import canonical, read
from stream.snapshot.content.document import Snapshot
from stream.snapshot.render.pdf.drawing import pdf_of
from stream.snapshot.render.workbook.document import workbook_of

JSON_NAME: Final = "snapshot.json"
WORKBOOK_NAME: Final = "snapshot.xlsx"
PDF_NAME: Final = "snapshot.pdf"


def render(snapshot: Snapshot) -> Mapping[str, bytes]:
    """The files by name: the same object gives the same bytes, and so does what is read from its canonical JSON.

    The workbook and the PDF are made of that: in an object as computed a number may be 100.0 that JSON says as 100.
    Raises `SnapshotError` for an object that canonical JSON can't say, `NoPdfError` where the machine has no Pango.
    """
    body = canonical(snapshot)
    same = read(body)
    return {JSON_NAME: body, WORKBOOK_NAME: workbook_of(same), PDF_NAME: pdf_of(same)}
