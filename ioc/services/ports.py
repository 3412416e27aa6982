"""Loopback ports for the local services."""

import socket
from collections.abc import Collection

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


def free_port_from(wanted: int, taken: Collection[int] = ()) -> int:
    """`wanted` if it is free, else the next free one that is not in `taken`; raises `ServiceError`."""
    for port in range(wanted, min(wanted + _TRIES, 65536)):
        if port not in taken and is_free(port):
            return port
    raise ServiceError(f"no free port from {wanted} to {wanted + _TRIES}: stop something, or ask for another one")
