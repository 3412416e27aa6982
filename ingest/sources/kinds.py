"""The one table of kinds of files: what `ioc ingest file|watch|check KIND` can read, and how.

An adapter becomes a kind by a line in `KINDS`: `one_body` where a file holds one body, `one_or_a_line` where it may
hold one JSON body a line. What the adapter needs beside the body (its source, the moment of the file, a mapping) is in
`Given`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.files.bodies import Portions, one_body, one_or_a_line
from ingest.sources import bigbluebutton, call_files, cloudevents, edxml, jitsi, onestop_sync
from ingest.sources.call_layout import read_layout
from ingest.spreadsheet.mapping_file import read_mapping
from ingest.spreadsheet.portions import portions as spreadsheet

__all__ = ["KINDS", "Kind", "one_body", "one_or_a_line"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    `mappings` is the package with the mappings that are shipped for it (`NAME.toml`), None where it takes none;
    `mapping` the one that is used where none is named, None where one has to be. `is_table`: people read its refusals
    by rows and columns. `check` reads a mapping, its name and text, and raises an `IngestError` for one that can't be
    used.
    """

    name: str
    about: str
    portions: Portions
    mappings: str | None = None
    mapping: str | None = None
    check: Callable[[str, str], object] | None = None
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
        Kind(
            "spreadsheet",
            "tables, CSV or XLSX, as --mapping says",
            spreadsheet,
            mappings="ingest.spreadsheet.mappings",
            check=read_mapping,
            is_table=True,
        ),
        Kind(
            "bigbluebutton",
            "what a hook of BigBlueButton posts, one post or one a line",
            one_or_a_line(lambda body, given: bigbluebutton.translate(body, given.source)),
        ),
        Kind(
            "jitsi",
            "statistics of a Jitsi Videobridge, one report or one a line",
            one_or_a_line(lambda body, given: jitsi.translate(body, given.source, given.at)),
        ),
        Kind(
            "call-records",
            "call records of a conference bridge, CSV, as --mapping says",
            call_files.portions,
            mappings="ingest.sources.layouts",
            mapping="polycom_rmx",
            check=read_layout,
            is_table=True,
        ),
    )
}
