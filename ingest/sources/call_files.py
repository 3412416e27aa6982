"""Files of call records in portions, as `ioc ingest file call-records` takes them: row by row, whatever their size."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.contracts.envelope import Envelope, encode_envelope
from ingest.files.given import Given
from ingest.files.portion import Placed, Portion, Understood
from ingest.log.protocol import Entry
from ingest.sources.call_layout import LayoutError, read_layout
from ingest.sources.call_records import read

_MOST: Final = 2_000


def portions(path: Path, given: Given, done: int) -> Iterator[Portion]:
    """What is left of a file after the row `done`. Raises `LayoutError`."""
    if given.mapping is None:
        raise LayoutError("call records need a layout (--mapping)")
    layout = read_layout(given.mapping.name, given.mapping.text)
    size = path.stat().st_size
    understood: list[Understood] = []
    refusals: list[Placed] = []
    with path.open("rb") as file:
        for row, result in read(file, given.source, layout):
            if 0 < row <= done:
                continue
            if isinstance(result, Envelope):
                understood.append(Understood(row, Entry(result.subject, encode_envelope(result))))
            else:
                refusals.append(Placed(row or None, result))
            done = max(done, row)
            if len(understood) + len(refusals) >= _MOST:
                yield Portion(understood, refusals, done, min(file.tell(), size), len(refusals))
                understood, refusals = [], []
    yield Portion(understood, refusals, done, size, len(refusals))
