"""What the command line asks a keeper for, checked."""

import ipaddress
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from ioc.errors import IocError
from ioc.keeping.browser import Chromium, origin_of
from ioc.keeping.keeper import Keeper, Pace
from ioc.tools import CHROMIUM


def keeper(  # noqa: PLR0913 - as many options as the command has
    home: Path, address: str, flags: Sequence[str], *, browser: str | None, profile: Path | None, patience: float,
    trust_plain_http: bool,
) -> Keeper:  # fmt: skip
    """A keeper for these options. Raises `IocError` where the browser or the address is none."""
    program = browser or CHROMIUM.path
    if program is None:
        raise IocError(CHROMIUM.advice)
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise IocError(f"{address} is no address of a page: it begins with https:// (or http:// on this machine)")
    is_plain = parts.scheme == "http" and not _is_here(parts.hostname)
    if is_plain and not trust_plain_http:
        raise IocError(
            f"{address} is not encrypted: a browser makes no key for it. Use https, or --trust-plain-http in a network"
            " that nobody else is on"
        )
    folder = (profile or home / "display-profile").absolute()
    chromium = Chromium(program, folder, tuple(flags), origin_of(address) if is_plain else None)
    return Keeper(address, chromium, Pace(every=min(5.0, patience / 4), patience=patience))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
