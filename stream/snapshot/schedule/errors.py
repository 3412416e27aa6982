"""What can be wrong with schedules and slots, each in a sentence that says what to do."""

from stream.errors import StreamError


class ScheduleError(StreamError):
    """The schedules can't be used; the sentence names file, table and key."""


class NotDueError(StreamError):
    """A snapshot of this period can't be made by hand yet: its slot has not come."""


class UnknownScheduleError(StreamError):
    """No schedule has this id."""


class BlankSnapshotError(StreamError):
    """Nothing is known of what the snapshot is about: it is not sent as if that were a figure."""


class LostVersionError(StreamError):
    """The version that this one takes the place of is not sealed."""
