"""A bridge that is asked for its statistics over HTTP. Its password is in no log line and in no error."""

import asyncio
from typing import Final, Self

import httpx

from ingest.errors import IngestError

ANSWER_LIMIT: Final = 1 << 20
"""Bytes of an answer; a bridge's has some thousands."""
PATIENCE: Final = 5.0
"""Seconds that an answer may take as a whole."""

_STATISTICS: Final = "/colibri/stats"


class PollError(IngestError):
    """An address can't be asked; the sentence says why."""


class NoAnswerError(IngestError):
    """A bridge did not answer, or not as it should; the sentence says how, without its address."""

    retriable = True


class Bridge:
    """A bridge by the address of its statistics; user and password may stand in it."""

    def __init__(self, address: str, *, patience: float = PATIENCE) -> None:
        """Raises `PollError` for what is no address of HTTP."""
        url, self._auth = _parted(address)
        self.name = f"{url.host}:{url.port or (443 if url.scheme == 'https' else 80)}"
        self._url = url
        self._patience = patience
        # No proxy and no file of passwords of the environment's: what is asked is what was given.
        # Its own timeouts are of each byte; that of the whole is in `_answer`.
        self._client = httpx.AsyncClient(timeout=2 * patience, trust_env=False, headers={"accept-encoding": "identity"})
        self._runner = asyncio.Runner()

    def fetch(self) -> bytes:
        """The statistics as they are written. Raises `NoAnswerError`."""
        try:
            return self._runner.run(self._answer())
        except TimeoutError:
            raise NoAnswerError(f"not within {self._patience:g} s") from None
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise NoAnswerError(type(error).__name__) from None

    async def _answer(self) -> bytes:
        body = bytearray()
        async with (
            asyncio.timeout(self._patience),
            self._client.stream("GET", self._url, auth=self._auth) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise NoAnswerError(f"HTTP status {response.status_code}")
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > ANSWER_LIMIT:
                    raise NoAnswerError(f"over {ANSWER_LIMIT} bytes")
        return bytes(body)

    def close(self) -> None:
        """Give up the connection."""
        with self._runner:
            self._runner.run(self._client.aclose())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _parted(address: str) -> tuple[httpx.URL, httpx.BasicAuth | None]:
    """The address without user and password, and these; the usual path where there is none."""
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError):
        raise PollError("the address of the bridge can't be read: http://host:8080/colibri/stats") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise PollError("the address of the bridge has to be http:// or https:// and a host")
    auth = httpx.BasicAuth(url.username, url.password) if url.userinfo else None
    path = url.path if url.path not in ("", "/") else _STATISTICS
    return url.copy_with(userinfo=b"", path=path), auth
