"""A bridge's statistics become a sample of its quality; what was not measured is left out."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from ingest.contracts import registry
from ingest.contracts.conference import QualitySampled, Sample
from ingest.registration import Source
from ingest.sources.jitsi import translate

BRIDGE = Source("jvb.moc-chau", "jitsi", {"JVB-1": "03979"}, streams=("conference",))
AT = datetime(2026, 7, 22, 1, 0, 5, tzinfo=UTC)
REPORT: dict[str, Any] = {
    "bit_rate_download": 25_000,
    "bit_rate_upload": 120_000.5,
    "loss_rate_download": 0.005,
    "loss_rate_upload": 0.02,
    "jitter_aggregate": 9,
    "rtt_aggregate": 50.25,
    "conferences": 3,
    "participants": 12,
    "largest_conference": 7,
    "stress_level": 0.6,
    "current_timestamp": "2026-07-22 01:00:03.782",
    "conference_sizes": [0, 0, 1],
}


def a_report(**changes: object) -> bytes:
    return msgspec.json.encode({key: value for key, value in (REPORT | changes).items() if value is not None})


def sampled(body: bytes, source: Source = BRIDGE, endpoint: str | None = None) -> QualitySampled:
    found = translate(body, source, AT, endpoint)
    assert found.refusals == []
    (envelope,) = found.envelopes
    data = registry.decode(envelope)
    assert isinstance(data, QualitySampled)
    assert (envelope.source, envelope.subject) == (source.id, f"endpoint/{data.endpoint}")
    assert envelope.time == data.samples[0].at
    return data


def refused(body: bytes, source: Source = BRIDGE, endpoint: str | None = None) -> str:
    found = translate(body, source, AT, endpoint)
    assert found.envelopes == []
    (refusal,) = found.refusals
    assert refusal.index is None
    assert refusal.reason
    assert refusal.reason_vi
    return refusal.field


def test_a_report_is_a_sample_of_the_bridge_at_its_own_moment() -> None:
    assert sampled(a_report()) == QualitySampled(
        endpoint="JVB-1",
        unit="03979",
        samples=(
            Sample(at=datetime(2026, 7, 22, 1, 0, 3, 782_000, UTC), loss=2.0, jitter=9.0, rtt=50.25, bitrate=145_000.5),
        ),
    )


def test_newer_names_of_loss_are_read_too() -> None:
    body = a_report(loss_rate_download=None, loss_rate_upload=None, incoming_loss=0.031, outgoing_loss=0.002)
    assert sampled(body).samples[0].loss == 3.1


def test_an_idle_bridge_has_measured_no_line() -> None:
    (sample,) = sampled(a_report(participants=0, rtt_aggregate=0, jitter_aggregate=0)).samples
    assert (sample.loss, sample.jitter, sample.rtt, sample.bitrate) == (None, None, None, 145_000.5)


def test_a_round_trip_of_zero_was_not_measured_and_what_is_missing_is_left_out() -> None:
    (sample,) = sampled(a_report(rtt_aggregate=0.0, jitter_aggregate=None, bit_rate_upload=None)).samples
    assert (sample.rtt, sample.jitter, sample.bitrate) == (None, None, 25_000)


@pytest.mark.parametrize("told", [None, "", "yesterday", "2026-02-30 00:00:00", "0001-01-01 00:00:00", "20260722"])
def test_where_the_report_tells_no_moment_the_moment_of_fetching_counts(told: str | None) -> None:
    assert sampled(a_report(current_timestamp=told)).samples[0].at == AT


def test_the_same_report_fetched_twice_is_the_same_event() -> None:
    first, again = (
        translate(a_report(), BRIDGE, AT),
        translate(a_report(), BRIDGE, datetime(2026, 7, 22, 2, tzinfo=UTC)),
    )
    other = translate(a_report(current_timestamp="2026-07-22 01:00:08.782"), BRIDGE, AT)
    assert first.envelopes[0].id == again.envelopes[0].id != other.envelopes[0].id


def test_of_several_bridges_one_has_to_be_named_and_registered() -> None:
    two = Source("jvb", "jitsi", {"JVB-1": "03979", "JVB-2": "03980", "host": "03979"})
    assert sampled(a_report(), two, "JVB-2").unit == "03980"
    assert refused(a_report(), two) == "endpoint"
    assert refused(a_report(), two, "JVB-3") == "endpoint"
    assert refused(a_report(), two, "host") == "endpoint"
    assert refused(a_report(), Source("jvb", "jitsi", {})) == "endpoint"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"loss_rate_upload": 1.5}, "loss_rate_upload"),
        ({"loss_rate_download": -0.1}, "loss_rate_download"),
        ({"jitter_aggregate": -1}, "jitter_aggregate"),
        ({"rtt_aggregate": 60_001}, "rtt_aggregate"),
        ({"bit_rate_upload": 1e12}, "bit_rate_upload"),
        ({"rtt_aggregate": "50"}, "rtt_aggregate"),
        ({"participants": 1.5}, "participants"),
    ],
)
def test_a_number_that_cannot_be_is_refused_by_name(changes: dict[str, object], field: str) -> None:
    assert refused(a_report(**changes)) == field


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"null", b"\xff", b"{}", b'{"participants": 4}', b"<html>", b"[" * 9999]
)
def test_what_is_no_report_is_refused_as_a_whole(body: bytes) -> None:
    assert refused(body) == "$"
