"""What `ioc source add` was given, made into a registration."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ioc.every import Every

if TYPE_CHECKING:
    from ingest.contracts.declared import Stream
    from ingest.registration import Source, UnitChange

PROVINCE, DISTRICT, COMMUNE = 1, 2, 3
"""Levels of authority (cấp giải quyết)."""
_MOST_OF_A_SECRET = 1_000


@dataclass(frozen=True)
class Given:
    """The options as they were given; `agencies` by their level, each `CODE=UNIT`."""

    kind: str
    agencies: Mapping[int, Sequence[str]]
    unit_change: "UnitChange"
    sends: "Sequence[Stream]"
    every: Every | None
    secret_file: Path | None
    callback: str | None


def registration(source: str, given: Given) -> "Source":
    """The source that these options describe. Raises `click.UsageError` for what can't be meant."""
    from ingest.promises import promises
    from ingest.registration import Source

    usual = promises()[given.kind]
    pairs = [(*_pair(each), level) for level, codes in given.agencies.items() for each in codes]
    agencies = {code: unit for code, unit, _ in pairs}
    if not agencies:
        raise click.UsageError("at least one --agency CODE=UNIT is needed: nothing is booked by guess")
    if given.kind == "bigbluebutton" and "host" not in agencies:
        raise click.UsageError("--agency host=UNIT is needed: the unit whose meetings they are; its posts name none")
    if len(agencies) < len(pairs):
        raise click.UsageError("an agency code is given twice")
    _check_units(agencies.values())
    if given.callback is not None and not given.callback.startswith(("http://", "https://")):
        raise click.BadParameter(
            "it is the http(s) address that the webhook was registered with", param_hint="--callback"
        )
    return Source(
        source,
        given.kind,
        agencies,
        given.unit_change,
        {code: level for code, _, level in pairs if level != COMMUNE},
        tuple(dict.fromkeys(given.sends)) or usual.sends,
        usual.every if given.every is None else given.every.cadence,
        given.callback,
        _secret(given.secret_file),
    )


def _pair(given: str) -> tuple[str, str]:
    agency, equals, unit = given.rpartition("=")
    if not equals or not agency or not unit:
        raise click.BadParameter(f"{given!r} is not CODE=UNIT, as in H52.17.18=03980", param_hint="--agency")
    return agency.strip(), unit.strip()


def _check_units(units: Iterable[str]) -> None:
    from geo.units import AREA_NAME, all_units

    known = {unit.code for unit in all_units()}
    if unknown := sorted(set(units) - known):
        raise click.UsageError(f"no unit of {AREA_NAME} ever bore the code {', '.join(unknown)}")


def _secret(file: Path | None) -> str | None:
    """What signs the source's webhooks; it comes from a file, so that it stands in no history of commands."""
    if file is None:
        return None
    try:
        secret = file.read_text().strip()
    except UnicodeDecodeError:
        raise click.BadParameter("the file is not text", param_hint="--secret-file") from None
    if not 1 <= len(secret) <= _MOST_OF_A_SECRET or "\0" in secret:
        raise click.BadParameter("the file has to hold the secret, and nothing else", param_hint="--secret-file")
    return secret
