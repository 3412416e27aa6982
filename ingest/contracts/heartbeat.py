"""A source's heartbeat: it makes "nothing happened" a fact, apart from "nothing arrived"."""

from typing import Annotated

import msgspec

from ingest.contracts.envelope import Aware, Name

HEARTBEAT = "vn.ioc.source.heartbeat"


class SourceHeartbeat(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The source lives, and everything that happened there until `complete_until` has been sent."""

    source: Name
    at: Aware
    complete_until: Aware | None = None
    waiting: Annotated[int, msgspec.Meta(ge=0)] | None = None  # records not yet sent
