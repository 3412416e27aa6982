"""Estimated audio quality of a line, ITU-T G.107 reduced (handbook 4.2). Always call it estimated: nobody was asked."""

from typing import Final, NamedTuple

_BASE: Final = 93.2
_KNEE_MS: Final = 177.3


class Line(NamedTuple):
    """What the estimate assumes: codec (Ie, Bpl), how losses cluster (BurstR), and the jitter buffer in ms."""

    impairment: float
    robustness: float
    burst_ratio: float
    buffer_least: float
    buffer_most: float
    buffer_per_jitter: float

    def delay(self, rtt: float, jitter: float | None) -> float:
        """One way from mouth to ear in ms: half the round trip, and what the jitter buffer holds back."""
        wanted = 0.0 if jitter is None else self.buffer_per_jitter * jitter
        return rtt / 2 + min(max(wanted, self.buffer_least), self.buffer_most)


def rating(delay: float, loss: float, line: Line) -> float:
    """The rating R of a delay in ms and a loss in percent."""
    of_delay = 0.024 * delay + (0.11 * (delay - _KNEE_MS) if delay > _KNEE_MS else 0.0)
    of_loss = line.impairment + (95 - line.impairment) * loss / (loss / line.burst_ratio + line.robustness)
    return _BASE - of_delay - of_loss


def mos(rating: float) -> float:
    """The mean opinion score, 1 to 4.5, that a rating stands for."""
    if rating < 0:
        return 1.0
    if rating > 100:
        return 4.5
    return 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating)


def estimated_mos(loss: float | None, rtt: float | None, jitter: float | None, line: Line) -> int | None:
    """The score in hundredths; None where loss or round trip was not measured: half a formula says nothing."""
    if loss is None or rtt is None:
        return None
    return round(mos(rating(line.delay(rtt, jitter), loss, line)) * 100)
