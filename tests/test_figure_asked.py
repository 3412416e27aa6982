"""What an address of a passport asks for: a moment that can't be told is refused, and nothing breaks on it."""

from datetime import UTC, datetime

import pytest

from dashboard.figure.asked import Asked, NotUnderstoodError
from stream.kpi.catalogue import load_catalogue

KPI = load_catalogue()["overdue_now"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59-12:00", "1999-12-31T23:59", "yesterday"])
def test_a_moment_far_from_all_that_can_be_told_is_refused(moment: str) -> None:
    with pytest.raises(NotUnderstoodError, match="2026-03-02T14:35"):
        Asked.of(KPI, None, moment, None)
    with pytest.raises(NotUnderstoodError):
        Asked.of(KPI, None, None, moment)


def test_what_was_known_then_was_known_at_the_moment() -> None:
    asked = Asked.of(KPI, "03980", "2026-03-02T14:35", "then")
    assert asked.at == asked.known_at == datetime(2026, 3, 2, 7, 35, tzinfo=UTC)
