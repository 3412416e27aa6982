"""What can go wrong on the command line itself; each error is the sentence its user sees."""

from pathlib import Path


class IocError(Exception):
    """A command can't do what it was asked to; the sentence says what to do."""

    retriable = False


class SettingError(IocError):
    """A setting has a value that can't be used; the sentence names it."""


class NothingRunsError(IocError):
    """A service is needed that nobody named and that doesn't run in this home."""

    def __init__(self, home: Path, variable: str) -> None:
        super().__init__(f"nothing runs in {home}: start `ioc up` or set {variable}")


class ServiceError(IocError):
    """A local service could not be started, or keeps falling over."""
