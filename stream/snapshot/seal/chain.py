"""Whether packages of one kind hang together: each names the manifest before it, none is missing, none is there twice.

What can be said depends on what is given: a link to a package that is not given is told as not checked, a hole between
two that are given as an error.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stream.snapshot.seal.findings import Finding, found
from stream.snapshot.seal.manifest import Manifest
from stream.snapshot.seal.moments import moment_of


@dataclass(frozen=True)
class Link:
    """A manifest that was given: from which file, and its digest."""

    where: str
    manifest: Manifest
    digest: str


def check_chain(links: Sequence[Link]) -> Iterator[Finding]:
    """What is found of all of them together, chain by chain."""
    chains: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        chains[link.manifest.area, link.manifest.kind].append(link)
    for (_, kind), given in sorted(chains.items()):
        yield from _of_kind(kind, given)


def _of_kind(kind: str, given: Sequence[Link]) -> Iterator[Finding]:
    by_number: dict[int, Link] = {}
    wrong = []
    for link in sorted(given, key=lambda each: (each.manifest.number, each.where)):
        other = by_number.setdefault(link.manifest.number, link)
        if other.digest != link.digest:
            wrong.append(found("chain.fork", link.where, kind=kind, number=link.manifest.number, other=other.where))
        elif other is not link:
            yield found("chain.twice", link.where, other=other.where)
    yield from _times(by_number)
    wrong += [*_holes(kind, sorted(by_number)), *_links(by_number), *_versions(by_number)]
    yield from wrong
    first, last = min(by_number), max(by_number)
    if not wrong and last > first:
        yield found("chain.good", kind, kind=kind, first=first, last=last)
    if first > 1:
        yield found("chain.open", by_number[first].where, kind=kind, first=first, before=first - 1)
    yield from _restated(given)


def _holes(kind: str, numbers: Sequence[int]) -> Iterator[Finding]:
    for before, after in itertools.pairwise(numbers):
        if after > before + 1:
            missing = str(before + 1) if after == before + 2 else f"{before + 1}–{after - 1}"
            yield found("chain.missing", kind, kind=kind, missing=missing)


def _links(by_number: Mapping[int, Link]) -> Iterator[Finding]:
    for number, link in by_number.items():
        before = by_number.get(number - 1)
        if before is not None and link.manifest.previous != before.digest:
            named = link.manifest.previous or "—"
            yield found("chain.link", link.where, number=number, before=number - 1, named=named, is_now=before.digest)


def _times(by_number: Mapping[int, Link]) -> Iterator[Finding]:
    """Who dates back has to come after what says that it was sealed later; so does a centre whose clock was wrong."""
    for number, link in by_number.items():
        before = by_number.get(number - 1)
        if before is not None and moment_of(link.manifest.sealed_at) < moment_of(before.manifest.sealed_at):
            told = {"sealed_at": link.manifest.sealed_at, "earlier": before.manifest.sealed_at}
            yield found("chain.time", link.where, number=number, before=number - 1, **told)


def _versions(by_number: Mapping[int, Link]) -> Iterator[Finding]:
    seen: dict[tuple[str, int], int] = {}
    for number, link in by_number.items():
        version = (link.manifest.period, link.manifest.version)
        if version in seen:
            told = {"period": version[0], "version": version[1], "number": number, "other": seen[version]}
            yield found("chain.version_twice", link.where, **told)
        seen.setdefault(version, number)


def _restated(given: Sequence[Link]) -> Iterator[Finding]:
    known = {(link.manifest.period, link.manifest.version): link for link in given}
    for link in given:
        restates = link.manifest.restates
        if restates is None:
            continue
        told = {"version": restates.version, "period": link.manifest.period}
        before = known.get((link.manifest.period, restates.version))
        if before is None:
            yield found("restates.open", link.where, **told)
        elif before.digest != restates.digest:
            yield found("restates.digest", link.where, named=restates.digest, is_now=before.digest, **told)
        else:
            yield found("restates.good", link.where, number=before.manifest.number, **told)
