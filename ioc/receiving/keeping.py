"""The archive of a receiver: a folder in which each package lies with its receipt, whole or not at all.

    <folder>/<area>/<kind>/<period>/v<version>/<package>.zip, receipt.json, receipt.sig (where receipts are signed)

What is on its way lies in `<folder>/.incoming/` and is moved to its place by one rename, when it is on the disk. So who
is killed leaves nothing, or all of it; what lies in `.incoming` at the start is swept. One process has the folder.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, NamedTuple
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

import structlog

from ioc.errors import IocError
from stream.snapshot.seal.errors import ManifestError
from stream.snapshot.seal.manifest import Manifest, digest_of, package_name, read_manifest
from stream.snapshot.seal.package import MANIFEST

RECEIPT: Final = "receipt.json"
SIGNATURE: Final = "receipt.sig"
_INCOMING: Final = ".incoming"
_LOCK: Final = ".lock"

_log = structlog.get_logger(__name__)


class ArchiveError(IocError):
    """The folder can't be used."""


class Name(NamedTuple):
    """What a package is called: of whom, of which kind, of which period, and which version."""

    area: str
    kind: str
    period: str
    version: int

    @property
    def path(self) -> tuple[str, str, str, str]:
        """The folders in which it lies, from the archive's on."""
        return self.area, self.kind, self.period, f"v{self.version}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A package that lies in the archive."""

    folder: Path
    manifest: Manifest
    digest: str

    @property
    def name(self) -> Name:
        """What it is called."""
        return name_of(self.manifest)

    @property
    def package(self) -> Path:
        """The file of the package."""
        return self.folder / package_name(self.manifest)

    def receipt(self) -> bytes:
        """The receipt, byte for byte as it was first answered."""
        return (self.folder / RECEIPT).read_bytes()

    def signature(self) -> str | None:
        """The header that signs it, where receipts were signed then."""
        file = self.folder / SIGNATURE
        return file.read_text(encoding="ascii") if file.exists() else None


@dataclass(frozen=True, slots=True)
class Draft:
    """A package on its way: a folder of its own with one file."""

    folder: Path

    @property
    def file(self) -> Path:
        """Where the package is written to."""
        return self.folder / "package"

    def discard(self) -> None:
        """Forget it; does nothing where it was kept."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Archive:
    """What was received. Open it by `open_archive`; only one at a time may add to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_name: dict[Name, Kept] = {}
        self._by_number: dict[tuple[str, str, int], Kept] = {}

    def __len__(self) -> int:
        return len(self._by_name)

    def __iter__(self) -> Iterator[Kept]:
        return iter(list(self._by_name.values()))

    def find(self, name: Name) -> Kept | None:
        """The package of that name."""
        return self._by_name.get(name)

    def numbered(self, area: str, kind: str, number: int) -> Kept | None:
        """The package with that place in the chain of its kind."""
        return self._by_number.get((area, kind, number))

    def draft(self) -> Draft:
        """A place for a package on its way."""
        folder = self._folder / _INCOMING / uuid4().hex
        folder.mkdir(parents=True)
        return Draft(folder)

    def keep(self, draft: Draft, manifest: Manifest, digest: str, written: Mapping[str, bytes]) -> Kept:
        """Move it to its place, with the files that are written beside it. Raises `OSError`."""
        name = name_of(manifest)
        place = self._folder.joinpath(*name.path)
        package = draft.folder / package_name(manifest)
        draft.file.rename(package)
        for file, body in written.items():
            (draft.folder / file).write_bytes(body)
        for file in (package.name, *written):
            _sync(draft.folder / file)
        _sync(draft.folder)
        for folder in [self._folder.joinpath(*name.path[:upto]) for upto in (1, 2, 3)]:
            folder.mkdir(exist_ok=True)
            _sync(folder.parent)
        draft.folder.rename(place)
        _sync(place.parent)
        return self._add(Kept(place, manifest, digest))

    def read(self) -> None:
        """Read what lies in the folder, and sweep what never arrived."""
        shutil.rmtree(self._folder / _INCOMING, ignore_errors=True)
        for place in sorted(self._folder.glob("[!.]*/*/*/v*")):
            try:
                self._add(_kept(place))
            except (OSError, BadZipFile, KeyError, ManifestError) as error:
                _log.error("receive.damaged", folder=str(place), reason=str(error))

    def _add(self, kept: Kept) -> Kept:
        self._by_name[kept.name] = kept
        self._by_number[kept.manifest.area, kept.manifest.kind, kept.manifest.number] = kept
        return kept


def name_of(manifest: Manifest) -> Name:
    """What the package of a manifest is called."""
    return Name(manifest.area, manifest.kind, manifest.period, manifest.version)


@contextmanager
def open_archive(folder: Path) -> Iterator[Archive]:
    """The archive in a folder, which is made where it is not there. Raises `ArchiveError` where another has it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        _lock(lock, folder)
        archive = Archive(folder)
        archive.read()
        yield archive


def _lock(lock: IO[str], folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise ArchiveError(f"another receiver has the folder {folder}: stop it, or name another folder") from error


def _kept(place: Path) -> Kept:
    packages = list(place.glob("*.zip"))
    if len(packages) != 1 or not (place / RECEIPT).exists():
        raise OSError("there should be one package and its receipt")
    with ZipFile(packages[0]) as archive:
        body = archive.read(MANIFEST)
    kept = Kept(place, read_manifest(body), digest_of(body))
    if kept.package != packages[0] or place.parts[-4:] != kept.name.path:
        raise OSError("the package lies in the place of another one")
    return kept


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
