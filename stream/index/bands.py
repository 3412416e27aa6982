"""How a score is called: excellent, good, … (xếp loại), as `bands.toml` has it."""

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, Literal

import msgspec

from stream.errors import StreamError
from stream.kpi.definition import Bilingual, Text
from stream.kpi.expression import Value


class IndexConfigError(StreamError):
    """The files that describe the index do not go together; the sentence says where."""


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name, and the share of the points judged from which on a score bears it."""

    id: Text
    title: Bilingual
    at_least: Annotated[float, msgspec.Meta(ge=0, le=1)]


class Bands(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All bands, the best first. With fewer than `least_known` points judged, a score is called nothing."""

    certainty: Literal["A", "B", "C"]
    source: Text
    least_known: Annotated[int, msgspec.Meta(ge=1, le=100)]
    band: tuple[Band, ...]

    def of(self, total: Value, known: Value) -> Band | None:
        """The band of a score of which `known` points could be judged; None where too few could."""
        if total is None or known is None or known < self.least_known:
            return None
        # In hundredths of a share: 72 of 80 points is 90 %, also where a binary fraction falls a hair short of it.
        share = round(total / known, 6)
        return next((band for band in self.band if share >= band.at_least), None)


@cache
def load_bands() -> Bands:
    """The bands of this product. Raises `IndexConfigError`."""
    return read_bands((files("stream.index") / "bands.toml").read_text())


def read_bands(text: str) -> Bands:
    """The bands that a text describes. Raises `IndexConfigError`."""
    try:
        bands = msgspec.convert(tomllib.loads(text), Bands)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise IndexConfigError(f"bands.toml: {error}") from None
    if any(better.at_least <= worse.at_least for better, worse in pairwise(bands.band)):
        raise IndexConfigError("bands.toml: the bands go from the best to the worst")
    if not bands.band or bands.band[-1].at_least > 0:
        raise IndexConfigError("bands.toml: the last band begins at 0, or some scores have none")
    return bands
