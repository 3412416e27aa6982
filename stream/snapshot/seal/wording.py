"""The words of findings: `wording.toml`, read once."""

from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

import msgspec

from stream.kpi.definition import Bilingual

Severity: TypeAlias = Literal["error", "warning", "note"]


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence in both languages, with places for facts in braces, and how grave what it says is."""

    severity: Severity
    vi: str
    en: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Findings by code, and why keys are trusted or not."""

    findings: dict[str, Said]
    trust: dict[str, Bilingual]
    mistrust: dict[str, Bilingual]


@cache
def words() -> Words:
    """All of them."""
    return msgspec.toml.decode(files(__package__).joinpath("wording.toml").read_bytes(), type=Words)
