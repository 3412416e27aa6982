"""The statistics of a Jitsi Videobridge (`/colibri/stats`, handbook 4.2) to a sample of the bridge's quality. Pure.

The bridge is an endpoint by a code of the registration. What its numbers are, after `doc/statistics.md` of
jitsi/jitsi-videobridge (A; the same numbers stand under older and newer names):

- loss: a fraction in each direction (`loss_rate_*`, since 2020 `incoming_loss` and `outgoing_loss`); kept is the
  worse of the two, in percent;
- jitter and round trip: `jitter_aggregate`, `rtt_aggregate`, ms. The bridge averages the round trips that it measured
  and writes 0 where there were none, so that 0 says nothing;
- bit rates: `bit_rate_download` and `bit_rate_upload`, kbps, kept as their sum, which is what the line carries;
- while nobody takes part (`participants` is 0) loss, jitter and round trip are zeros that nobody measured: they are
  left out, or quiet nights would pass for perfect lines.
"""

import math
import re
from datetime import UTC, datetime
from typing import Final

import msgspec

from ingest.contracts import registry
from ingest.contracts.conference import QUALITY_SAMPLED, QualitySampled, Sample
from ingest.contracts.envelope import Envelope, wrap
from ingest.contracts.limits import EARLIEST, LATEST
from ingest.refusal import BODY, Reason, RefusedError, malformed, misfit, refuse, shown
from ingest.registration import Source
from ingest.sources.meeting_names import HOST
from ingest.sources.translation import Translation, identity

_DATASCHEMA: Final = registry.dataschema(QUALITY_SAMPLED)
_BOM: Final = b"\xef\xbb\xbf"
_STAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z?", re.ASCII)
_ANY: Final = "bridge"
_EMPTY: Final = Reason("none of the statistics that are read", "không có số liệu nào được đọc")


class Statistics(msgspec.Struct, frozen=True):
    """What is read of a report; a bridge writes many more."""

    loss_rate_download: float | None = None
    loss_rate_upload: float | None = None
    incoming_loss: float | None = None
    outgoing_loss: float | None = None
    jitter_aggregate: float | None = None
    rtt_aggregate: float | None = None
    bit_rate_download: float | None = None
    bit_rate_upload: float | None = None
    participants: int | None = None
    current_timestamp: str | None = None


_REPORT: Final = msgspec.json.Decoder(Statistics)


def translate(body: bytes, source: Source, at: datetime, endpoint: str | None = None) -> Translation:
    """The sample that a report is, of `endpoint`, or of the one endpoint that the source is registered for.

    `at` is when the report was fetched; it counts where the report does not say when it was made.
    """
    try:
        code = endpoint_of(source, endpoint)
        statistics = _REPORT.decode(body.removeprefix(_BOM))
        sample = _sample(statistics, at)
    except RefusedError as error:
        return Translation([], [refuse(None, error.field, error.reason)])
    except msgspec.ValidationError as error:
        return Translation([], [refuse(None, *misfit(error))])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Translation([], [malformed(error, body)])
    data = QualitySampled(endpoint=code, unit=source.agencies[code], samples=(sample,))
    kept = wrap(data)
    envelope = Envelope(
        id=identity(kept),
        source=source.id,
        type=QUALITY_SAMPLED,
        subject=registry.case_of(data),
        time=sample.at,
        dataschema=_DATASCHEMA,
        data=kept,
    )
    return Translation([envelope], [])


def endpoint_of(source: Source, endpoint: str | None) -> str:
    """The code of the bridge. Raises `RefusedError` where it isn't registered, or where none is named and many are."""
    codes = [code for code in source.agencies if code != HOST]
    if endpoint is None and len(codes) == 1:
        return codes[0]
    if endpoint is None and not codes and _ANY in source.agencies:  # a register that knows every code: a trial
        return _ANY
    if endpoint is None:
        raise RefusedError(
            "endpoint",
            Reason("the source has not exactly one: name it", "nguồn không có đúng một thiết bị: hãy nêu mã thiết bị"),
        )
    if endpoint not in codes:
        told = shown(endpoint)
        raise RefusedError(
            "endpoint",
            Reason(f"{told} is not registered for this source", f"{told} chưa được đăng ký cho nguồn này"),
        )
    return endpoint


def _sample(told: Statistics, at: datetime) -> Sample:
    used = told.participants != 0
    loss = _worse(
        _fraction(told.loss_rate_download, "loss_rate_download"),
        _fraction(told.loss_rate_upload, "loss_rate_upload"),
        _fraction(told.incoming_loss, "incoming_loss"),
        _fraction(told.outgoing_loss, "outgoing_loss"),
    )
    jitter = _within(told.jitter_aggregate, 60_000, "jitter_aggregate")
    rtt = _within(told.rtt_aggregate, 60_000, "rtt_aggregate")
    download = _within(told.bit_rate_download, 5_000_000, "bit_rate_download")
    upload = _within(told.bit_rate_upload, 5_000_000, "bit_rate_upload")
    bitrate = None if download is None and upload is None else (download or 0) + (upload or 0)
    if loss is None and jitter is None and rtt is None and bitrate is None:
        raise RefusedError(BODY, _EMPTY)
    return Sample(
        at=_made_at(told.current_timestamp) or at.astimezone(UTC),
        loss=None if loss is None or not used else round(loss * 100, 4),
        jitter=jitter if used else None,
        rtt=rtt or None if used else None,
        bitrate=bitrate,
    )


def _fraction(value: float | None, field: str) -> float | None:
    return _within(value, 1, field)


def _within(value: float | None, most: float, field: str) -> float | None:
    """The number. Raises `RefusedError` outside 0 to `most`."""
    if value is not None and not (math.isfinite(value) and 0 <= value <= most):
        raise RefusedError(field, Reason(f"not between 0 and {most:,}", f"không nằm giữa 0 và {most:,}"))
    return value


def _worse(*losses: float | None) -> float | None:
    return max((loss for loss in losses if loss is not None), default=None)


def _made_at(told: str | None) -> datetime | None:
    """When the report was made, which the bridge writes in UTC; None where it can't be read."""
    if told is None or not _STAMP.fullmatch(told.strip()):
        return None
    text = told.strip().removesuffix("Z")
    seconds, _, fraction = text.partition(".")
    try:
        made = datetime.fromisoformat(seconds).replace(microsecond=int(fraction[:6].ljust(6, "0")), tzinfo=UTC)
    except ValueError:
        return None
    return made if EARLIEST <= made < LATEST else None
