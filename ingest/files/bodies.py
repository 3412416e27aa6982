"""Files of bodies as they would be sent over HTTP: one body a file, or one body a line."""

from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from ingest.contracts.envelope import Envelope, encode_envelope
from ingest.files.given import Given
from ingest.files.portion import Placed, Portion, Understood
from ingest.log.protocol import Entry
from ingest.refusal import BODY, Reason, Refusal, refuse
from ingest.sources.cloudevents import Intake
from ingest.sources.translation import Translation

Adapter: TypeAlias = Callable[[bytes, Given], Translation | Intake]
"""The events and refusals of one body."""
Portions: TypeAlias = Callable[[Path, Given, int], Iterator[Portion]]
"""What is left of a file after `done`; at least one portion, so that an empty file is refused too."""

LARGEST_BODY: Final = 32 << 20  # bytes; what is made of them stays under 300 MB
_MOST_ENTRIES: Final = 2_000
_MOST_BYTES: Final = 16 << 20
_LINES: Final = frozenset({".jsonl", ".ndjson"})
_ONE_BODY: Final = Reason(
    f"over {LARGEST_BODY >> 20} MiB: send it in parts", f"lớn hơn {LARGEST_BODY >> 20} MiB: hãy gửi thành nhiều phần"
)


def one_body(adapter: Adapter) -> Portions:
    """The portions of files that hold one body each."""

    def portions(path: Path, given: Given, done: int) -> Iterator[Portion]:
        return _of_one_body(adapter, path, given, done)

    return portions


def one_or_a_line(adapter: Adapter) -> Portions:
    """The portions of files that hold one JSON body, or one a line."""

    def portions(path: Path, given: Given, done: int) -> Iterator[Portion]:
        reader = _of_lines if _has_lines(path) else _of_one_body
        return reader(adapter, path, given, done)

    return portions


def _has_lines(path: Path) -> bool:
    """By its name; else when the first line is a whole JSON document and something follows it."""
    if path.suffix.lower() in _LINES:
        return True
    with path.open("rb") as file:
        try:
            msgspec.json.decode(file.readline(LARGEST_BODY))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        return any(line.strip() for line in iter(lambda: file.readline(1 << 20), b""))


def _of_one_body(adapter: Adapter, path: Path, given: Given, done: int) -> Iterator[Portion]:
    size = path.stat().st_size
    entries, refusals = _read(adapter, path.read_bytes() if size <= LARGEST_BODY else None, given)
    placed = [Placed(None, refusal) for refusal in refusals] if done == 0 else []
    left = entries[done:]
    for start in range(0, max(len(left), 1), _MOST_ENTRIES):
        part = [Understood(None, entry) for entry in left[start : start + _MOST_ENTRIES]]
        end = done + start + len(part)
        read = size * end // max(len(entries), 1)
        yield Portion(part, placed, end, read, _records(placed))
        placed = []


def _of_lines(adapter: Adapter, path: Path, given: Given, done: int) -> Iterator[Portion]:
    line = _lines_before(path, done)
    understood: list[Understood] = []
    refusals: list[Placed] = []
    begun = position = done
    with path.open("rb") as file:
        file.seek(done)
        for body in _lines(file):
            line += 1
            position = file.tell()
            if body is None or body.strip():
                entries, refused = _read(adapter, body, given)
                understood += [Understood(line, entry) for entry in entries]
                refusals += [Placed(line, refusal) for refusal in refused]
            if len(understood) + len(refusals) >= _MOST_ENTRIES or position - begun >= _MOST_BYTES:
                yield Portion(understood, refusals, position, position, _records(refusals))
                understood, refusals, begun = [], [], position
    yield Portion(understood, refusals, position, position, _records(refusals))


def _read(adapter: Adapter, body: bytes | None, given: Given) -> tuple[list[Entry], list[Refusal]]:
    """Entries and refusals of a body; of None, which is one that is too long."""
    if body is None:
        return [], [refuse(None, BODY, _ONE_BODY)]
    events, refusals = adapter(body, given)
    return [_entry(event) for event in events], refusals


def _entry(event: Envelope | Entry) -> Entry:
    return Entry(event.subject, encode_envelope(event)) if isinstance(event, Envelope) else event


def _lines(file: BufferedReader) -> Iterator[bytes | None]:
    """The lines; None for one that is too long to be a body, which is passed over without being kept."""
    while line := file.readline(LARGEST_BODY + 1):
        if len(line) <= LARGEST_BODY:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(1 << 20)
        yield None


def _records(placed: list[Placed]) -> int:
    """How many records these refusals are about."""
    whole = sum(refusal.index is None for _, refusal in placed)
    return whole + len({(line, refusal.index) for line, refusal in placed if refusal.index is not None})


def _lines_before(path: Path, position: int) -> int:
    count = 0
    with path.open("rb") as file:
        while position > 0 and (chunk := file.read(min(position, 1 << 20))):
            count += chunk.count(b"\n")
            position -= len(chunk)
    return count
