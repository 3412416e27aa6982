"""What BigBlueButton posts: events as its hook maps them (bbb-webhooks 3), in a form, with their checksum."""

import json
from datetime import datetime
from hashlib import new
from typing import Any
from urllib.parse import urlencode

from ingest.registration import Source

SECRET = "khong-ai-biet-17"
CALLBACK = "https://ioc.example/v1/conference/bigbluebutton?source=bbb.moc-chau"
HOST_UNIT, SITE_UNIT = "03979", "03980"
BBB = Source(
    "bbb.moc-chau",
    "bigbluebutton",
    {"host": HOST_UNIT, "DC-03980": SITE_UNIT, "DC-03982": "03982"},
    streams=("conference",),
    callback=CALLBACK,
    secret=SECRET,
)
CREATED = 1_784_682_000_000  # 2026-07-22 08:00 in Việt Nam
ROOM = "giao-ban"
MEETING = f"{ROOM}@2026-07-22"


def milliseconds(moment: datetime) -> int:
    """As the hook tells moments."""
    return round(moment.timestamp() * 1000)


def an_event(event_id: str, ts: float = CREATED, *, room: object = ROOM, created: int = CREATED, **user: object) -> Any:
    """An event; with `internal` and `external`, of a user."""
    meeting: dict[str, object] = {"internal-meeting-id": f"{'0a' * 20}-{created}", "external-meeting-id": room}
    attributes: dict[str, object] = {"meeting": meeting}
    if event_id == "meeting-created":
        meeting |= {"name": "Giao ban", "is-breakout": False, "moderator-pass": "mp", "create-time": created}
    if user:
        attributes["user"] = {
            "internal-user-id": user.get("internal"),
            "external-user-id": user.get("external"),
            "name": "Nguyễn Thị Hoa",
            "role": "VIEWER",
        }
    return {"data": {"type": "event", "id": event_id, "attributes": attributes, "event": {"ts": ts}}}


def a_post(*events: object, timestamp: int = CREATED) -> bytes:
    """A form as the hook sends it."""
    told = json.dumps(list(events), ensure_ascii=False, separators=(",", ":"))
    return urlencode({"domain": "bbb.example", "event": told, "timestamp": timestamp}).encode()


def checksum_of(body: bytes, callback: str = CALLBACK, secret: str = SECRET, algorithm: str = "sha1") -> str:
    """The checksum of a post."""
    return new(algorithm, callback.encode() + body + secret.encode(), usedforsecurity=False).hexdigest()
