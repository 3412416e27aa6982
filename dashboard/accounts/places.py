"""Scopes as they are said: a unit or an area, as it was on a day."""

from collections.abc import Iterable
from datetime import date

import msgspec

from dashboard.accounts.errors import NoSuchPlaceError
from dashboard.accounts.facts import Entry
from geo.errors import GeoError
from geo.responsible import responsible_on


def entry_named(text: str, today: date) -> Entry:
    """`03979` or `03979@2025-06-30`; without a day it is as of today. Raises `NoSuchPlaceError`."""
    code, _, day = text.partition("@")
    try:
        return msgspec.convert({"code": code, "on": day or today}, Entry)
    except msgspec.ValidationError:
        raise NoSuchPlaceError(text) from None


def check_places(entries: Iterable[Entry], today: date) -> None:
    """Raises `NoSuchPlaceError` for a code that was no unit or area on its day, or of which nothing is left."""
    for entry in entries:
        try:
            found = responsible_on([(entry.code, entry.on)], today)
        except (GeoError, LookupError):
            raise NoSuchPlaceError(entry.code) from None
        if not found:
            raise NoSuchPlaceError(entry.code)
