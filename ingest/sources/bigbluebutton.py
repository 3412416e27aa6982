"""BigBlueButton's webhooks (handbook 4.2) to steps of meetings. Pure, but for a log line about ids nobody knows.

Of the ids that are posted, four mean something here: a session was created or ended, somebody joined or left. The
others (voices, cameras, polls, recordings) are taken and tell nothing. So is an id that a later version may bring: a
hook repeats what is refused, and one id must not hold up the others.

- The meeting is `<external-meeting-id>@<day>` (`ingest.sources.meeting_names`); the day is that of the session's
  creation, which stands in the internal id, so that every event knows it and no order is needed.
- The unit that holds it is that of the code `host` of the registration.
- A site (điểm cầu) joins where the external id of a user is one of the registration's codes. Anybody else is a leg
  at a site without unit, known by the id that the server drew for the connection; no name, no external id is kept.
- Breakout rooms (phòng thảo luận nhóm) are part of a meeting: their creation is not that of a meeting.
"""

import re
from datetime import datetime
from functools import lru_cache
from typing import Final

import msgspec
import structlog

from ingest.contracts import registry
from ingest.contracts.conference import MEETING_PROGRESSED, MeetingProgressed, Site, Step
from ingest.contracts.envelope import Envelope, wrap
from ingest.refusal import BODY, Reason, Refusal, RefusedError, malformed, misfit, refuse
from ingest.registration import Source
from ingest.sources import codes
from ingest.sources.bigbluebutton_wire import EVENT, GLANCE, Meeting, User, events_of
from ingest.sources.meeting_names import HOST, day_of, is_site, meeting_name, moment_of, room_code
from ingest.sources.translation import Translation, identity

_STEPS: Final[dict[str, Step]] = {
    "meeting-created": "started",
    "meeting-ended": "ended",
    "user-joined": "joined",
    "user-left": "left",
}
_SILENT: Final = (
    "meeting-recording-", "meeting-screenshare-", "meeting-presentation-", "user-audio-", "user-cam-",
    "user-presenter-", "user-emoji-", "user-raise-hand-", "chat-", "rap-", "pad-", "poll-",
)  # fmt: skip
_DATASCHEMA: Final = registry.dataschema(MEETING_PROGRESSED)
_CREATED: Final = re.compile(r"[0-9a-zA-Z_-]{1,200}-(?P<ms>[0-9]{13})")
_SAFE_ID: Final = re.compile(r"[a-z]{1,20}(?:-[a-z]{1,20}){0,5}")
_MEETING: Final = "data.attributes.meeting"
_USER: Final = "data.attributes.user"

_log = structlog.get_logger("ingest.bigbluebutton")


def translate(body: bytes, source: Source) -> Translation:
    """The steps that a post of a hook tells of, in its order."""
    unit = source.agencies.get(HOST)
    if unit is None:
        return Translation([], [refuse(None, HOST, _NO_HOST)])
    try:
        events = events_of(body)
    except RefusedError as error:
        return Translation([], [refuse(None, error.field, error.reason)])
    except msgspec.ValidationError as error:
        return Translation([], [refuse(None, *misfit(error))])
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return Translation([], [_malformed(error, body)])
    found = Translation([], [])
    for index, raw in enumerate(events):
        try:
            envelope = _envelope(raw, unit, source)
        except RefusedError as error:
            found.refusals.append(refuse(index, f"event[{index}].{error.field}", error.reason))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            field, reason = misfit(error)
            place = f"event[{index}]" if field == BODY else f"event[{index}].{field}"
            found.refusals.append(refuse(index, place, reason))
        else:
            if envelope is not None:
                found.envelopes.append(envelope)
    return found


_NO_HOST: Final = Reason(
    "the source is registered without the code `host`, the unit that holds its meetings",
    "nguồn đăng ký thiếu mã `host` (đơn vị chủ trì các cuộc họp)",
)


def _malformed(error: Exception, body: bytes) -> Refusal:
    """Lines and columns say nothing within a form, which is one line."""
    if isinstance(error, UnicodeError):
        error = UnicodeDecodeError("utf-8", b"", 0, 0, "")
    found = malformed(error, body)
    return found if body.lstrip()[:1] in (b"{", b"[") else msgspec.structs.replace(found, field="event")


def _envelope(raw: msgspec.Raw, unit: str, source: Source) -> Envelope | None:
    """The step that an event is, or None for one that is no step."""
    event_id = GLANCE.decode(raw).data.id
    step = _STEPS.get(event_id)
    if step is None:
        if not event_id.startswith(_SILENT) and _SAFE_ID.fullmatch(event_id):
            _tell_of_unknown(event_id)
        return None
    detail = EVENT.decode(raw).data
    meeting = detail.attributes.meeting
    if meeting.is_breakout:
        return None
    at = moment_of(detail.event.ts, "data.event.ts")
    room = room_code(meeting.external, f"{_MEETING}.external-meeting-id")
    name = meeting_name(room, day_of(_created_at(meeting)))
    site, leg = _who(detail.attributes.user, source) if step in ("joined", "left") else (None, None)
    data = MeetingProgressed(meeting=name, unit=unit, step=step, at=at, site=site, leg=leg)
    kept = wrap(data)
    return Envelope(
        id=identity(kept),
        source=source.id,
        type=MEETING_PROGRESSED,
        subject=registry.case_of(data),
        time=at,
        dataschema=_DATASCHEMA,
        data=kept,
    )


def _created_at(meeting: Meeting) -> datetime:
    """When the session was created: the internal id ends in it, so that every event of the session knows it."""
    found = _CREATED.fullmatch(meeting.internal)
    field = f"{_MEETING}.internal-meeting-id"
    if found is None:
        raise RefusedError(
            field,
            Reason(
                "does not end in the milliseconds of the session's creation",
                "không kết thúc bằng thời điểm tạo phiên họp (mili giây)",
            ),
        )
    return moment_of(int(found["ms"]), field)


def _who(user: User | None, source: Source) -> tuple[Site, str]:
    """The site that is connected, and its connection."""
    if user is None:
        raise RefusedError(_USER, Reason("missing", "thiếu trường bắt buộc"))
    if not is_site(user.internal) or user.internal in set(source.agencies):
        # What stands here is kept: the server drew it, anything else might be a person's, or pass for a site.
        raise RefusedError(
            f"{_USER}.internal-user-id",
            Reason(
                "not a connection's id (up to 100 letters and digits, as w_1fewpbchnudl)",
                "không phải mã kết nối (đến 100 chữ và số, như w_1fewpbchnudl)",
            ),
        )
    code = "" if user.external is None else codes.text_of(user.external, f"{_USER}.external-user-id")
    unit = source.agencies.get(code) if code != HOST else None
    return (Site(site=user.internal) if unit is None else Site(site=code, unit=unit)), user.internal


@lru_cache(maxsize=100)
def _tell_of_unknown(event_id: str) -> None:
    """Tell once what a newer version posts, so that somebody may look whether it means something."""
    _log.warning("bigbluebutton.unknown_event", event_id=event_id)
