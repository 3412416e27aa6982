"""What differs between two snapshots of the same period: figure by figure, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from stream.snapshot.content.document import Difference, Number, Snapshot
from stream.snapshot.restate.figures import Figures, Stretch, Told, figures
from stream.snapshot.restate.paths import Part

_ORDER: Final[Sequence[Part]] = ("kpi", "form", "index")


def differences(before: Snapshot, after: Snapshot) -> tuple[Difference, ...]:
    """The figures whose value differs, in the order of the later snapshot; who made them differ is not told yet.

    A row of a form that is not there counts as zeros, since rows of zeros are left out; a figure that is not there as
    null. What came to be known differs from null, and zero does.
    """
    earlier, later = figures(before), figures(after)
    stretches = sorted(dict.fromkeys([*later, *earlier]), key=lambda each: _ORDER.index(each.part))
    return tuple(each for stretch in stretches for each in _differing(stretch, earlier, later))


def _differing(stretch: Stretch, earlier: Figures, later: Figures) -> Iterator[Difference]:
    was, became = earlier.get(stretch), later.get(stretch)
    for path, told in {**(became or {}), **_only(was or {}, became or {})}.items():
        before, after = (_value(stretch, found, path) for found in (was, became))
        if before != after:
            yield Difference(
                path=path, title=told.title, unit=told.unit, before=before, after=after, cases=(), others=0
            )


def _only(some: Mapping[str, Told], others: Mapping[str, Told]) -> dict[str, Told]:
    return {path: told for path, told in some.items() if path not in others}


def _value(stretch: Stretch, found: Mapping[str, Told] | None, path: str) -> Number | None:
    if found is None:
        return None
    absent = 0 if stretch.part == "form" else None
    return found[path].value if path in found else absent
