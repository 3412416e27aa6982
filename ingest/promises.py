"""What a source of each kind promises where its registration says nothing else: `promises.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec

from ingest.contracts.declared import Cadence, Stream


class Promised(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The streams of a kind of source, and seconds of working time between its signs of life."""

    sends: Annotated[tuple[Stream, ...], msgspec.Meta(min_length=1)]
    every: Cadence | None = None


@cache
def promises() -> Mapping[str, Promised]:
    """By kind of source; every kind that can be registered is there."""
    text = files("ingest").joinpath("promises.toml").read_text()
    return msgspec.convert(tomllib.loads(text), dict[str, Promised])
