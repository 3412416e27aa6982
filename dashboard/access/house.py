"""Whether a request comes from a page of ours."""

from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers


def origin_of_house(headers: Headers) -> str | None:
    """The origin of the page that asks, where it is this house's own; None where it is another's or not told.

    Browsers tell it with everything that changes something, and no page can make them tell another one. The scheme is
    the browser's, which knows better than a server behind a proxy whether the way was encrypted.
    """
    origin = headers.get("origin", "")
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return None
    parts = parts_of(origin)
    if parts.scheme not in {"http", "https"} or parts.netloc != headers.get("host"):
        return None
    return origin


def parts_of(address: str) -> SplitResult:
    """An address in parts, as a header tells it: anybody may write anything there. What is no address has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def is_navigation(headers: Headers) -> bool:
    """Whether a person or a television looks at the answer, and no script: it may be led elsewhere."""
    mode = headers.get("sec-fetch-mode")
    return mode == "navigate" if mode is not None else "text/html" in headers.get("accept", "")
