"""How long to wait before a crashed service is started again."""

from collections.abc import Callable

_FIRST = 0.25
_LONGEST = 30.0


def pause(crashes: int, random: Callable[[], float], *, first: float = _FIRST, longest: float = _LONGEST) -> float:
    """Seconds to wait after so many crashes in a row: doubled each time, capped, and jittered.

    `random` answers a number from 0 to 1; the pause lies between half of the step and the whole of it, so that
    services that fell together do not rise together.
    """
    step = min(longest, first * 2.0 ** min(crashes - 1, 32))
    return step * (0.5 + random() / 2)
