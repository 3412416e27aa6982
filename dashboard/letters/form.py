"""What an office may write otherwise: `letter.toml` beside this file, read once."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who writes, from the day `since` on: the lines above its name in the head, its name, and its name in sentences.

    In `above` and `full`, `{unit}` stands for the unit: "phường Mộc Châu".
    """

    since: date
    above: tuple[str, ...]
    name: str
    full: str


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of the form; names in braces are filled in."""

    state: str
    motto: str
    number: str
    place: str
    title: str
    addressee: str
    dots: int
    body: tuple[str, ...]
    open: str
    settled: str
    unnamed: str
    date: str
    moment: str
    signer: str
    signing: str
    font: str


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `letter.toml`.

    `propose_after` is in working days, `promise_within` in days, `number` has a place `{n}`.
    """

    propose_after: int
    promise_within: int
    number: str
    agency: tuple[Agency, ...]
    form: Wording
    reasons: Mapping[str, str]

    def agency_on(self, day: date) -> Agency:
        """Who writes on a day; before the first entry, the first."""
        return max((each for each in self.agency if each.since <= day), default=self.agency[0], key=lambda a: a.since)


@cache
def the_form() -> Form:
    """The form in force. Raises `msgspec.ValidationError` where the file says something that no form has."""
    table = tomllib.loads((files("dashboard.letters") / "letter.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table, Form)
