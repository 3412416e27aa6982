"""The digest of a definition: two figures under one digest were computed by the same rule."""

import hashlib
from typing import Final

import msgspec

from stream.kpi.catalogue import Catalogue
from stream.kpi.definition import Kpi
from stream.kpi.expression import Named, nodes_of

_LENGTH: Final = 16


def digest_of(kpi: Kpi, catalogue: Catalogue) -> str:
    """Of everything that the catalogue says of the KPI and of those that its formula refers to."""
    names = {kpi.id, *(node.kpi for node in nodes_of(kpi.expression) if isinstance(node, Named))}
    told = {name: msgspec.to_builtins(catalogue[name].definition) for name in sorted(names)}
    return hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()[:_LENGTH]
