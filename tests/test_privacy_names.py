"""Personal fields are found whatever their spelling and depth; what the contract names is never taken for one."""

import json
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.contracts import registry
from ingest.contracts.envelope import Envelope
from ingest.contracts.onestop import Papers, Supplement
from ingest.contracts.privacy import (
    FREE_TEXTS,
    OTHER_PEOPLE,
    PERSONAL_FIELDS,
    is_personal,
    mask_text,
    scrub,
    without_personal_data,
)

ALL = (*PERSONAL_FIELDS, *FREE_TEXTS, *OTHER_PEOPLE)
SECRET = "Lò Thị Mỷ"


@pytest.mark.parametrize("name", ["ChuHoSo", "CHUHOSO", "chu_ho_so", "Chủ hồ sơ", "EmailChuHoSo", "số-điện-thoại"])
def test_a_personal_field_is_known_in_every_spelling(name: str) -> None:
    assert is_personal(name)


def test_no_field_of_the_contract_is_personal() -> None:
    classes: list[type[msgspec.Struct]] = [Envelope, Papers, Supplement, *registry.CLASSES.values()]
    assert [name for cls in classes for name in cls.__struct_fields__ if is_personal(name)] == []


def nested(secret: str) -> st.SearchStrategy[object]:
    """JSON values in which every personal field, at any depth, holds the secret."""
    spelled = st.sampled_from(ALL).flatmap(lambda name: st.sampled_from([name, name.lower(), name.upper()]))
    leaves = st.integers() | st.sampled_from(["a", "b"]) | st.none()
    holders = st.dictionaries(spelled, st.sampled_from([secret, [secret], {"x": secret}]), max_size=3)
    return st.recursive(
        leaves | holders, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz"), inner, max_size=3)
    )


@given(nested(SECRET))
def test_nothing_personal_is_left_at_any_depth(value: object) -> None:
    assert SECRET not in json.dumps(scrub(value), ensure_ascii=False)


def plain(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Lists and objects that name nobody."""
    return st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz", max_size=3), inner, max_size=3)


@given(st.recursive(st.integers() | st.sampled_from(["a", ""]), plain, max_leaves=10))
def test_everything_else_is_left_as_it_is(value: object) -> None:
    assert scrub(value) == value


def test_a_field_with_escapes_in_its_name_is_found() -> None:
    body = b'{"\\u0043hu\\u0048oSo": "secret", "status": 2}'
    assert without_personal_data(body) == b'{"status":2}'


def broken(name: str) -> Iterator[bytes]:
    """Bytes that are not JSON, each with the secret in the field."""
    quoted = json.dumps(SECRET, ensure_ascii=False)
    yield f'{{"status": 2, "{name}": {quoted}, "x": '.encode()
    yield f'{{"status": 2, "{name}" : "{SECRET}'.encode()
    yield f'{{"status": 2, "{name}": {{"a": {quoted}}}, '.encode()
    yield f'{{"status": 2, "{name}": [{quoted}, {quoted}], '.encode()
    yield f"status=2&{name}={SECRET}&x=1".encode()
    yield f"<r><status>2</status><{name}>{SECRET}</{name}>".encode()
    yield f"<r><status>2</status><e:{name} a='1'>{SECRET}".encode()
    yield msgspec.json.encode({"status": 2, "data": json.dumps({name: SECRET}, ensure_ascii=False)})
    yield b"\xff" + f'{{"status": 2, "{name}": {quoted}}}'.encode()


@pytest.mark.parametrize("name", [*ALL, "EmailChuHoSo", "chuhoso"])
def test_what_is_not_json_is_masked(name: str) -> None:
    for body in broken(name):
        masked = without_personal_data(body)
        assert SECRET.encode() not in masked, body
        assert b"status" in masked, body


@pytest.mark.parametrize("personal", ["lo.my+1@mail.vn", "0912345678", "+84912345678", "014123456789", "123456789"])
def test_addresses_and_numbers_of_people_are_masked_wherever_they_stand(personal: str) -> None:
    assert mask_text(f"gọi {personal} nhé") == "gọi *** nhé"


@pytest.mark.parametrize("code", ["H52.17.18-230712-0001", "G09.20-20260609-0092637", "20240712090102", "03980"])
def test_codes_and_moments_are_not_masked(code: str) -> None:
    assert mask_text(f"x {code} y") == f"x {code} y"


def test_bytes_that_are_no_text_survive_masking() -> None:
    assert without_personal_data(b"\x00\xfe\xff ok") == b"\x00\xfe\xff ok"


def test_json_that_nests_too_deep_is_masked_as_text() -> None:
    body = b"[" * 100_000 + b'{"Email": "a@b.vn"}'
    assert b"a@b.vn" not in without_personal_data(body)
