"""What the address of a wall's page asks for: which scenes, in which language and theme."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias
from urllib.parse import parse_qs, urlsplit

from dashboard.text import Language, language_named
from dashboard.wall.scenes import SCENES

PREFIX: Final = "/wall/"
Theme: TypeAlias = Literal["dark", "light"]
SECONDS: Final = 30
"""For how long a scene of a rotation is shown, where nobody said otherwise."""
_LEAST, _MOST = 5, 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """The scenes of a page, the first one shown at first; `seconds` is set where they are shown in turn."""

    scenes: tuple[str, ...]
    language: Language
    theme: Theme
    seconds: int | None = None
    unit: str | None = None


def asked(address: str) -> Asked | None:
    """What an address of the wall asks for; None where no page has it.

    `/wall/`, `/wall/documents`, `/wall/unit/03980`, `/wall/rotation?scenes=overview,map&seconds=20`, each with
    `lang` and `theme`. What a query says that nobody understands is left out.
    """
    parts = urlsplit(address)
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
    return Asked((name,), language, theme, unit=unit or None)


def scenes_named(names: str | None) -> tuple[str, ...]:
    """The scenes that a comma-separated list names, in its order; all that can be shown in turn where it names none."""
    return _named(names)


def _named(names: str | None) -> tuple[str, ...]:
    known = [name for name in SCENES if name != "unit"]
    wanted = dict.fromkeys(name for name in (names or "").split(",") if name in known)
    return tuple(wanted or known)


def _seconds(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdigit():
        return SECONDS
    return min(max(int(text), _LEAST), _MOST)


def _first(query: Mapping[str, Sequence[str]], name: str) -> str | None:
    return next(iter(query.get(name, [])), None)
