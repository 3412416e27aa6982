"""Samples of the queries about saved views: one person has two of them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from tests.timescale.sample import Sample

_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
_VIEWS = (
    "insert into account (id, login, name, role, everywhere, created_at, created_by) overriding system value values"
    " (901, 'lan', 'Lan', 'operator', true, '2026-03-01Z', 'x');"
    " insert into saved_view (id, account_id, name, query, first, saved_at) overriding system value values"
    " (1, 901, 'Gấp', 'state=overdue', true, '2026-03-01Z'), (2, 901, 'Thư', 'state=owed', false, '2026-03-01Z');"
)
_ROWS = "select account_id, name, query, first from saved_view"


def _sample(after: str = "", /, **parameters: object) -> Sample:
    return Sample(parameters, before=_VIEWS, after=after, schema="dashboard")


VIEWS: Mapping[str, Sample] = {
    "dashboard/ops/read_views": _sample(account=901),
    "dashboard/ops/lock_views": _sample(account=901),
    "dashboard/ops/forget_first_view": _sample(_ROWS, account=901),
    "dashboard/ops/write_view": _sample(
        _ROWS, account=901, name="GẤP", query="state=due_soon", first=False, at=_AT, most=2
    ),
    "dashboard/ops/delete_view": _sample(_ROWS, account=901, id=1),
}
