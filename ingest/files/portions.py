"""A file of sync bodies, cut into portions: one JSON body, or one body a line."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from ingest.contracts.envelope import Envelope
from ingest.refusal import Refusal
from ingest.registration import Source
from ingest.sources.onestop_sync import translate

_MOST_ENTRIES: Final = 2_000
_MOST_BYTES: Final = 16 << 20
_LINES: Final = frozenset({".jsonl", ".ndjson"})


class Placed(NamedTuple):
    """A refusal and the line of its body, from 1; None in a file of one body."""

    line: int | None
    refusal: Refusal


class Portion(NamedTuple):
    """Envelopes that go into the log together, and where the file has been read to when they are there."""

    envelopes: Sequence[Envelope]
    refusals: Sequence[Placed]
    done: int
    bytes_read: int


def portions(path: Path, source: Source, done: int) -> Iterator[Portion]:
    """What is left of the file after `done`; at least one portion, so that an empty file is refused too."""
    return _of_lines(path, source, done) if _has_lines(path) else _of_one_body(path, source, done)


def _has_lines(path: Path) -> bool:
    """By its name; else when the first line is a whole JSON document and something follows it."""
    if path.suffix in _LINES:
        return True
    with path.open("rb") as file:
        try:
            msgspec.json.decode(file.readline())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        return any(line.strip() for line in file)


def _of_one_body(path: Path, source: Source, done: int) -> Iterator[Portion]:
    size = path.stat().st_size
    envelopes, refusals = translate(path.read_bytes(), source)
    placed = [Placed(None, refusal) for refusal in refusals] if done == 0 else []
    left = envelopes[done:]
    for start in range(0, max(len(left), 1), _MOST_ENTRIES):
        part = left[start : start + _MOST_ENTRIES]
        end = done + start + len(part)
        yield Portion(part, placed, end, size * end // max(len(envelopes), 1))
        placed = []


def _of_lines(path: Path, source: Source, done: int) -> Iterator[Portion]:
    line = _lines_before(path, done)
    envelopes: list[Envelope] = []
    refusals: list[Placed] = []
    begun = position = done
    with path.open("rb") as file:
        file.seek(done)
        for body in file:
            line += 1
            position += len(body)
            if body.strip():
                found = translate(body, source)
                envelopes += found.envelopes
                refusals += [Placed(line, refusal) for refusal in found.refusals]
            if len(envelopes) + len(refusals) >= _MOST_ENTRIES or position - begun >= _MOST_BYTES:
                yield Portion(envelopes, refusals, position, position)
                envelopes, refusals, begun = [], [], position
    yield Portion(envelopes, refusals, position, position)


def _lines_before(path: Path, position: int) -> int:
    count = 0
    with path.open("rb") as file:
        while position > 0 and (chunk := file.read(min(position, 1 << 20))):
            count += chunk.count(b"\n")
            position -= len(chunk)
    return count
