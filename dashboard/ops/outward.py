"""What the pages do beyond the database: handed in by `ioc`."""

from dataclasses import dataclass, field

from dashboard.data.operators import Operators
from dashboard.ops.log import Tell
from stream.alerts.line import Line, shipped_line


@dataclass(frozen=True, slots=True)
class Outward:
    """The ways into the event log, and the line that escalations go along.

    Without `tell` nothing can be done about a case, without `operators` no record in quarantine is sent again.
    """

    tell: Tell | None = None
    operators: Operators | None = None
    line: Line = field(default_factory=shipped_line)
