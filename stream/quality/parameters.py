"""How quality is estimated and from where on it is alarming, as `quality.toml` has it."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import msgspec

from stream.core.quality import Line

Above = Annotated[float, msgspec.Meta(gt=0)]
NotBelow = Annotated[float, msgspec.Meta(ge=0)]


class _Sourced(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How sure it is, and who says so."""

    certainty: Literal["A", "B", "C"]
    source: Annotated[str, msgspec.Meta(min_length=1)]


class Codec(_Sourced, frozen=True, forbid_unknown_fields=True):
    """A codec's impairment Ie, and its robustness Bpl against loss."""

    impairment: NotBelow
    robustness: Above
    robustness_concealed: Above


class Assumed(_Sourced, frozen=True, forbid_unknown_fields=True):
    """What nobody measures: concealment, clustering of losses, and the jitter buffer in ms."""

    concealment: bool
    burst_ratio: Above
    buffer_least_ms: NotBelow
    buffer_most_ms: NotBelow
    buffer_per_jitter: NotBelow


class Levels(_Sourced, frozen=True, forbid_unknown_fields=True):
    """Over these a sample is bad, or a warning."""

    bad_loss_percent: NotBelow
    warn_loss_percent: NotBelow
    warn_jitter_ms: NotBelow
    warn_rtt_ms: NotBelow

    @property
    def stored(self) -> dict[str, int]:
        """The levels in the units of the store, by the names that the statements use."""
        return {
            "bad_loss": round(self.bad_loss_percent * 100),
            "warn_loss": round(self.warn_loss_percent * 100),
            "warn_jitter": round(self.warn_jitter_ms * 10),
            "warn_rtt": round(self.warn_rtt_ms * 10),
        }


class Latest(_Sourced, frozen=True, forbid_unknown_fields=True):
    """For how many minutes a sample says how a line is now."""

    fresh_minutes: Annotated[int, msgspec.Meta(ge=1)]


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    estimate: _Sourced
    codec: Codec
    assumed: Assumed
    levels: Levels
    latest: Latest

    @property
    def line(self) -> Line:
        """What the estimate assumes of every line."""
        codec, assumed = self.codec, self.assumed
        return Line(
            codec.impairment, codec.robustness_concealed if assumed.concealment else codec.robustness,
            assumed.burst_ratio, assumed.buffer_least_ms, assumed.buffer_most_ms, assumed.buffer_per_jitter,
        )  # fmt: skip


@cache
def load_parameters() -> Parameters:
    """The parameters of this product. Raises `msgspec.ValidationError`, which names the key."""
    text = (files("stream.quality") / "quality.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Parameters)
