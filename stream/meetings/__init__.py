"""The conferences of one day, as of any moment of it: meetings, the sites that take part, and their lines."""

from stream.meetings.lines import HourOfLine, LineOfToday, read_lines
from stream.meetings.meetings import MeetingOfDay, read_meetings, read_next
from stream.meetings.sites import SiteNow, read_sites

__all__ = [
    "HourOfLine",
    "LineOfToday",
    "MeetingOfDay",
    "SiteNow",
    "read_lines",
    "read_meetings",
    "read_next",
    "read_sites",
]
