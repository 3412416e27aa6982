"""Into a folder: of this machine, or of another one that is mounted here."""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from ioc.delivering.channel import DeliveryError, Parcel
from ioc.delivering.receipts import placed
from ioc.delivering.settings import ChannelSettings, Filled, Place
from stream.snapshot.sending.outbox import Answer


class FolderSettings(ChannelSettings, frozen=True, kw_only=True):
    """`path` begins at the home where it is relative. A folder outside of the home is not made: it may be a mount."""

    path: Filled


class Folder:
    """The channel."""

    def __init__(self, settings: FolderSettings, place: Place) -> None:
        self._folder = place.path(settings.path)
        self._is_ours = self._folder.is_relative_to(place.home)
        self.where = str(self._folder)
        self.give_up_after = settings.give_up_after

    def send(self, parcel: Parcel) -> Answer:
        """Put it there, whole or not at all, and read it back; raises `DeliveryError`."""
        file = self._folder / parcel.name
        try:
            if self._is_ours:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._sweep(parcel.name)
            if not file.exists():
                self._place(parcel, file)
            found = sha256(file.read_bytes()).hexdigest()
        except OSError as error:
            raise DeliveryError(f"{type(error).__name__}: {error}") from error
        if found != sha256(parcel.package).hexdigest():
            raise DeliveryError(f"{file} is there already, with other bytes: SHA-256 {found}", is_final=True)
        return placed(parcel, str(file), found)

    def _place(self, parcel: Parcel, file: Path) -> None:
        draft = self._folder / f".{parcel.name}.{uuid4().hex}.part"
        try:
            with draft.open("xb") as out:
                out.write(parcel.package)
                out.flush()
                os.fsync(out.fileno())
            draft.rename(file)
        finally:
            draft.unlink(missing_ok=True)
        _fsync(self._folder)

    def _sweep(self, name: str) -> None:
        """Drafts of this package are of senders that were killed: it is taken by one at a time."""
        for draft in self._folder.glob(f".{name}.*.part"):
            draft.unlink(missing_ok=True)


def _fsync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems know no fsync of a folder
            os.fsync(handle)
    finally:
        os.close(handle)
