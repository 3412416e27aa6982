"""Schedules for tests, written as a centre writes them."""

from typing import Final

from stream.snapshot.schedule.reading import read_schedules
from stream.snapshot.schedule.schedule import Schedule

EVERY_PERIOD: Final = {
    "day": 'days = "every"', "month": "days_after = 1", "quarter": "days_after = 3", "half_year": "days_after = 1",
    "nine_months": "days_after = 20", "year": "days_after = 45",
}  # fmt: skip


def written(period: str = "day", *keys: str) -> str:
    """The table of a schedule `mine`, with more keys."""
    calendar = [] if period == "day" else ['calendar = "statutory"']
    return "\n".join(
        [
            "[schedule.mine]",
            'title = { vi = "Của tôi", en = "Mine" }',
            f'period = "{period}"',
            *calendar,
            'late_sources = "partial"' if not any("late_sources" in key for key in keys) else "",
            'basis = { text = "thử", certainty = "C" }',
            'at = "08:00"' if not any(key.startswith("at ") for key in keys) else "",
            *keys,
        ]
    )


def a_schedule(period: str = "day", *keys: str) -> Schedule:
    """A schedule of a period; `keys` are lines of its table."""
    return read_schedules("mine.toml", written(period, *keys))["mine"]
