"""The rule of access, in words: pure, so that every case of it can be tried."""

from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import quote

from dashboard.access.entry import Access
from dashboard.access.people import Person
from dashboard.access.routes import Need, need_of
from dashboard.displays.facts import DisplayFacts

ROTATION: Final = "/wall/rotation"
LANDING: Final = "/display/"
SIGN_IN: Final = "/sign-in/"
PASSWORD: Final = "/sign-in/password"  # noqa: S105 - an address
FEED: Final = "/feed/wall"
LAYOUT: Final = "/wall/_dash-layout"

_ONLY_SHOWN: Final = ("/wall", "/feed")
"""Nothing is ever sent to the wall: it has no callbacks, and Dash takes a body of any size into memory, of GET too."""
_WALL_PARTS: Final = ("/wall/_dash-dependencies", "/wall/_favicon.ico", "/wall/_reload-hash")
_WALL_FOLDERS: Final = ("/wall/assets/", "/wall/_dash-component-suites/")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. `had_session`: it is a device that was a display and is none any more.

    `must_change`: somebody else knows the password of this person, who has to change it before anything else.
    """

    display: DisplayFacts | None = None
    person: Person | None = None
    had_session: bool = False
    must_change: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for: `page` is the path of the page that asks (referrer), `navigates` whether a person looks."""

    method: str
    path: str
    query: str = ""
    page: str = ""
    navigates: bool = False
    brings_body: bool = False

    @property
    def address(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


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
    """401: show who you are; 403: not for you; 404: there is no such address; 503: nobody knows who you are."""

    status: int


Verdict: TypeAlias = Pass | Show | Go | Refuse


def rule(visitor: Visitor, access: Access, asking: Asking) -> Verdict:
    """What becomes of a request."""
    need = _need(asking)
    if need in {"public", "display"}:
        return Pass() if need == "public" or visitor.display is not None else Refuse(401)
    if (asking.method not in {"GET", "HEAD"} or asking.brings_body) and _is_under(asking.path, _ONLY_SHOWN):
        return Refuse(403)
    may = _may(visitor, access, need)
    if visitor.display is not None and (shown := _as_display(visitor.display, asking, is_desk=may)) is not None:
        return shown
    if may:
        return _once_changed(visitor, asking)
    if visitor.person is not None or (need is None and access == "open" and visitor.display is None):
        return Refuse(404 if need is None else 403)
    return _shut(visitor, asking)


def _need(asking: Asking) -> Need | None:
    """What it needs; nothing is called by a NUL, which the database takes for an error."""
    is_nothing = "\0" in asking.path or "%00" in asking.query
    return None if is_nothing else need_of(asking.method, asking.path)


def _may(visitor: Visitor, access: Access, need: Need | None) -> bool:
    if need is None or need == "public" or need == "display":  # noqa: PLR1714 - so that mypy knows what is left
        return False
    if need == "look" and access == "open":
        return True
    person = visitor.person
    return person is not None and (need == "person" or person.may(need))


def _as_display(display: DisplayFacts, asking: Asking, *, is_desk: bool) -> Verdict | None:
    """What a display's own wall asks for; None for everything else. `is_desk`: a person's browser is a display too."""
    if asking.method not in {"GET", "HEAD"}:
        return None
    is_its_own = asking.page == ROTATION or not is_desk
    if asking.path == ROTATION or (is_its_own and (asking.path == LAYOUT or _is_under(asking.path, (FEED,)))):
        return Show(display)
    return Pass() if asking.path in _WALL_PARTS or _is_in_folder(asking.path) else None


def _once_changed(visitor: Visitor, asking: Asking) -> Verdict:
    if not visitor.must_change or need_of(asking.method, asking.path) == "person":
        return Pass()
    return Go(f"{PASSWORD}?to={quote(asking.address, safe='/')}") if asking.navigates else Refuse(403)


def _shut(visitor: Visitor, asking: Asking) -> Verdict:
    if visitor.display is not None:
        is_wall = asking.path == "/" or _is_under(asking.path, ("/wall",))
        return Go(ROTATION) if asking.navigates and is_wall else Refuse(403)
    if not asking.navigates:
        return Refuse(401)
    if visitor.had_session or asking.path == ROTATION:
        return Go(LANDING)
    return Go(f"{SIGN_IN}?to={quote(asking.address, safe='/')}")


def _is_under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _is_in_folder(path: str) -> bool:
    # What a server makes of dots and doubled slashes is its own affair: such a path is in no folder here.
    return path.startswith(_WALL_FOLDERS) and ".." not in path and "//" not in path
