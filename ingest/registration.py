"""Who may send: a source, its kind, and which agency codes are which administrative units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Source:
    """A registered source.

    `agencies` maps agency codes (mã định danh, `H52.17.18`) to unit codes (`03980`): an application
    belongs to the unit of its agency code. `id` is the CloudEvents source of all its events.
    """

    id: str
    kind: str
    agencies: Mapping[str, str] = field(default_factory=dict)


class SourceBook(Protocol):
    """The register of sources as the door reads it."""

    def by_token(self, token: str) -> Source | None:
        """The source that this token belongs to, or None for an unknown or revoked one."""
        ...
