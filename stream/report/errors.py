"""What can go wrong with a report; each error is the sentence its reader sees."""

from collections.abc import Sequence

from stream.errors import StreamError


class ReportError(StreamError):
    """A report that was asked for can't be made; the sentence says what to ask instead."""


class BrokenFormError(ReportError):
    """The form breaks its own identities: a fault of the ledger, so that nothing of it may be shown."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(f"form II.06a does not add up, so it is not shown: {'; '.join(faults)}")
        self.faults = tuple(faults)
