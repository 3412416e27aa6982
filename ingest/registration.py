"""Who may send: a source, its kind, and which agency codes are which administrative units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from ingest.contracts.declared import Stream
from ingest.contracts.rules import Level

UnitChange: TypeAlias = Literal["transfer", "correction"]
"""What it means when a later record of an application names another unit: it moved, or the earlier one was wrong."""


@dataclass(frozen=True, slots=True)
class Source:
    """A registered source.

    `agencies` maps agency codes (mã định danh, `H52.17.18`) to unit codes (`03980`): an application
    belongs to the unit of its agency code. Of a conference source they are its sites and endpoints. `id` is the
    CloudEvents source of all its events. `unit_change` says what a changed unit means at this source; the records do
    not say it themselves. `levels` are the agencies that are not of a commune, with their level of authority.
    `streams` and `cadence` (seconds of working time) are what the source promises. `secret` signs what a webhook
    sends, which is registered there with the address `callback`.
    """

    id: str
    kind: str
    agencies: Mapping[str, str] = field(default_factory=dict)
    unit_change: UnitChange = "transfer"
    levels: Mapping[str, int] = field(default_factory=dict)
    streams: tuple[Stream, ...] = ("onestop",)
    cadence: int | None = None
    callback: str | None = None
    secret: str | None = field(default=None, repr=False)

    def level_of(self, agency: str) -> Level:
        """The level of authority of one of its agencies."""
        return Level(self.levels.get(agency, Level.COMMUNE))


class SourceBook(Protocol):
    """The register of sources as the door reads it."""

    def by_token(self, token: str) -> Source | None:
        """The source that this token belongs to, or None for an unknown or revoked one."""
        ...

    def by_id(self, source: str) -> Source | None:
        """The source of this id, or None for an unknown or revoked one: for what is signed with its secret."""
        ...
