"""Where somebody goes on to after signing in: into this house only."""

from urllib.parse import urlsplit


def local(address: str) -> str:
    """The address where it is a path of ours, else nothing. What a browser reads as another house is none."""
    if not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    # Browsers take a backslash for a slash, and dots out of a path: "/.//elsewhere" becomes "//elsewhere".
    if parts.scheme or parts.netloc or "\\" in address or "//" in parts.path or "/./" in parts.path:
        return ""
    return "" if any(part in {".", ".."} for part in parts.path.split("/")) else address
