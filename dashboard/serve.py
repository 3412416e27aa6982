"""Running the server until it is told to stop."""

import socket

import uvicorn
from fastapi import FastAPI

_LAST_WORDS_WITHIN = 3
"""Seconds that open answers are given at the end."""


class _Server(uvicorn.Server):
    """Uvicorn that ends the streams first: they are answers without an end, for which it would wait."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.config.app.state.broadcast.close()  # type: ignore[union-attr]
        await super().shutdown(sockets)


def serve(server: FastAPI, *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    config = uvicorn.Config(
        server, host=host, port=port, log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=_LAST_WORDS_WITHIN,
    )  # fmt: skip
    _Server(config).run()
