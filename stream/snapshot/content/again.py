"""Making a snapshot again, from the log alone: byte for byte as it was sealed, or it tells where not."""

from typing import Any

import msgspec
from psycopg import Connection

from stream.snapshot.content.document import FormFacts, Snapshot
from stream.snapshot.content.reading import read_parts
from stream.snapshot.content.wanted import wanted_of
from stream.snapshot.restate.again import restates_again
from stream.store.reading import snapshot as one_state


def recomputed(connection: Connection[Any], snapshot: Snapshot) -> Snapshot:
    """The same snapshot, read again as it was known then. Raises as `read_snapshot` does.

    What follows from the log is computed, and in what it differs from a version that was sealed here before; what was
    witnessed is kept. So is which program made it: `digests.code_version` tells whether it is this one, and what it
    computes has to be the same all the same. And names of fields (lĩnh vực), which the store keeps as they first came
    and without a date, are those of the snapshot where the codes are.
    """
    with one_state(connection):
        found = read_parts(connection, wanted_of(snapshot), snapshot.witness, snapshot.restates)
        rules = msgspec.structs.replace(found.rules, code=snapshot.rules.code)
        found = msgspec.structs.replace(found, rules=rules, forms=_named(found, snapshot))
        return msgspec.structs.replace(found, restates=restates_again(connection, found))


def _named(found: Snapshot, sealed: Snapshot) -> tuple[FormFacts, ...]:
    names = {row.field: row.field_name for form in sealed.forms for row in form.rows}
    return tuple(
        msgspec.structs.replace(
            form,
            rows=tuple(
                msgspec.structs.replace(row, field_name=names.get(row.field, row.field_name)) for row in form.rows
            ),
        )
        for form in found.forms
    )
