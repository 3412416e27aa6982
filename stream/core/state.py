"""What holds of any case, whatever kind it is: what its row in the store shows."""

from typing import Protocol

from stream.core.moment import Moment


class CaseState(Protocol):
    """An application, a form, a petition, a document, a meeting: folded from all that is known of it.

    `unit` is a five-digit code as a number, 0 for none. `field` and `channel` are 0 where the kind has none.
    """

    @property
    def unit(self) -> int:
        """Whose it is."""
        ...

    @property
    def field(self) -> int:
        """Its field (lĩnh vực), by the store's number."""
        ...

    @property
    def channel(self) -> int:
        """How it came."""
        ...

    @property
    def status(self) -> int:
        """The newest status."""
        ...

    @property
    def received(self) -> Moment | None:
        """When it began."""
        ...

    @property
    def due(self) -> Moment | None:
        """When it is due."""
        ...

    @property
    def ended(self) -> Moment | None:
        """When it ended; None while it lasts."""
        ...

    @property
    def returned(self) -> Moment | None:
        """When its result was handed over."""
        ...

    @property
    def last_at(self) -> Moment:
        """The moment of the newest record."""
        ...

    @property
    def is_open(self) -> bool:
        """Begun and not ended."""
        ...
