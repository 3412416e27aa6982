"""How a frame is written on the wire: server-sent events (WHATWG HTML, section 9.2)."""

HELLO, BOARD, BEAT = "hello", "board", "beat"
"""The page's build on opening; the figures; "I am here" when there was nothing to say."""


def frame(event: str, data: bytes, *, retry: int | None = None) -> bytes:
    """One event; `data` is JSON on one line, `retry` how long (ms) a browser waits before it connects again."""
    wait = b"" if retry is None else b"retry: %d\n" % retry
    return b"%sevent: %s\ndata: %s\n\n" % (wait, event.encode(), data)
