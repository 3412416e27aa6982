"""The simulated district as a source: its registration, and its program."""

from pathlib import Path

from ioc.services.secret import keep_secret
from ioc.settings import Settings

SOURCE = "onestop.moc-chau"


def token_file(settings: Settings) -> Path:
    """Where the simulator finds its token."""
    return settings.home / "secrets" / "simulator.token"


def register_simulator(settings: Settings, profile: str) -> None:
    """Make the simulator a source like any other, once; its token is kept in the home for the owner only."""
    from ingest.simulator.shops import agencies
    from ioc.wiring import open_source_book

    wanted = agencies(_units(profile))
    file = token_file(settings)
    book = open_source_book(settings)
    try:
        known = book.by_token(file.read_text()) if file.exists() else None
        if known is None or known.id != SOURCE or dict(known.agencies) != dict(wanted):
            book.revoke(SOURCE)
            keep_secret(file, book.add(SOURCE, "onestop-sync", wanted))
    finally:
        book.close()


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
