"""What every answer says about caching, framing and where a page may load from."""

from collections.abc import Iterable, Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def content_policy(script_hashes: Sequence[str]) -> str:
    """The content security policy: nothing is allowed, except what stands here with its reason."""
    allowed: dict[str, Iterable[str]] = {
        "default-src": ["'none'"],
        # Our own scripts, and the one line with which Dash starts its renderer, by its digest.
        "script-src": ["'self'", *script_hashes],
        # Dash and plotly put style sheets into the page from their scripts; they can't be told a nonce.
        "style-src": ["'self'", "'unsafe-inline'"],
        # Trend lines are drawn as images in the page; the icon is ours.
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        # The layout, the feed of boards, and what pages ask for.
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in allowed.items())


class SecureHeaders:
    """Adds the headers to every HTTP answer; plain ASGI, since wrapping responses would hold up streams."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            # Our own pages are told the whole address (the layout's language stands in it), others nothing.
            "Referrer-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
