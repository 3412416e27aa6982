"""Whatever bytes lie in the log, they are understood or refused by name: nothing else may happen."""

from collections import defaultdict
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.apply.reading import Beat, Fact, Poison, read
from stream.apply.records import Numbers, record_of
from tests.building.events import an_application, heartbeat

BODY = an_application("A-1").received("2026-01-05 09:00", due="2026-01-12 17:00").sync().body

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def understood_or_refused(body: bytes) -> None:
    with suppress(Poison):
        found = read(body)
        if isinstance(found, Fact):
            numbers = defaultdict[str, int](int)
            record_of(found, Numbers(numbers, numbers), 0)


@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    understood_or_refused(body)


@given(st.integers(0, len(BODY) - 1), st.binary(max_size=3), st.integers(0, 8))
def test_an_event_with_some_bytes_changed(place: int, bytes_there: bytes, removed: int) -> None:
    understood_or_refused(BODY[:place] + bytes_there + BODY[place + removed :])


@given(st.sampled_from(["id", "source", "type", "subject", "time", "dataschema", "data"]), values)
def test_an_event_with_another_value_in_a_field(name: str, value: object) -> None:
    understood_or_refused(msgspec.json.encode({**msgspec.json.decode(BODY), name: value}))


@given(st.sampled_from(["application", "procedure", "field", "unit", "status", "received_at", "supplements"]), values)
def test_an_event_with_another_value_in_its_data(name: str, value: object) -> None:
    envelope = msgspec.json.decode(BODY)
    envelope["data"][name] = value
    understood_or_refused(msgspec.json.encode(envelope))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"id":"\xff"}', "can't be read: UnicodeDecodeError"),
        (b'{"data":' + b"[" * 200_000, "can't be read: RecursionError"),
        (BODY.replace(b"A-1", b"A\\u0000"), "has the character NUL in it"),
        (b"", "truncated"),
    ],
)
def test_what_databases_and_parsers_stumble_over_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(Poison, match=reason):
        read(body)


def test_an_event_and_a_heartbeat_are_told_apart() -> None:
    assert isinstance(read(BODY), Fact)
    assert isinstance(read(heartbeat("2026-01-05 09:00").body), Beat)
