"""Samples of the queries about letters: one is void, one prepared, one marked as sent."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from tests.timescale.sample import Sample

_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
_LETTERS = (
    "insert into letter_series values (3979, 2026, 3);"
    " insert into letter (id, case_code, unit, year, number, shown, content, reason, new_date, state, prepared_at,"
    " prepared_by, sent_at, sent_by, void_at, void_by, void_reason) overriding system value values"
    " (1, 'A-1', 3979, 2026, 1, '01/PXL', '{}', 'r', '2026-03-09', 'void', '2026-03-01 07:00Z', 'lan', null, null,"
    " '2026-03-01 07:10Z', 'lan', 'v'),"
    " (2, 'A-1', 3979, 2026, 2, '02/PXL', '{}', 'r', '2026-03-09', 'prepared', '2026-03-01 07:20Z', 'lan', null, null,"
    " null, null, null),"
    " (3, 'A-2', 3979, 2026, 3, '03/PXL', '{}', 'r', '2026-03-09', 'prepared', '2026-03-01 07:30Z', 'lan',"
    " '2026-03-01 07:40Z', 'minh', null, null, null);"
)
_ROWS = "select id, shown, content, state, sent_at, sent_by, void_at, void_by, void_reason from letter"


def _sample(after: str = "", /, **parameters: object) -> Sample:
    return Sample(parameters, before=_LETTERS, after=after, schema="dashboard")


LETTERS: Mapping[str, Sample] = {
    "dashboard/letters/find_shown": _sample(unit=3979, year=2026, shown="02/PXL"),
    "dashboard/letters/lock_letter": _sample(id=2),
    "dashboard/letters/read_letters": _sample(case="A-1"),
    "dashboard/letters/write_claim": _sample(_ROWS, id=2, at=_AT, by="hoa"),
    "dashboard/letters/write_letter": Sample(
        {
            "case": "A-3", "unit": 3979, "year": 2026, "number": 4, "shown": "04/PXL", "content": "{}", "reason": "r",
            "new_date": date(2026, 3, 9), "at": _AT, "by": "lan",
        },
        after="select case_code, number, shown, state from letter", schema="dashboard",
    ),
    "dashboard/letters/write_number": _sample(_ROWS, id=2, shown="145/PXL-UBND", content='{"number": "145"}'),
    "dashboard/letters/write_sent": _sample(_ROWS, id=3),
    "dashboard/letters/write_series": _sample("select * from letter_series", unit=3979, year=2026),
    "dashboard/letters/write_void": _sample(_ROWS, id=2, at=_AT, by="hoa", reason="in hỏng"),
}  # fmt: skip
