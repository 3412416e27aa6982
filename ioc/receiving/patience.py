"""Connections on which nothing is asked are closed: else who sends nothing at all keeps everybody else out."""

from asyncio import TimerHandle, Transport
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Impatient(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, to whom asks within `patience` seconds of the connection or of the answer before.

    How long a body may take is the business of who reads it (`spooling`).
    """

    patience: ClassVar[float] = 10.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._leaving: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def on_headers_complete(self) -> None:
        """Somebody asks for something."""
        self._wait_no_more()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """It was answered: wait for the next question, whatever comes of a body that nobody reads."""
        super().on_response_complete()
        self._wait_no_more()
        if self.cycle.response_complete:  # else another one was asked already
            self._wait()

    def _wait(self) -> None:
        """Then cut it off: who is asked over TLS to agree to an end may be silent about that too."""
        self._leaving = self.loop.call_later(self.patience, self.transport.abort)

    def _wait_no_more(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
