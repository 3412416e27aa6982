"""A sample of a named query: parameters to try it with, and where needed what to look at afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

LATE = datetime(2026, 4, 1, tzinfo=UTC)
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
UNITS = [3979, 3980, 3982]
RULES = (
    "insert into rule (kind, version, digest, content) values ('procedures', '2026-1', 'aa', '{}'),"
    " ('procedures', '2026-2', 'bb', '{}'), ('calendar', 'office-2', 'cc', '{}');"
    " insert into part_rule (part, pos, known_at, rule_id)"
    " select 1, 90 + id, timestamptz '2026-01-01' + id * interval '10 days', id from rule"
)


@dataclass(frozen=True)
class Sample:
    """`before` runs first, in the same transaction; `after` is a query whose rows are compared too.

    `schema` is where names resolve. Everything is rolled back afterwards.
    """

    parameters: Mapping[str, Any] = field(default_factory=dict)
    before: str = ""
    after: str = ""
    schema: str = "stream"
