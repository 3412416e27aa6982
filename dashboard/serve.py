"""Running the server until it is told to stop."""

import socket

import uvicorn
from fastapi import FastAPI

_LAST_WORDS_WITHIN = 3
"""Seconds that open answers are given at the end."""


class _Server(uvicorn.Server):
    """Uvicorn that ends the streams first: they are answers without an end, for which it would wait."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        state = self.config.app.state  # type: ignore[union-attr]
        state.broadcast.close()
        for end in getattr(state, "endings", ()):
            end()
        await super().shutdown(sockets)


def serve(server: FastAPI, *, host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT; raises `OSError` where the address can't be listened on."""
    config = uvicorn.Config(
        server, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=_LAST_WORDS_WITHIN
    )  # fmt: skip
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family, backlog=config.backlog) as listener:
        _Server(config).run(sockets=[listener])
