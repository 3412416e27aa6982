"""What a manifest repeats of its snapshot: made so when sealing, looked for again when checking."""

from typing import Any

from stream.snapshot.content.document import Snapshot
from stream.snapshot.seal.manifest import Restated


def told_of(snapshot: Snapshot) -> dict[str, Any]:
    """The fields of the manifest that the snapshot decides."""
    restates = snapshot.restates
    return {
        "area": snapshot.area,
        "kind": snapshot.kind,
        "period": snapshot.period.name,
        "version": snapshot.version,
        "due_at": snapshot.due_at,
        "as_of": snapshot.as_of,
        "known_at": snapshot.known_at,
        "is_partial": snapshot.witness.is_partial,
        "late": tuple(reason.id for reason in snapshot.witness.late),
        "restates": Restated(version=restates.version, digest=restates.digest) if restates else None,
        "cut": snapshot.cut,
        "rules": snapshot.rules,
        "kpis": {each.id: each.digest for each in snapshot.kpis},
    }
