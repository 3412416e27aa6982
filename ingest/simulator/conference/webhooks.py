"""What BigBlueButton posts (handbook 4.2): one event a post, in a form, out of order now and then, now and then twice.

Names stand in it as they do in real posts, so that privacy is put to the test; they are invented.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import blake2b, sha1
from typing import Final
from urllib.parse import urlencode

import msgspec

from ingest.simulator.calendar import LOCAL
from ingest.simulator.conference.meeting import Leg, Meeting
from ingest.simulator.conference.network import Network
from ingest.simulator.conference.schedule import meetings
from ingest.simulator.dice import dice
from ingest.simulator.parcel import Parcel, Way, in_order
from ingest.simulator.people import person
from ingest.simulator.postbox import Route
from ingest.simulator.state import State

_LONGEST: Final = timedelta(days=2)
_DELAYED: Final = 0.04
_REPEATED: Final = 0.02


def route(source: str, callback: str, secret: str) -> Mapping[Way, Route]:
    """Where posts go: each with the checksum over the address that was registered, its body and the secret."""

    def path(body: bytes) -> str:
        # The protocol's own: bbb-webhooks signs with SHA-1.
        checksum = sha1(callback.encode() + body + secret.encode(), usedforsecurity=False).hexdigest()
        return f"/v1/conference/bigbluebutton?source={source}&checksum={checksum}"

    return {Way.WEBHOOK: Route(path, "application/x-www-form-urlencoded", bearer=False)}


def traffic(network: Network, state: State) -> Iterator[Parcel]:
    """Everything that is posted after what `state` says was sent, in order, for ever."""
    first = max(state.begin, (state.sent_until - _LONGEST).astimezone(LOCAL).date())

    def of_day(day: date) -> Iterator[Parcel]:
        for meeting in meetings(network, day):
            yield from _posts(network, meeting)

    return in_order(of_day, first, state.sent_until)


def _posts(network: Network, meeting: Meeting) -> Iterator[Parcel]:
    rng = dice(network.seed, "posts", meeting.name)
    for number, (at, event_id, leg) in enumerate(_events(meeting)):
        wait = 5 + 85 * rng.random() if rng.random() < _DELAYED else 0.4 + 2 * rng.random()
        again = (wait + 4 + 60 * rng.random(),) if rng.random() < _REPEATED else ()
        for seconds in (wait, *again):
            leaves = at + timedelta(seconds=round(seconds, 1))
            yield Parcel(
                leaves, f"{meeting.name}/{number:04d}", Way.WEBHOOK, partial(_body, meeting, at, event_id, leg)
            )


def _events(meeting: Meeting) -> Iterator[tuple[datetime, str, Leg | None]]:
    if meeting.started_at is None or meeting.ended_at is None:
        return
    yield meeting.started_at, "meeting-created", None
    for leg in meeting.legs:
        yield leg.joined, "user-joined", leg
        yield leg.joined + timedelta(seconds=3), "user-audio-voice-enabled", leg
        yield leg.left, "user-left", leg
    yield meeting.ended_at, "meeting-ended", None


def _body(meeting: Meeting, at: datetime, event_id: str, leg: Leg | None) -> bytes:
    created = _milliseconds(meeting.started_at or at)
    server = sha1(meeting.room.encode(), usedforsecurity=False).hexdigest()
    about: dict[str, object] = {
        "meeting": {
            "internal-meeting-id": f"{server}-{created}",
            "external-meeting-id": meeting.room,
            "name": f"Họp trực tuyến {meeting.room}",
        }
    }
    if leg is not None:
        about["user"] = _user(leg)
    event = {"type": "event", "id": event_id, "attributes": about, "event": {"ts": _milliseconds(at)}}
    form = {
        "event": msgspec.json.encode([{"data": event}]).decode(),
        "timestamp": _milliseconds(at),
        "domain": "hop.moc-chau.example",
    }
    return urlencode(form).encode()


def _user(leg: Leg) -> dict[str, object]:
    salt = int.from_bytes(blake2b(leg.ident.encode(), digest_size=6).digest())
    return {
        "internal-user-id": leg.ident,
        "external-user-id": leg.site.code,
        "name": person(salt).name,
        "role": "VIEWER",
        "presenter": False,
    }


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
