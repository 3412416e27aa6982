"""Whatever a conference system sends, it is understood or refused by name: never a crash, and nothing half right."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.contracts.envelope import encode_envelope
from ingest.door.checksums import fits, without_checksum
from ingest.registration import Source
from ingest.sources import bigbluebutton, call_records, cloudevents, jitsi
from ingest.sources.call_layout import LayoutError, read_layout
from ingest.sources.translation import Translation
from tests.building.call_records import BRIDGE, LIST_HEAD, POLYCOM, polycom, shipped
from tests.building.fuzz import fuzzing
from tests.building.webhooks import BBB, CREATED, a_post, an_event

AT = datetime(2026, 7, 22, 1, 0, tzinfo=UTC)
JVB = Source("jvb.moc-chau", "jitsi", {"JVB-1": "03979"}, streams=("conference",))
LAYOUTS = [shipped("polycom_rmx"), shipped("conference_list")]
REPORT = (
    b'{"rtt_aggregate": 50.25, "jitter_aggregate": 9, "loss_rate_upload": 0.02, "bit_rate_upload": 1200.5,'
    b' "participants": 12, "current_timestamp": "2026-07-22 01:00:03.782"}'
)
POSTS = [
    a_post(an_event("meeting-created"), an_event("user-joined", internal="w_1", external="DC-03980")),
    a_post(an_event("user-left", CREATED + 5, internal="w_1", external=None)),
    json.dumps([an_event("meeting-ended")]).encode(),
    json.dumps({"event": json.dumps(an_event("user-audio-muted"))}).encode(),
]
TABLES = [
    POLYCOM.encode(),
    polycom(status="5"),
    (LIST_HEAD + "\na,,22/07/2026 08:00,,,,,DC-03980,\n").encode("utf-16"),
]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.text(max_size=30),
    st.sampled_from(["Nguyễn Thị Hoa", "DC-03980", "host", "w_1", "\0", "2026-07-22 01:00:03.782", f"a-{CREATED}"]),
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


def damaged(bodies: list[bytes]) -> st.SearchStrategy[bytes]:
    """A good body with some bytes cut out and others put in."""

    def cut(body: bytes, begin: int, length: int, put: bytes) -> bytes:
        begin %= len(body) + 1
        return body[:begin] + put + body[begin + length :]

    pieces = st.binary(max_size=6) | st.sampled_from(
        [b"&", b"%", b'"', b",", b"[", b"}", b"\n", b"event=", b"\x00", b"-"]
    )
    return st.builds(cut, st.sampled_from(bodies), st.integers(0, 2000), st.integers(0, 40), pieces)


@st.composite
def events(draw: st.DrawFn) -> bytes:
    """Posts that are shaped like those of a hook, with any value anywhere."""
    event = an_event(
        draw(st.sampled_from(["meeting-created", "user-joined", "user-left", "rap-published"])),
        internal="w_1",
        external="x",
    )
    for _ in range(draw(st.integers(0, 3))):
        where: Any = event["data"]
        for _ in range(draw(st.integers(0, 3))):
            inner = [each for each in where.values() if isinstance(each, dict)]
            if inner:
                where = draw(st.sampled_from(inner))
        if where:
            where[draw(st.sampled_from(sorted(where)))] = draw(values)
    told = json.dumps([event, draw(values)], ensure_ascii=draw(st.booleans()))
    text = told.encode("utf-8", "surrogatepass")
    return b"event=" + quote_plus(text).encode() if draw(st.booleans()) else text


reports = st.dictionaries(st.sampled_from([*jitsi.Statistics.__struct_fields__, "version"]), scalars, max_size=8).map(
    lambda report: json.dumps(report).encode("utf-8", "surrogatepass")
)
cells = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["2026-07-22 01:00:00", "22/07/2026 08:00", "1:30:00", "90", "3", "5", "Đã họp", "DC-03980;X-1", "=1+1"]
    ),
)
tables = st.lists(st.lists(cells, min_size=1, max_size=12), max_size=6).map(
    lambda rows: "\n".join([LIST_HEAD, *(",".join(row) for row in rows)]).encode("utf-8", "surrogatepass")
)


def holds(found: Translation, source: Source) -> None:
    """Every event is one that the door would take from this source, and every refusal names its place."""
    for envelope in found.envelopes:
        again = cloudevents.take_in(encode_envelope(envelope), source)
        assert again.refusals == []
        assert [entry.key for entry in again.entries] == [envelope.subject]
    for refusal in found.refusals:
        assert refusal.field
        assert refusal.reason
        assert refusal.reason_vi
        assert "Hoa" not in f"{refusal.reason} {refusal.reason_vi}"
        assert refusal.index is not None or not found.envelopes
    ids = [refusal.index for refusal in found.refusals]
    assert len(set(ids)) == len(ids)


@fuzzing
@given(st.binary(max_size=400) | damaged(POSTS) | events())
def test_any_post_of_a_hook(body: bytes) -> None:
    holds(bigbluebutton.translate(body, BBB), BBB)


@fuzzing
@given(st.binary(max_size=200) | damaged([REPORT]) | reports)
def test_any_report_of_a_bridge(body: bytes) -> None:
    found = jitsi.translate(body, JVB, AT)
    holds(found, JVB)
    assert len(found.envelopes) + len(found.refusals) == 1


@fuzzing
@given(st.binary(max_size=300) | damaged(TABLES) | tables, st.sampled_from(LAYOUTS))
def test_any_file_of_call_records(body: bytes, layout: Any) -> None:
    found = call_records.translate(body, BRIDGE, layout)
    holds(found, BRIDGE)
    assert found.envelopes or found.refusals


@fuzzing
@given(
    st.text(max_size=200)
    | damaged([b'name = "x"\nmoments = ["d/M/yy"]\n[columns]\nroom = 1\n']).map(lambda text: text.decode("latin-1"))
)
def test_any_layout(text: str) -> None:
    with suppress(LayoutError):
        assert read_layout("layout.toml", text).moments


@fuzzing
@given(
    st.text(max_size=140),
    st.text(max_size=40),
    st.binary(max_size=200) | damaged(POSTS),
    st.none() | st.text(max_size=9),
)
def test_any_checksum_is_right_or_wrong(checksum: str, callback: str, body: bytes, secret: str | None) -> None:
    assert fits(checksum, callback, body, secret) is False
    assert "checksum=" not in without_checksum("https://x/y?source=a&checksum=" + "0" * 40)


@pytest.mark.parametrize(
    ("read", "body"),
    [
        (lambda body: bigbluebutton.translate(body, BBB), b"event=" + b"%5B" * 150_000),
        (lambda body: bigbluebutton.translate(body, BBB), b"a=b&" * 250_000),
        (lambda body: bigbluebutton.translate(body, BBB), b'{"event": "' + b"\\\\" * 400_000 + b'"}'),
        (lambda body: jitsi.translate(body, JVB, AT), b'{"current_timestamp": "' + b"2026-" * 150_000 + b'"}'),
        (lambda body: call_records.translate(body, BRIDGE, LAYOUTS[0]), b'"' * 900_000),
        (lambda body: call_records.translate(body, BRIDGE, LAYOUTS[0]), b"," * 900_000),
        (lambda body: call_records.translate(body, BRIDGE, LAYOUTS[1]), b"\n" * 900_000),
    ],
)
def test_a_megabyte_of_one_thing_is_refused_at_once(read: Callable[[bytes], Translation], body: bytes) -> None:
    found = read(body)
    assert (found.envelopes, len(found.refusals)) == ([], 1)
