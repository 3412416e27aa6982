"""What was noted in a soak."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import psutil

from ioc.bench.faults import FaultKind
from ioc.bench.soak_pages import SoakPage
from ioc.bench.soak_plan import Wish
from ioc.bench.soak_product import SoakProduct
from ioc.bench.soak_watch import Seen

_PARTS = ("dashboard", "worker", "door", "valkey", "postgres")
_LATELY = 40
"""So many changes of a page are what it said lately."""
WELL = ("live", "quiet", "partial", "restated")
"""States of a page whose figures are the newest there are, whatever they lack for other reasons than a fault."""
_OPENING = 5.0
"""Seconds in which a page that is opened anew may be without figures."""


@dataclass(frozen=True, slots=True)
class Grown:
    """How big a part of the server is; moments in seconds since 1970, memory in MB of a million bytes."""

    at: float
    pid: int
    memory: float
    busy: float
    threads: int
    files: int | None


@dataclass
class Healed:
    """When a page was right again after a fault, how many figures were compared, and when it was so in a new document.

    Seconds since 1970. A scene without figures of the area has to be well only. `wrong` is what kept it from being
    right when it was looked at last.
    """

    right_at: float | None = None
    figures: int = 0
    renewed_at: float | None = None
    wrong: Sequence[str] = ()

    def note(self, at: float, figures: int, *, anew: bool) -> None:
        """It is right at this moment."""
        if self.right_at is None:
            self.right_at, self.figures = at, figures
        if anew and self.renewed_at is None:
            self.renewed_at = at

    def is_over(self, *, anew: bool) -> bool:
        """Whether nothing is waited for any more."""
        return (self.renewed_at if anew else self.right_at) is not None


@dataclass
class Felt:
    """A fault as one page had it; seconds. None: it never said so, or never came back while it was waited for."""

    page: str
    said_after: float | None
    right_after: float | None
    kept: bool
    reloaded: bool
    state_before: str
    figures: int
    renewed_after: float | None = None
    wrong: Sequence[str] = ()


@dataclass
class Struck:
    """A fault that happened; `began` and `ended` in seconds since 1970. `quiet`: in a silence, nothing was sent."""

    kind: FaultKind
    began: float
    ended: float
    quiet: bool
    wanted_seconds: float
    felt: Sequence[Felt] = ()


@dataclass
class Course:
    """All of it. `silences` are seconds since the beginning."""

    wish: Wish
    pages: Sequence[SoakPage]
    began: float = field(default_factory=time.time)
    struck: list[Struck] = field(default_factory=list)
    server: dict[str, list[Grown]] = field(default_factory=lambda: {name: [] for name in _PARTS})
    silences: list[tuple[float, float]] = field(default_factory=list)
    events: int = 0
    ended_by: str = "time"

    def note_server(self, product: SoakProduct) -> None:
        """Look how big every part of the server is now."""
        for name, grown in self.server.items():
            process = product.process(name)
            if process is not None and (found := _grown(process)) is not None:
                grown.append(found)


def feel(page: SoakPage, struck: Struck, healed: Healed) -> Felt:
    """What a page made of a fault, out of what was seen of it."""
    began, until = 1000 * struck.began, 1000 * (healed.renewed_at or healed.right_at or time.time())
    seen = [each for each in page.seen if began <= each.at <= until]
    earlier = [each for each in page.seen if each.at < began]
    before = earlier[-1]
    said = [each for each in seen if _says_more(each, earlier)]
    lost = [each for each in seen if not each.filled and each.at - each.opened > 1000 * _OPENING]
    scenes = {each.scene for each in earlier[-20:] if each.filled}
    return Felt(
        page=page.address,
        said_after=round((said[0].at - began) / 1000, 2) if said else None,
        right_after=_since(struck.ended, healed.right_at),
        kept=not any(each.scene in scenes for each in lost),
        reloaded=any(each.opened != before.opened for each in seen),
        state_before=before.state,
        figures=healed.figures,
        renewed_after=_since(struck.ended, healed.renewed_at) if struck.kind.reloads else None,
        wrong=() if healed.right_at is not None else healed.wrong,
    )


def _since(ended: float, at: float | None) -> float | None:
    return None if at is None else round(max(0.0, at - ended), 2)


def _says_more(now: Seen, earlier: Sequence[Seen]) -> bool:
    """Whether the page, or a figure on it, says of itself that something is wrong which it did not say before.

    What any scene said while the page was well does not count: a rotation shows another one without any fault.
    """
    usual = (word for each in earlier[-_LATELY:] if each.state in WELL for word in each.marks)
    if now.state == "absent":
        return False
    return now.state not in {*WELL, earlier[-1].state} or not set(now.marks) <= {*WELL, *usual}


def stretches(samples: Iterable[Any], born: str, at: str, value: str) -> list[list[tuple[float, float]]]:
    """Moments and values of samples, apart wherever the thing measured began anew."""
    return [
        [(getattr(each, at), getattr(each, value)) for each in group]
        for _, group in groupby(samples, lambda each: getattr(each, born))
    ]


def _grown(process: psutil.Process) -> Grown | None:
    """All of a part: PostgreSQL is a process for each connection, whose shared memory counts once."""
    total = 0
    busy = 0.0
    threads = 0
    files: int | None = 0
    try:
        for each in (process, *process.children(recursive=True)):
            total += _own_memory(each)
            times = each.cpu_times()
            busy += times.user + times.system + times.children_user + times.children_system
            threads += each.num_threads()
            files = None if files is None else files + each.num_fds()
    except psutil.AccessDenied:
        files = None
    except psutil.NoSuchProcess:
        return None
    return Grown(time.time(), process.pid, total / 1e6, busy, threads, files)


def _own_memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.AccessDenied:
        return int(process.memory_info().rss)
