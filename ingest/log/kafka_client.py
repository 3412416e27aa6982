"""Opening kafka-python's clients so that one that can't connect leaves nothing behind."""

from collections.abc import Callable
from socket import socket
from typing import Any, TypeVar

from kafka.net import KafkaNetSocket
from kafka.net.compat import KafkaNetClient

Client = TypeVar("Client")


class TidySocket(KafkaNetSocket):  # type: ignore[misc]  # kafka-python has no types
    """Closes a socket that could not connect; kafka-python 3.0 leaves each one to the garbage collector."""

    SCHEMES = ("direct",)

    async def sock_connect(self, net: Any, sock: socket, sockaddr: Any, timeout_at: float | None = None) -> Any:
        """What the client calls to connect; `direct://` as its proxy leads it here."""
        try:
            return await super().sock_connect(net, sock, sockaddr, timeout_at=timeout_at)
        except BaseException:
            sock.close()
            raise


def open_client(kind: Callable[..., Client], **settings: Any) -> Client:
    """A `KafkaConsumer`, `KafkaProducer` or `KafkaAdminClient`; raises `KafkaTimeoutError` when no broker answers.

    They connect while they are made, and one that fails would keep its thread and its sockets for ever.
    """
    networks: list[Any] = []

    def open_network(**configuration: Any) -> Any:
        networks.append(KafkaNetClient(**configuration))
        return networks[-1]

    try:
        return kind(kafka_client=open_network, proxy_url="direct://", **settings)
    except BaseException:
        for network in networks:
            network.close()
        raise
