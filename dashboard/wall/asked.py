"""What the address of a wall's page asks for: which scenes, of when, in which language and theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from dashboard.text import Language, language_named
from dashboard.wall.scenes import SCENES

PREFIX: Final = "/wall/"
TIME_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
Theme: TypeAlias = Literal["dark", "light"]
SECONDS: Final = 30
"""For how long a scene of a rotation is shown, where nobody said otherwise."""
_LEAST, _MOST = 5, 3600
_DIGITS: Final = 9
"""More than nine digits are no number of seconds, and Python refuses to read thousands of them."""
_EARLIEST, _LATEST = 2000, 2100


Knowledge: TypeAlias = Literal["then", "now", "both"]
"""Whether figures of the past are as they were shown then, or with all that became known since; or side by side."""
_KNOWLEDGE: Final[tuple[Knowledge, ...]] = ("then", "now", "both")


@dataclass(frozen=True, slots=True)
class Past:
    """A moment of the past that is asked for."""

    at: datetime
    known: Knowledge = "then"

    @property
    def known_at(self) -> datetime | None:
        """As known at which moment; None is as known now."""
        return None if self.known == "now" else self.at


@dataclass(frozen=True, slots=True)
class Asked:
    """The scenes of a page, the first one shown at first; `seconds` is set where they are shown in turn.

    `past` is set where the page is of a moment that is over.
    """

    scenes: tuple[str, ...]
    language: Language
    theme: Theme
    seconds: int | None = None
    unit: str | None = None
    past: Past | None = None


def asked(address: str) -> Asked | None:
    """What an address of the wall asks for; None where no page has it.

    `/wall/`, `/wall/documents`, `/wall/unit/03980`, `/wall/rotation?scenes=overview,map&seconds=20`, each with
    `lang` and `theme`; and, but for a rotation, `at=2026-03-03T10:00&known=then|now` (`past_of`). What a query
    says that nobody understands is left out.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # a referrer may be anything
        return None
    query = parse_qs(parts.query)
    language = language_named(_first(query, "lang"))
    theme: Theme = "light" if _first(query, "theme") == "light" else "dark"
    path = parts.path.removeprefix(PREFIX).strip("/")
    if path == "rotation":
        return Asked(_named(_first(query, "scenes")), language, theme, seconds=_seconds(_first(query, "seconds")))
    name, _, unit = path.partition("/")
    name = name or next(iter(SCENES))
    if name not in SCENES or bool(unit) != (name == "unit"):
        return None
    past = past_of(_first(query, "at"), _first(query, "known"))
    return Asked((name,), language, theme, unit=unit or None, past=past)


def past_of(at: str | None, known: str | None) -> Past | None:
    """The moment of ISO 8601, local time where it names no zone; None where it is none."""
    try:
        moment = None if at is None else datetime.fromisoformat(at)
        if moment is None:
            return None
        moment = moment.replace(tzinfo=TIME_ZONE) if moment.tzinfo is None else moment.astimezone(TIME_ZONE)
    except (ValueError, OverflowError):
        return None
    how: Knowledge = next((each for each in _KNOWLEDGE if each == known), "then")
    return Past(moment, how) if _EARLIEST <= moment.year < _LATEST else None


def scenes_named(names: str | None) -> tuple[str, ...]:
    """The scenes that a comma-separated list names, in its order; all that can be shown in turn where it names none."""
    return _named(names)


def _named(names: str | None) -> tuple[str, ...]:
    known = [name for name in SCENES if name != "unit"]
    wanted = dict.fromkeys(name for name in (names or "").split(",") if name in known)
    return tuple(wanted or known)


def _seconds(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > _DIGITS:
        return SECONDS
    return min(max(int(text), _LEAST), _MOST)


def _first(query: Mapping[str, Sequence[str]], name: str) -> str | None:
    return next(iter(query.get(name, [])), None)
