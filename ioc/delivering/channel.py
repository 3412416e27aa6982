"""What a channel is: something that takes a package to its receiver and brings back a receipt, or says why not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from ioc.errors import IocError
from stream.snapshot.seal.manifest import digest_of, package_name, read_manifest
from stream.snapshot.seal.package import unpack
from stream.snapshot.sending.outbox import Answer, Delivery

LONGEST_TRY: Final = timedelta(minutes=10)
"""No try takes longer: the lease (`Pace.lease`) is over later."""


class DeliveryError(IocError):
    """A package was not taken. Not `retriable`: the same again would not be taken either; somebody has to look.

    `wait` is for how long the receiver asked to be left alone.
    """

    def __init__(self, reason: str, *, is_final: bool = False, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.retriable = not is_final
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Parcel:
    """A package (ZIP) and to whom it goes; `name` is what its file is called."""

    delivery: Delivery
    name: str
    package: bytes

    @classmethod
    def of(cls, delivery: Delivery, package: bytes) -> "Parcel":
        """The parcel of a sealed package. Raises `DeliveryError` where it is not the one that is to be sent."""
        manifest = unpack(package).manifest
        if digest_of(manifest) != delivery.digest:
            raise DeliveryError("the archive has another package than the one that was to be sent", is_final=True)
        return cls(delivery, package_name(read_manifest(manifest)), package)


class Channel(Protocol):
    """The way to one receiver."""

    @property
    def where(self) -> str:
        """Where it leads to: what may be shown to people."""
        ...

    @property
    def give_up_after(self) -> timedelta:
        """For how long it is tried, from the seal on."""
        ...

    def send(self, parcel: Parcel) -> Answer:
        """Send it; raises `DeliveryError`. When it returns the receiver is answerable for it.

        Whoever sends the same again changes nothing there and gets the same receipt; a mail alone arrives twice.
        """
        ...
