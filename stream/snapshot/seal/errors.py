"""What can go wrong with a seal; each error is a sentence."""

from stream.errors import StreamError


class SealError(StreamError):
    """This can't be sealed, or a key can't be used."""


class SealRaceError(SealError):
    """Another one sealed of the same kind meanwhile: the whole transaction is to be tried again."""

    retriable = True


class NotSealedError(SealError):
    """There is no such seal."""


class ManifestError(SealError):
    """This is no manifest of a snapshot; `args[0]` says why."""


class KeyFileError(SealError):
    """This is no key, or no list of keys, of the kind that is needed."""


class PackageError(SealError):
    """This is no package of a snapshot as it was packed; `where` is the file in it that is wrong, if one is."""

    def __init__(self, what: str, where: str | None = None) -> None:
        super().__init__(what)
        self.where = where
