"""An incident: one cause for which figures are not up to date, from its beginning until all was well for a while."""

from dataclasses import dataclass
from datetime import datetime

from stream.core.incidents import Cause


@dataclass(frozen=True, slots=True)
class Incident:
    """`source` is None where the cause is not one source. All moments are aware.

    `began_at` is when it began, `seen_at` when the centre saw it, `recovered_at` since when all has been well
    (None while it is not), `closed_at` when it had been well for long enough; closed without having recovered, it was
    taken up by the incident of the way in. `flaps` counts how often it was well and fell ill again before that.
    """

    cause: Cause
    source: str | None
    began_at: datetime
    seen_at: datetime
    recovered_at: datetime | None = None
    closed_at: datetime | None = None
    flaps: int = 0
