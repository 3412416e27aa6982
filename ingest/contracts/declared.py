"""What a source promises: what it sends, for whom, and how often. Declared by the centre as it registers the source.

It lies in the log like every fact, so that "silent" can be told from "never promised" at any moment of the past.
"""

from typing import Annotated, Literal, TypeAlias

import msgspec

from ingest.contracts.envelope import Name, UnitCode

SOURCE_DECLARED = "vn.ioc.source.declared"
SOURCES_SOURCE = "ioc.sources"
"""The source of these events: the centre itself."""

Stream: TypeAlias = Literal["onestop", "documents", "conference"]
Cadence = Annotated[int, msgspec.Meta(ge=10, le=400 * 86_400)]
"""Seconds of working time (thời gian làm việc) that may pass without a sign of life."""


class SourceDeclared(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The whole promise of a source; the event's subject is the source. One that was revoked is not `active`."""

    source: Name
    kind: Name
    streams: tuple[Stream, ...]
    units: tuple[UnitCode, ...]
    """The units that it speaks for, in order."""
    cadence: Cadence | None = None
    """None: it promised none, such as a file that is read by hand."""
    active: bool = True
