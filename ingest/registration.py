"""Who may send: a source, its kind, and which agency codes are which administrative units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

UnitChange: TypeAlias = Literal["transfer", "correction"]
"""What it means when a later record of an application names another unit: it moved, or the earlier one was wrong."""


@dataclass(frozen=True, slots=True)
class Source:
    """A registered source.

    `agencies` maps agency codes (mã định danh, `H52.17.18`) to unit codes (`03980`): an application
    belongs to the unit of its agency code. `id` is the CloudEvents source of all its events. `unit_change` says
    what a changed unit means at this source; the records do not say it themselves.
    """

    id: str
    kind: str
    agencies: Mapping[str, str] = field(default_factory=dict)
    unit_change: UnitChange = "transfer"


class SourceBook(Protocol):
    """The register of sources as the door reads it."""

    def by_token(self, token: str) -> Source | None:
        """The source that this token belongs to, or None for an unknown or revoked one."""
        ...
