"""Loopback ports for the local services."""

import socket
from types import TracebackType
from typing import Self

from ioc.errors import ServiceError

_TRIES = 200


def is_free(port: int) -> bool:
    """Whether nobody listens on this loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Ports:
    """Ports that are promised to services which do not listen yet; use it as a context.

    No two homes that start at the same time are given the same port, though seconds may pass until it is
    listened on: each promise is a socket in Linux's abstract name space, which is gone when its process is.
    """

    def __init__(self) -> None:
        self._promises: list[socket.socket] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for promise in self._promises:
            promise.close()

    def take(self, wanted: int) -> bool:
        """Whether this port is free and now promised to us."""
        promise = socket.socket(socket.AF_UNIX)
        try:
            promise.bind(f"\0moc-chau-ioc-port-{wanted}")
        except OSError:
            promise.close()
            return False
        self._promises.append(promise)
        return is_free(wanted)

    def take_from(self, wanted: int) -> int:
        """The first port from `wanted` on that can be taken; raises `ServiceError`."""
        for port in range(wanted, min(wanted + _TRIES, 65536)):
            if self.take(port):
                return port
        raise ServiceError(f"no free port from {wanted} to {wanted + _TRIES}: stop something, or ask for another one")
