"""Every word a person reads, Vietnamese first: `vi.toml` and `en.toml` beside this file have the same keys."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["vi", "en"]
DEFAULT: Final[Language] = "vi"
LANGUAGES: Final[tuple[Language, ...]] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, by dotted key: `words["wall.title"]`."""

    language: Language
    table: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """The words of that key; raises `KeyError`, for a key nobody wrote is a bug of ours."""
        return self.table[key]

    def under(self, section: str) -> dict[str, str]:
        """All words of a section, by the rest of their keys."""
        start = f"{section}."
        return {key.removeprefix(start): text for key, text in self.table.items() if key.startswith(start)}


@cache
def words_in(language: Language) -> Words:
    """The words of a language, read once."""
    text = (files("dashboard.text") / f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, MappingProxyType(dict(_flat("", tomllib.loads(text)))))


def language_named(name: str | None) -> Language:
    """The language that an address asks for by `lang=`; Vietnamese where it asks for none that we speak."""
    return next((language for language in LANGUAGES if language == name), DEFAULT)


def _flat(prefix: str, table: Mapping[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        found += _flat(f"{prefix}{key}.", value) if isinstance(value, dict) else [(f"{prefix}{key}", str(value))]
    return found
