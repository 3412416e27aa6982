"""Whether the log still gives what was sealed: computed again from the same position, and compared figure by figure."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from psycopg import Connection, Error

from stream.errors import StreamError
from stream.snapshot.content.again import recomputed
from stream.snapshot.content.canonical import canonical
from stream.snapshot.content.cut import stragglers
from stream.snapshot.content.digests import code_version
from stream.snapshot.content.document import Snapshot
from stream.snapshot.seal.errors import NotSealedError
from stream.snapshot.seal.figures import said_by
from stream.snapshot.seal.findings import Finding, found
from stream.snapshot.seal.manifest import JSON
from stream.snapshot.seal.moments import moment_of
from stream.snapshot.seal.package import MANIFEST, SIGNATURE, Package
from stream.snapshot.seal.reading import read_sealed

MOST: Final = 200
"""Differences that are told one by one."""


def recompute(connection: Connection[Any], package: Package, sealed: Snapshot) -> Iterator[Finding]:
    """What is found when the snapshot is made again; the connection is in no transaction."""
    yield from _stored(connection, package, sealed)
    if sealed.rules.code != code_version():
        yield found("recompute.code", JSON, sealed=sealed.rules.code, is_now=code_version())
    try:
        late = stragglers(connection, sealed.cut, moment_of(sealed.known_at))
        again = recomputed(connection, sealed)
    except (StreamError, ValueError, LookupError, Error) as error:
        yield found("recompute.failed", JSON, why=str(error))
        return
    if late > 0:
        yield found("recompute.stragglers", JSON, records=late, known_at=sealed.known_at)
    yield from compare(sealed, again)


def compare(sealed: Snapshot, again: Snapshot) -> Iterator[Finding]:
    """What differs between a snapshot and the same one made again; a note where nothing does."""
    if canonical(sealed) == canonical(again):
        yield found("recompute.equal", JSON, figures=len(sealed.figures))
        return
    yield from _changed_rules(sealed, again)
    before, after = said_by(sealed), said_by(again)
    differing = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    worded = [path for path in differing if _is_worded(path)] if sealed.rules.code != code_version() else []
    if worded:
        yield found("recompute.worded", JSON, number=len(worded), first=worded[0])
        differing = [path for path in differing if not _is_worded(path)]
    for path in islice(differing, MOST):
        told = {"path": path, "sealed": _shown(before, path), "is_now": _shown(after, path)}
        yield found("recompute.differs", f"{JSON} {path}", **told)
    if len(differing) > MOST:
        yield found("recompute.more", JSON, more=len(differing) - MOST)
    if not differing and not worded:
        yield found("recompute.bytes", JSON)


def _is_worded(path: str) -> bool:
    """Whether a path leads to words that another version of the program may choose otherwise, and to no figure."""
    *way, last = path.split("/")
    return last in {"vi", "en"} or (last == "title" and way[:1] == ["form"])


def _changed_rules(sealed: Snapshot, again: Snapshot) -> Iterator[Finding]:
    now = {kpi.id: kpi.digest for kpi in again.kpis}
    for kpi in sealed.kpis:
        if now.get(kpi.id) != kpi.digest:
            yield found("recompute.definition", f"{JSON} kpis/{kpi.id}", kpi=kpi.id)
    if sealed.rules.calendars != again.rules.calendars:
        told = {"sealed": ", ".join(sealed.rules.calendars), "is_now": ", ".join(again.rules.calendars)}
        yield found("recompute.calendar", f"{JSON} rules/calendars", **told)
    if sealed.rules.meaning != again.rules.meaning:
        told = {"sealed": sealed.rules.meaning, "is_now": again.rules.meaning}
        yield found("recompute.meaning", f"{JSON} rules/meaning", **told)


def _shown(said: Mapping[str, Any], path: str) -> Any:
    return said.get(path, "—")


def _stored(connection: Connection[Any], package: Package, sealed: Snapshot) -> Iterator[Finding]:
    place = {"kind": sealed.kind, "period": sealed.period.name, "version": sealed.version}
    try:
        stored = read_sealed(connection, sealed.kind, sealed.period.name, sealed.version)
    except NotSealedError:
        yield found("stored.missing", MANIFEST, **place)
        return
    given = {MANIFEST: package.manifest, SIGNATURE: package.signature, **package.files}
    kept = {MANIFEST: stored.manifest, SIGNATURE: stored.signature, **stored.files}
    differing = [name for name in {**given, **kept} if given.get(name) != kept.get(name)]
    for name in differing:
        yield found("stored.differs", name, name=name)
    if not differing:
        yield found("stored.same", MANIFEST, **place)
