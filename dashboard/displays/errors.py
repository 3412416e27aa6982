"""What can go wrong with displays."""


class DisplayError(Exception):
    """A display can't be what was asked for."""

    retriable = False


class BadKeyError(DisplayError):
    """The key is no public key on P-256."""

    def __init__(self) -> None:
        super().__init__("the key is no point on P-256")


class NoSuchDisplayError(DisplayError):
    """No display waits with this code, or none that could be changed has this number."""
