"""The workbook of a snapshot, sheet by sheet."""

from stream.snapshot.content.document import Snapshot
from stream.snapshot.render.workbook.cover import SHEET, write_cover
from stream.snapshot.render.workbook.cut import write_cut
from stream.snapshot.render.workbook.definitions import write_definitions
from stream.snapshot.render.workbook.forms import write_forms
from stream.snapshot.render.workbook.index import write_index
from stream.snapshot.render.workbook.kpis import write_kpis
from stream.snapshot.render.workbook.restated import write_restated
from stream.snapshot.render.workbook.series import write_series
from stream.snapshot.render.workbook.standing import write_standing
from stream.snapshot.render.workbook.writing import Writing


def workbook_of(snapshot: Snapshot) -> bytes:
    """The workbook (XLSX). The same snapshot gives the same bytes.

    What it says stands in the snapshot; sums, identities and fractions are formulas, with the value that was sealed
    beside each, and cells that say whether the two agree.
    """
    writing = Writing(snapshot)
    cover = writing.cover(SHEET)
    if snapshot.restates is not None:
        write_restated(writing, snapshot.restates)
    write_forms(writing)
    write_kpis(writing)
    write_index(writing)
    write_series(writing)
    write_standing(writing)
    write_definitions(writing)
    write_cut(writing)
    write_cover(writing, cover)
    return writing.book.done()
