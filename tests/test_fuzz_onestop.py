"""Sync bodies and CloudEvents of any bytes at all: each record is understood or refused by name."""

import json
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ingest.contracts import registry
from ingest.contracts.envelope import Envelope, decode_envelope
from ingest.refusal import Refusal
from ingest.sources.cloudevents import take_in
from ingest.sources.onestop_sync import translate
from tests.building.fuzz import fuzzing
from tests.onestop_records import (
    SOURCE,
    a_body,
    a_heartbeat,
    a_petition,
    a_progress,
    a_record,
    an_apology,
    an_evaluation,
)

FAMILIAR: list[Any] = [
    "20240712090102",
    "20240231000000",
    "9",
    "",
    " ",
    "H52.17.18",
    "03980",
    10**30,
    "2024-07-12T00:00:00Z",
]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.sampled_from(FAMILIAR)
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=3)),
    max_leaves=6,
)
ABOVE = st.dictionaries(st.sampled_from(["service", "MaDinhDanhDV", "x"]), ANYTHING, max_size=1)
RECORD = a_record(1)
EVENTS = [a_progress(), an_apology(), an_evaluation(), a_petition(), a_heartbeat()]


def check(envelopes: list[Envelope], refusals: list[Refusal]) -> None:
    """Something is said of every input, and what was understood can be read again."""
    assert envelopes or refusals
    for refusal in refusals:
        assert refusal.field
        assert refusal.reason
        assert refusal.reason_vi
    for envelope in envelopes:
        assert registry.decode(envelope) is not None
        assert envelope.subject


@st.composite
def spoiled(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes with some of them changed, taken out or put in."""
    found = bytearray(content)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(found)))
        found[at : at + draw(st.integers(0, 8))] = draw(st.binary(max_size=8))
    return bytes(found)


@st.composite
def changed(draw: st.DrawFn, value: Any) -> Any:
    """A JSON value with anything at all in some of its places."""
    if not isinstance(value, dict) or not value:
        return draw(ANYTHING)
    found = dict(value)
    for name in draw(st.lists(st.sampled_from(sorted(found)), min_size=1, max_size=4)):
        found[name] = (
            draw(changed(found[name])) if isinstance(found[name], dict) and draw(st.booleans()) else draw(ANYTHING)
        )
    return found


@fuzzing
@given(st.one_of(st.binary(max_size=300), spoiled(a_body(a_record(1), a_record(2)))))
def test_bytes_that_may_be_a_sync_body(body: bytes) -> None:
    check(*translate(body, SOURCE))


@fuzzing
@given(st.lists(changed(RECORD), min_size=1, max_size=3), ABOVE)
def test_records_with_anything_in_their_fields(records: list[Any], above: dict[str, Any]) -> None:
    body = json.dumps({**json.loads(a_body()), "data": records, **above}).encode()
    envelopes, refusals = translate(body, SOURCE)
    check(envelopes, refusals)
    if not any(refusal.index is None for refusal in refusals):
        assert len(envelopes) + len({refusal.index for refusal in refusals}) == len(records)


@fuzzing
@given(st.one_of(st.binary(max_size=300), spoiled(json.dumps(EVENTS).encode())))
def test_bytes_that_may_be_events(body: bytes) -> None:
    entries, refusals = take_in(body, SOURCE)
    if body.strip() not in {b"[]"} and not _is_empty_list(body):
        check([decode_envelope(entry.body) for entry in entries], refusals)


@fuzzing
@given(st.lists(st.sampled_from(EVENTS).flatmap(changed), min_size=1, max_size=3))
def test_events_with_anything_in_their_fields(events: list[Any]) -> None:
    entries, refusals = take_in(json.dumps(events).encode(), SOURCE)
    check([decode_envelope(entry.body) for entry in entries], refusals)
    if not any(refusal.index is None for refusal in refusals):
        assert len(entries) + len({refusal.index for refusal in refusals}) == len(events)


def _is_empty_list(body: bytes) -> bool:
    try:
        return bool(msgspec.json.decode(body) == [])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
