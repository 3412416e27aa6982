"""What can go wrong with what a snapshot says."""

from stream.errors import StreamError


class SnapshotError(StreamError):
    """This can't be told, or is no snapshot."""


class NotCanonicalError(SnapshotError):
    """These bytes are no snapshot as it is written: another form of it, or none at all."""
