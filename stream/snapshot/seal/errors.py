"""What can go wrong with a seal; each error is a sentence."""

from typing import Any

from stream.errors import StreamError
from stream.snapshot.seal.wording import words


class SealError(StreamError):
    """This can't be sealed, or a key can't be used."""


class SealRaceError(SealError):
    """Another one sealed of the same kind meanwhile: the whole transaction is to be tried again."""

    retriable = True


class RetiredKeyError(SealError):
    """The key is not in use, or no longer: it was replaced in the midst of making, and the next try has the new one."""

    retriable = True


class NotSealedError(SealError):
    """There is no such seal."""


class ManifestError(SealError):
    """This is no manifest of a snapshot; `args[0]` says why."""


class KeyFileError(SealError):
    """This is no key, or no list of keys, of the kind that is needed."""


class PackageError(SealError):
    """This is no package of a snapshot as it was packed.

    `code` is the finding that says so (`wording.toml`), `facts` what it is about, `name` the file that is wrong in it.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(words().findings[code].en.format(**facts))
        self.code = code
        self.facts = facts

    @property
    def name(self) -> str:
        """The file in the package that is wrong, or nothing."""
        return str(self.facts.get("name", ""))
