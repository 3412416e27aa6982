"""What an office may want otherwise in the PDF: `report.toml` beside this file, read once."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who writes, from the day `since` on: the agency above it, and its name."""

    since: date
    above: str
    name: str


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of `report.toml`; `received`, `settled`, `share` and `leading` are ids of KPIs."""

    most: int
    leading: tuple[str, ...]
    received: tuple[str, ...]
    settled: tuple[str, ...]
    share: str
    state: str
    motto: str
    place: str
    to: str
    agency: tuple[Agency, ...]

    def agency_on(self, day: date) -> Agency:
        """Who wrote on a day; before the first entry, the first."""
        in_force = (each for each in self.agency if each.since <= day)
        return max(in_force, default=self.agency[0], key=lambda each: each.since)


@cache
def the_form() -> Form:
    """The form in force. Raises `msgspec.ValidationError` where the file says something that no form has."""
    table = tomllib.loads((files("stream.snapshot.render.pdf") / "report.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table, Form)
