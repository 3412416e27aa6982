"""What can go wrong on the way into the log; each error says whether trying again can help."""


class IngestError(Exception):
    """Something went wrong on the way into the event log."""

    retriable = False


class LogUnavailableError(IngestError):
    """The event log can't be reached just now: nothing was accepted, try again."""

    retriable = True


class PartialAppendError(LogUnavailableError):
    """Some of the entries may be in the log: send all again, duplicates are counted once."""


class LogLayoutError(IngestError):
    """The log exists in another shape than asked for: other partitions, or no tables. Retrying can't help."""


class PositionLostError(IngestError):
    """A position to read from is not in the log: the log was replaced, cut or restored from an old copy."""


class RegisterUnavailableError(IngestError):
    """The register of sources, or of taken files, can't be reached just now: try again."""

    retriable = True


class RegistrationError(IngestError):
    """A source can't be registered like this; the sentence says why."""


class UnreadableFileError(IngestError):
    """A file to take in can't be read, or is not what its kind says."""
