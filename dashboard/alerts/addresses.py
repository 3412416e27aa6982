"""Where what an alert is about is seen: the queue, the cases behind a figure, its passport, the data page."""

from typing import Final
from urllib.parse import urlencode

from stream.alerts.judging import AREA

_STATES: Final = {"overdue": "overdue", "paused": "paused", "unanswered": "escalated"}


def address_of(kind: str, about: str, subject: str) -> str:
    """The address, from the root of the dashboard on. `kind` and `about` are those of the rule."""
    of_unit = {} if subject == AREA else {"unit": subject}
    match kind:
        case "cases" if about == "letter_owed":  # those that have ended owe one too: they stand in no queue
            return "/ops/behind/apologies_due" + (f"?{urlencode(of_unit)}" if of_unit else "")
        case "cases":
            return f"/ops/?{urlencode({**of_unit, 'state': _STATES.get(about, about)})}"
        case "kpi":
            return f"/kpi/{about}" + (f"?{urlencode(of_unit)}" if of_unit else "")
        case _:
            return "/data/"
