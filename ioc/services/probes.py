"""Asking a service whether it answers."""

import http.client


def answers(port: int, path: str) -> bool:
    """Whether an HTTP server on this loopback port answers `path` with a status below 400."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
