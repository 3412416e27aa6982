"""What can be wrong with an act."""


class ActError(Exception):
    """The act can't be done. `reason` is a key of the words that the pages have for it."""

    retriable = False

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
