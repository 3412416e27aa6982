"""Acts on cases, as the centre's pages put them into the log."""

from datetime import datetime
from itertools import count

from ingest.log.protocol import Entry
from stream.alerts.line import shipped_line
from stream.core.handling import UNTOUCHED
from stream.handling.acting import Kind, Subject, Wanted, act_of, event_of
from stream.handling.times import Times
from tests.building.applying import calendar
from tests.building.moments import local

_numbers = count(1)


def an_act(
    act: Kind, case: str, by: str, seen: int = 0, *, at: datetime | None = None, **told: str | None
) -> Entry:  # fmt: skip
    """Somebody acts on a case of the unit 03980; `told` are what `Wanted` has besides."""
    now = at or local("2026-01-06 09:00")
    wanted = Wanted(act=act, case=case, seen=seen, **told)  # type: ignore[arg-type]  # the names are those of Wanted
    subject = Subject(case, 1, 3980, None, is_open=True, handling=UNTOUCHED)
    made = act_of(wanted, subject, by, now, Times(calendar(), shipped_line()))
    return Entry(*event_of(made, now, f"act-{next(_numbers)}"))
