"""What can go wrong on the way into the log; each error says whether trying again can help."""


class IngestError(Exception):
    """Something went wrong on the way into the event log."""

    retriable = False


class LogUnavailableError(IngestError):
    """The event log can't be reached just now: nothing was accepted, try again."""

    retriable = True


class PartialAppendError(LogUnavailableError):
    """Some of the entries may be in the log: send all again, duplicates are counted once."""
