"""The simulated district as sources: their registration with what they promise, and the files they are known by."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ioc.services.secret import keep_secret, secret_in
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.registration import Source

SOURCE: Final = "onestop.moc-chau"
DOCUMENTS: Final = "documents.moc-chau"
ENDPOINTS: Final = "endpoints.moc-chau"
MEETINGS: Final = "bigbluebutton.moc-chau"

CALLBACK: Final = f"https://ioc.moc-chau.example/v1/conference/bigbluebutton?source={MEETINGS}"
"""The address that the simulated BigBlueButton was told: its checksums are over it."""

_SEED: Final = 7  # decides no code and no unit
_FILES: Final = {
    SOURCE: "simulator.token",
    DOCUMENTS: "simulator-documents.token",
    ENDPOINTS: "simulator-endpoints.token",
    MEETINGS: "simulator-bigbluebutton.token",
}


def token_file(settings: Settings, source: str = SOURCE) -> Path:
    """Where the simulator finds the token of a source."""
    return settings.home / "secrets" / _FILES.get(source, _FILES[SOURCE])


def hook_secret(settings: Settings) -> str:
    """The secret with which the simulated BigBlueButton signs; made at first asking."""
    return secret_in(settings.home / "secrets" / "simulator-bigbluebutton.secret")


def simulated_sources(settings: Settings, profile: str) -> Sequence["Source"]:
    """Every source of a profile with what it promises: the district of the past had its one-stop shops only."""
    from ingest.registration import Source
    from ingest.simulator.shops import agencies
    from ioc.simulated_district import bureau, network

    shops = Source(SOURCE, "onestop-sync", agencies(_units(profile)), streams=("onestop",), cadence=600)
    if profile != "today":
        return (shops,)
    organs = bureau(_SEED).organs
    sites = network(_SEED).registered
    documents = Source(
        DOCUMENTS,
        "edxml",
        {organ.code: str(organ.unit) for organ in organs},
        levels={organ.code: int(organ.level) for organ in organs},
        streams=("documents",),
        cadence=600,
    )
    endpoints = Source(ENDPOINTS, "events", sites, streams=("conference",), cadence=300)
    meetings = Source(
        MEETINGS, "bigbluebutton", sites, streams=("conference",), cadence=600,
        callback=CALLBACK, secret=hook_secret(settings),
    )  # fmt: skip
    return (shops, documents, endpoints, meetings)


def register_simulator(settings: Settings, profile: str) -> None:
    """Make what is simulated sources like any other, once; their tokens are kept in the home for the owner only.

    Those of another profile may not send any more. What each promises is declared with all others afterwards.
    """
    from ioc.wiring import open_source_book

    book = open_source_book(settings)
    try:
        sources = simulated_sources(settings, profile)
        for other in _FILES.keys() - {source.id for source in sources}:
            book.revoke(other)
        for wanted in sources:
            file = token_file(settings, wanted.id)
            known = book.by_token(file.read_text()) if file.exists() else None
            if known is None or not _is_same(known, wanted):
                book.revoke(wanted.id)
                keep_secret(file, book.add_source(wanted))
            elif (known.streams, known.cadence) != (wanted.streams, wanted.cadence):
                book.promise(wanted)
    finally:
        book.close()


def _is_same(known: "Source", wanted: "Source") -> bool:
    """Whether they are the same but for what they promise."""
    promised = replace(wanted, streams=known.streams, cadence=known.cadence, levels=known.levels)
    levels = all(known.level_of(agency) == wanted.level_of(agency) for agency in wanted.agencies)
    return levels and replace(promised, agencies=dict(wanted.agencies)) == replace(known, agencies=dict(known.agencies))


def _units(profile: str) -> set[str]:
    """The units that its records name: those of its time, and of those after it where their work goes on."""
    from geo.lineage import mergers
    from geo.units import units_on
    from ingest.simulator.profile import PROFILES

    wanted = PROFILES[profile]
    own = {unit.code for unit in units_on(wanted.units_of)}
    if wanted.until is None:
        return own
    later = [merger for merger in mergers() if merger.at_day >= wanted.until.date()]
    return own.union(*({f"{code:05d}" for code in merger.units_in_force} for merger in later))
