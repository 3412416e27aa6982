"""The rule of access, in words: pure, so that every case of it can be tried."""

from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import quote

from dashboard.access.entry import Access
from dashboard.displays.facts import DisplayFacts

ROTATION: Final = "/wall/rotation"
LANDING: Final = "/display/"
SIGN_IN: Final = "/operator/"
FEED: Final = "/feed/wall"
LAYOUT: Final = "/wall/_dash-layout"

_PUBLIC: Final = ("/health", "/display", "/operator")
_ONLY_SHOWN: Final = ("/wall", "/feed")
"""Nothing is ever sent to the wall: it has no callbacks, and Dash takes a body of any size into memory, of GET too."""
_WALL_PARTS: Final = ("/wall/_dash-dependencies", "/wall/_favicon.ico", "/wall/_reload-hash")
_WALL_FOLDERS: Final = ("/wall/assets/", "/wall/_dash-component-suites/")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. `had_session`: it is a device that was a display and is none any more."""

    display: DisplayFacts | None = None
    operator: bool = False
    had_session: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for: `page` is the path of the page that asks (referrer), `navigates` whether a person looks."""

    method: str
    path: str
    query: str = ""
    page: str = ""
    navigates: bool = False
    brings_body: bool = False


@dataclass(frozen=True, slots=True)
class Pass:
    """Answer what was asked."""


@dataclass(frozen=True, slots=True)
class Show:
    """Answer for this display, whatever scenes it asked for."""

    display: DisplayFacts


@dataclass(frozen=True, slots=True)
class Go:
    """Lead to another address."""

    to: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """401: show who you are; 403: not for you; 503: the database can't be asked who you are."""

    status: int


Verdict: TypeAlias = Pass | Show | Go | Refuse


def rule(visitor: Visitor, access: Access, asking: Asking) -> Verdict:
    """What becomes of a request."""
    if is_public(asking.path):
        return Pass()
    if (asking.method not in {"GET", "HEAD"} or asking.brings_body) and _is_under(asking.path, _ONLY_SHOWN):
        return Refuse(403)
    may_look = visitor.operator or (access == "open" and not _is_under(asking.path, ("/displays",)))
    if visitor.display is not None and asking.method in {"GET", "HEAD"}:
        is_its_own = asking.page == ROTATION or not may_look
        if asking.path == ROTATION or (is_its_own and (asking.path == LAYOUT or _is_under(asking.path, (FEED,)))):
            return Show(visitor.display)
        if asking.path in _WALL_PARTS or _is_in_folder(asking.path):
            return Pass()
    if may_look:
        return Pass()
    return _shut(visitor, asking)


def is_public(path: str) -> bool:
    """Whether everybody may have it: the pages that make a session, and whether the server is well."""
    return _is_under(path, _PUBLIC)


def _shut(visitor: Visitor, asking: Asking) -> Verdict:
    if visitor.display is not None:
        is_wall = asking.path == "/" or _is_under(asking.path, ("/wall",))
        return Go(ROTATION) if asking.navigates and is_wall else Refuse(403)
    if not asking.navigates:
        return Refuse(401)
    if visitor.had_session or asking.path == ROTATION:
        return Go(LANDING)
    query = f"?{asking.query}" if asking.query else ""
    return Go(f"{SIGN_IN}?to={quote(asking.path + query, safe='/')}")


def _is_under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _is_in_folder(path: str) -> bool:
    # What a server makes of dots and doubled slashes is its own affair: such a path is in no folder here.
    return path.startswith(_WALL_FOLDERS) and ".." not in path and "//" not in path
