"""Whether forms II.06a add up (handbook 3.5): identities of each row, and the rows to subtotals and total."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from stream.snapshot.content.document import FormFacts, FormRow
from stream.snapshot.seal.findings import Finding, found
from stream.snapshot.seal.manifest import JSON

IDENTITIES: Final = ((3, (4, 5, 6)), (7, (8, 9, 10)), (11, (12, 13)), (3, (7, 11)))
"""A column, and the columns whose sum it is."""
_FIRST_COLUMN: Final = 3
_COLUMNS: Final = 11


def check_forms(forms: Sequence[FormFacts]) -> Iterator[Finding]:
    """What does not add up, or a note that all of it does."""
    wrong = [each for form in forms for each in _of_form(form)]
    yield from wrong
    if forms and not wrong:
        yield found("form.good", JSON, forms=len(forms), rows=sum(len(form.rows) for form in forms))


def _of_form(form: FormFacts) -> Iterator[Finding]:
    where = f"{JSON} form/{form.unit or 'area'}"
    rows = [
        *((f"{row.level_name}, {row.field_name or row.field}", row.cells) for row in form.rows),
        *((row.level_name, row.cells) for row in form.levels),
        ("Tổng số", form.total),
    ]
    for name, cells in rows:
        yield from _of_row(where, name, cells)
    for level in form.levels:
        within = [row for row in form.rows if row.level == level.level]
        yield from _same(where, level.level_name, level.cells, within)
    yield from _same(where, "Tổng số", form.total, form.rows)


def _of_row(where: str, name: str, cells: Sequence[int]) -> Iterator[Finding]:
    if len(cells) != _COLUMNS:
        rule = f"{_COLUMNS} columns"
        yield found("form.identity", where, row=name, rule=rule, left=_COLUMNS, right=len(cells))
        return
    for column, parts in IDENTITIES:
        left, right = cells[column - _FIRST_COLUMN], sum(cells[part - _FIRST_COLUMN] for part in parts)
        if left != right:
            rule = f"{column} = {'+'.join(map(str, parts))}"
            yield found("form.identity", where, row=name, rule=rule, left=left, right=right)


def _same(where: str, name: str, total: Sequence[int], rows: Iterable[FormRow]) -> Iterator[Finding]:
    columns = [row.cells for row in rows]
    for place, n in enumerate(total):
        added = sum(cells[place] for cells in columns if place < len(cells))
        if added != n:
            rule = f"{_FIRST_COLUMN + place} = Σ"
            yield found("form.identity", where, row=name, rule=rule, left=n, right=added)
