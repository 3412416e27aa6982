"""What figures that differ are called, in both languages; the place is told beside it."""

from collections.abc import Mapping
from typing import Final

from stream.kpi.definition import Bilingual
from stream.report.ii06a import NO_FIELD
from stream.report.wording import COLUMN_NAMES, TOTAL, group_of
from stream.snapshot.content.document import FormRow, ScoreFacts

_LONGEST: Final = 200
"""Of a field's name, which sources write as they like."""
_LEVELS_EN: Final[Mapping[str, str]] = {
    "province": "province level",
    "district": "district level",
    "commune": "commune level",
    "unknown": "level not known",
}
_COLUMNS_EN: Final[Mapping[int, str]] = {
    3: "received, in all",
    4: "received online",
    5: "received directly or by post",
    6: "carried over",
    7: "settled, in all",
    8: "settled before the due date",
    9: "settled on the due date",
    10: "settled overdue",
    11: "being handled, in all",
    12: "being handled in time",
    13: "being handled overdue",
}


def row_title(row: FormRow, column: int) -> Bilingual:
    """A cell of a row of form II.06a."""
    name = (row.field_name or row.field or "")[:_LONGEST]
    level = _LEVELS_EN.get(row.level, row.level)
    return _cell(f"{row.level_name}, {name or NO_FIELD}", f"{level}, {name or 'field not known'}", column)


def subtotal_title(row: FormRow, column: int) -> Bilingual:
    """A cell of the subtotal of a level."""
    level = _LEVELS_EN.get(row.level, row.level)
    return _cell(f"cộng {row.level_name[:1].lower()}{row.level_name[1:]}", f"{level}, subtotal", column)


def total_title(column: int) -> Bilingual:
    """A cell of the last row."""
    return _cell(TOTAL.lower(), "total", column)


def score_title(score: ScoreFacts) -> Bilingual:
    """Points of the index."""
    return Bilingual(f"Chỉ số phục vụ: {score.title.vi}", f"Service-quality index: {score.title.en}")


def _cell(where_vi: str, where_en: str, column: int) -> Bilingual:
    what = f"{group_of(column).lower()}, {COLUMN_NAMES[column].lower()}"
    return Bilingual(
        f"Biểu II.06a, {where_vi}: cột ({column}) {what}",
        f"Form II.06a, {where_en}: column ({column}) {_COLUMNS_EN[column]}",
    )
