"""A restatement and the cases of a cell as JSON documents. Keys are a contract."""

from collections.abc import Sequence

from stream.report.asked import Asked
from stream.report.cases import Cell, CellCase
from stream.report.changes import Change, Posting, Restatement
from stream.report.document import asked_document, form_document
from stream.report.ii06a import LEVEL_CODES, Field
from stream.report.wording import LOCAL


def restatement_document(restated: Restatement) -> dict[str, object]:
    """Both forms, the cells that differ with what each case changed, and what became known of these cases."""
    return {
        **asked_document(restated.asked),
        "known_from": restated.known_from.astimezone(LOCAL).isoformat(),
        "known_to": restated.known_to.astimezone(LOCAL).isoformat(),
        "then": form_document(restated.then),
        "now": form_document(restated.now),
        "changes": [_change(change) for change in restated.changes],
        "cases": {
            code: [_posting(posting) for posting in postings] for code, postings in sorted(restated.postings.items())
        },
    }


def cases_document(asked: Asked, cell: Cell, field: Field | None, cases: Sequence[CellCase]) -> dict[str, object]:
    """The cases of a cell, and how many there are."""
    return {
        **asked_document(asked),
        "cell": _place(cell, field),
        "number": len(cases),
        "cases": [
            {
                "code": case.code,
                "level": LEVEL_CODES[case.level],
                "field": case.field.code,
                "field_name": case.field.title,
            }
            for case in cases
        ],
    }


def _change(change: Change) -> dict[str, object]:
    return {
        **_place(change.cell, change.field),
        "then": change.then,
        "now": change.now,
        "change": change.now - change.then,
        "cases": dict(change.cases),
    }


def _place(cell: Cell, field: Field | None) -> dict[str, object]:
    """Where a cell is: level and field are null in the total, the field in a subtotal."""
    return {
        "column": cell.column,
        "level": None if cell.level is None else LEVEL_CODES[cell.level],
        "field": None if field is None else field.code,
        "field_name": None if field is None else field.title,
    }


def _posting(posting: Posting) -> dict[str, object]:
    return {
        "known_at": posting.known_at.astimezone(LOCAL).isoformat(),
        "at": posting.at.astimezone(LOCAL).isoformat(),
        "measure": posting.measure.name.lower(),
        "n": posting.n,
    }
