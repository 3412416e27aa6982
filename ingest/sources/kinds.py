"""The one table of kinds of files: what `ioc ingest file|watch|check KIND` can read, and how.

An adapter becomes a kind by a line in `KINDS`: `one_body` where a file holds one body, `one_or_a_line` where it may
hold one JSON body a line. What the adapter needs beside the body (its source, the moment of the file, a mapping) is in
`Given`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ingest.files.bodies import Portions, one_body, one_or_a_line
from ingest.sources import cloudevents, edxml, onestop_sync

__all__ = ["KINDS", "Kind", "one_body", "one_or_a_line"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    `mappings` is the package with the mappings that are shipped for it (`NAME.toml`), None where it takes none;
    `mapping` the one that is used where none is named, None where one has to be. `is_table`: people read its refusals
    by rows and columns.
    """

    name: str
    about: str
    portions: Portions
    mappings: str | None = None
    mapping: str | None = None
    is_table: bool = False


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            "onestop-sync",
            "sync bodies DongBoHoSoMC, one or one a line",
            one_or_a_line(lambda body, given: onestop_sync.translate(body, given.source)),
        ),
        Kind(
            "events",
            "CloudEvents, one, an array, or either a line",
            one_or_a_line(lambda body, given: cloudevents.take_in(body, given.source)),
        ),
        Kind(
            "edxml",
            "documents and status messages as edXML (QCVN 102:2016)",
            one_body(lambda body, given: edxml.translate(body, given.source, given.trust)),
        ),
    )
}
