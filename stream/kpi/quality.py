"""The quality of conference lines (chất lượng đường truyền) as formulas count it: sums of samples."""

from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from stream.errors import StreamError

GaugeName: TypeAlias = Literal[
    "line_minutes", "line_minutes_warn", "line_minutes_bad", "mos_points", "mos_estimates"
]  # fmt: skip
GAUGES: Final[tuple[GaugeName, ...]] = get_args(GaugeName)


class NotAsKnownError(StreamError):
    """Samples are kept without when they became known: a figure made of them can't be told as known at a moment."""


class Gauge(NamedTuple):
    """A sum over the samples of a window, by unit.

    `line_minutes` are minutes in which a line was measured, each line's own added up; `…_warn` and `…_bad` those in
    which a sample was over an alarm level. `mos_points` is the sum of estimated MOS in hundredths, over `mos_estimates`
    samples.
    """

    name: GaugeName

    def __str__(self) -> str:
        return self.name


def gauge_named(name: str) -> Gauge | None:
    """The sum of samples of that name, if there is one."""
    return next((Gauge(each) for each in GAUGES if each == name), None)
