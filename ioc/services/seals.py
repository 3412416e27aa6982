"""The made-up authority whose certificates the simulated organs sign with, kept in the home."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ioc.services.secret import keep_secret
from ioc.settings import Settings

if TYPE_CHECKING:
    from ingest.simulator.documents.authority import Chain

_RENEWED_BEFORE = timedelta(days=60)


def authority_file(settings: Settings) -> Path:
    """The authority's certificate (PEM), which the door is told to trust."""
    return settings.home / "simulator" / "authority.pem"


def keep_chain(settings: Settings) -> "Chain":
    """The chain of this home: made at first asking, and anew before it ends."""
    from ingest.simulator.documents.authority import Chain, make_chain
    from ingest.simulator.documents.organs import OUTSIDE
    from ioc.simulated_district import bureau

    file = settings.home / "secrets" / "simulator-seals.json"
    now = datetime.now(UTC)
    chain = msgspec.json.decode(file.read_bytes(), type=Chain) if file.exists() else None
    if chain is None or chain.expires_within(_RENEWED_BEFORE, now):
        chain = make_chain([organ.code for organ in (*bureau(0).organs, *OUTSIDE)], now)
        keep_secret(file, msgspec.json.encode(chain).decode())
    trusted = authority_file(settings)
    trusted.parent.mkdir(parents=True, exist_ok=True)
    trusted.write_text(chain.authority)
    return chain
