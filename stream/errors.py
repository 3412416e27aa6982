"""What can go wrong between the log and a figure; each error says whether trying again can help."""


class StreamError(Exception):
    """Something went wrong between the event log and a figure."""

    retriable = False


class MigrationError(StreamError):
    """A migration that was applied has been changed, or the database is newer than this program."""


class FencedError(StreamError):
    """Another worker has the partition now: this one's batch was not written, and must not be."""

    retriable = True


class LogGapError(StreamError):
    """Positions of the event log are missing: records were lost below us, and nothing may be counted past them."""


class MeaningError(StreamError):
    """The ledger was posted by another meaning of the events than this program's."""

    def __init__(self, posted: str, ours: str) -> None:
        super().__init__(
            f"the ledger was posted by meaning {posted} of the events, this program has meaning {ours}:"
            " stop the workers and run `ioc stream rebuild --replace`"
        )
