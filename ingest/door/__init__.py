"""The HTTP door: `create_door` builds it around a log and a book of sources."""

from ingest.door.app import BODY_LIMIT, create_door

__all__ = ["BODY_LIMIT", "create_door"]
