"""Packages, made up and sealed without a database; the spreadsheet and the PDF are any bytes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.document import Snapshot
from stream.snapshot.seal.keyring import Keyring
from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.seal.making import FIRST, Place, Sealed, signed
from stream.snapshot.seal.package import Package, pack
from tests.building.snapshots import a_snapshot

KEY: Final = SigningKey.generate()
OTHER_KEY: Final = SigningKey.generate()
SEALED_AT: Final = datetime(2026, 11, 16, 1, 0, 20, tzinfo=UTC)
TRUSTING: Final = Keyring.of([KEY.public])


def files_of(snapshot: Snapshot) -> Mapping[str, bytes]:
    """Renderings: the JSON, and bytes in the place of the others."""
    return {
        "snapshot.json": canonical(snapshot),
        "snapshot.xlsx": f"PK spreadsheet of {snapshot.period.name}".encode(),
        "snapshot.pdf": f"%PDF of {snapshot.period.name}".encode(),
    }


def sealed(
    snapshot: Snapshot | None = None, key: SigningKey = KEY, place: Place = FIRST, sealed_at: datetime = SEALED_AT
) -> tuple[Sealed, Package]:
    """A snapshot's seal, and the package of it."""
    snapshot = snapshot or a_snapshot()
    files = files_of(snapshot)
    made = signed(snapshot, files, key, place, sealed_at)
    return made, Package(made.body, made.signature, files)


def packed(package: Package) -> bytes:
    """The package as it is sent."""
    return pack(package.manifest, package.signature, package.files)
