"""What the pages do beyond the database: handed in by `ioc`."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dashboard.data.operators import Operators
from dashboard.ops.log import Tell
from stream.alerts.line import Line, shipped_line
from stream.snapshot.schedule.reading import shipped_schedules
from stream.snapshot.schedule.schedule import Schedules


@dataclass(frozen=True, slots=True)
class Outward:
    """The ways into the event log, the line that escalations go along, and the schedules of snapshots.

    `schedules_problem` says what is wrong with the centre's own file of them. Without `tell` nothing can be done about
    a case, without `operators` no record in quarantine is sent again.
    """

    tell: Tell | None = None
    operators: Operators | None = None
    line: Line = field(default_factory=shipped_line)
    schedules: Callable[[], Schedules] = shipped_schedules
    schedules_problem: Callable[[], str | None] = field(default=lambda: None)
