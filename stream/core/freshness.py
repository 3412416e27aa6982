"""Whether a source reports as it promised: silence counts in working time (handbook 4.3).

Silence at night is normal; silence at nine on a working day is an incident.
"""

from typing import Literal, TypeAlias

SourceState: TypeAlias = Literal["live", "late", "silent", "closed", "never"]
"""live: heard of within its cadence; late: alive, but what it tells lags by more than that; silent: not heard of for
longer; closed: outside working hours, and neither of those; never: it promised, and was not heard of yet."""
