"""What BigBlueButton's webhooks post: a form (or JSON) with `event`, a list of events in JSON. Reading, no meaning.

Read after bbb-webhooks 1.x to 3.x: https://docs.bigbluebutton.org/development/webhooks/ and its `src/process/event.js`.
"""

from typing import Final
from urllib.parse import unquote_to_bytes

import msgspec

from ingest.refusal import BODY, Reason, RefusedError

MOST_EVENTS: Final = 1000
"""Events in one post; the hook itself posts one at a time, or the few that waited."""

_MOST_FIELDS: Final = 16
_BOM: Final = b"\xef\xbb\xbf"
_FIELD: Final = "event"


class Meeting(msgspec.Struct, frozen=True):
    """The session; its names, passwords and metadata are not read."""

    internal: str = msgspec.field(name="internal-meeting-id")
    external: str | int | None = msgspec.field(name="external-meeting-id", default=None)
    is_breakout: bool | None = msgspec.field(name="is-breakout", default=None)


class User(msgspec.Struct, frozen=True):
    """Who is connected, by ids only: names, roles and pictures are not read."""

    internal: str = msgspec.field(name="internal-user-id")
    external: str | int | None = msgspec.field(name="external-user-id", default=None)


class Attributes(msgspec.Struct, frozen=True):
    """Of what an event tells; `user` stands in those of users."""

    meeting: Meeting
    user: User | None = None


class Happened(msgspec.Struct, frozen=True):
    """When: milliseconds after 1970."""

    ts: int | float


class Detail(msgspec.Struct, frozen=True):
    """What an event of a meaning has."""

    id: str
    attributes: Attributes
    event: Happened


class Event(msgspec.Struct, frozen=True):
    """An event of a meaning."""

    data: Detail


class _OnlyId(msgspec.Struct, frozen=True):
    id: str


class _Glance(msgspec.Struct, frozen=True):
    data: _OnlyId


EVENT: Final = msgspec.json.Decoder(Event)
GLANCE: Final = msgspec.json.Decoder(_Glance)
"""The id of an event alone, for those whose other parts nobody reads."""

_LIST: Final = msgspec.json.Decoder(list[msgspec.Raw])


class _Post(msgspec.Struct, frozen=True):
    event: msgspec.Raw


_POST: Final = msgspec.json.Decoder(_Post)


def events_of(body: bytes) -> list[msgspec.Raw]:
    """The events of a post, each as its JSON.

    Raises `RefusedError` about the body or its field `event`, and what msgspec raises for JSON that is none.
    """
    text = body.removeprefix(_BOM).strip()
    if text[:1] == b"[":
        return _listed(text)
    if text[:1] != b"{":
        return _listed(form_field(text, _FIELD))
    value = msgspec.json.decode(text)
    if "data" in value:
        return [msgspec.Raw(text)]
    inner = _POST.decode(text).event
    return _listed(value[_FIELD].encode() if isinstance(value[_FIELD], str) else bytes(inner))


def form_fields(body: bytes) -> dict[str, bytes]:
    """The fields of a form (`application/x-www-form-urlencoded`), as they were before they were encoded.

    Raises `RefusedError` for more fields than a hook sends, and for a field that stands twice.
    """
    parts = body.split(b"&", _MOST_FIELDS)
    if len(parts) > _MOST_FIELDS:
        raise RefusedError(BODY, Reason("too many fields", "có quá nhiều trường"))
    found: dict[str, bytes] = {}
    for part in parts:
        raw_name, _, raw_value = part.replace(b"+", b" ").partition(b"=")
        name = unquote_to_bytes(raw_name).decode("utf-8", "replace")
        if name in found:
            raise RefusedError(
                _FIELD if name == _FIELD else BODY, Reason("a field stands twice", "một trường có hai lần")
            )
        found[name] = unquote_to_bytes(raw_value)
    return found


def form_field(body: bytes, name: str) -> bytes:
    """One field of a form. Raises `RefusedError` where it is missing."""
    value = form_fields(body).get(name)
    if value is None:
        raise RefusedError(name, Reason("missing", "thiếu trường bắt buộc"))
    return value


def _listed(text: bytes) -> list[msgspec.Raw]:
    events = _LIST.decode(text) if text.lstrip()[:1] == b"[" else [msgspec.Raw(text)]
    msgspec.json.decode(text)  # all of it is JSON, also what nobody reads
    if len(events) > MOST_EVENTS:
        raise RefusedError(_FIELD, Reason(f"over {MOST_EVENTS} events", f"quá {MOST_EVENTS} sự kiện"))
    return events
