"""Packages by HTTPS: what is posted, what counts as a receipt, and which answers are tried again."""

import base64
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ioc.delivering.channel import DeliveryError, Parcel
from ioc.delivering.https import Https, HttpsSettings
from ioc.delivering.settings import Place
from ioc.errors import SettingError
from stream.snapshot.seal.keys import SigningKey
from tests.building.deliveries import a_parcel, chain_of
from tests.servers.processes import free_port
from tests.servers.receiver import NAME, Answering, Province, a_province, answering


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    with a_province(tmp_path_factory.mktemp("province")).started() as found:
        yield found


@pytest.fixture
def told() -> Iterator[Answering]:
    with answering() as server:
        yield server


@pytest.fixture
def parcel() -> Parcel:
    return a_parcel(chain_of(1, "daily")[0])


def to(settings: Mapping[str, Any], **changes: object) -> Https:
    return Https(msgspec.convert({**settings, **changes}, HttpsSettings), Place(Path("/"), {"TOKEN": "t0"}))


def receipt_for(parcel: Parcel, **changes: object) -> bytes:
    of = parcel.delivery
    facts = {
        "format": "vn.ioc.receipt/1", "digest": of.digest, "kind": of.kind, "period": of.period,
        "version": of.version, "received_at": "2026-11-20T16:30:01+07:00", "receiver": "Tỉnh",
    }  # fmt: skip
    return msgspec.json.encode({**facts, **changes})


def refused(channel: Https, parcel: Parcel) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        channel.send(parcel)
    return caught.value


def test_over_tls_the_receiver_answers_a_signed_receipt_for_just_this_package(province: Province) -> None:
    parcel = a_parcel(chain_of(1, "signed")[0])
    answer = to(province.settings).send(parcel)
    receipt = msgspec.json.decode(answer.receipt)
    assert (receipt["digest"], receipt["receiver"], receipt["findings"]) == (parcel.delivery.digest, NAME, [])
    assert province.receipt_key.public.verifies(answer.receipt, base64.b64decode(answer.signature or ""))
    assert to(province.settings).send(parcel) == answer


def test_a_receiver_whose_certificate_nobody_vouches_for_gets_nothing(province: Province, parcel: Parcel) -> None:
    error = refused(to(province.settings, authority=None), parcel)
    assert error.retriable
    assert "CERTIFICATE_VERIFY_FAILED" in str(error)


def test_a_receipt_that_another_key_signed_is_none(province: Province, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_text(SigningKey.generate().public.pem)
    error = refused(to(province.settings, receipt_key=str(other)), a_parcel(chain_of(1, "other-key")[0]))
    assert error.retriable
    assert "not signed by the receiver's key" in str(error)


def test_a_token_that_is_wrong_is_tried_again_since_somebody_may_mend_it(province: Province, parcel: Parcel) -> None:
    (province.folder / "wrong").write_text("no")
    error = refused(to(province.settings, token_file=str(province.folder / "wrong")), parcel)
    assert error.retriable
    assert str(error).startswith("HTTP 401")


@pytest.mark.parametrize(
    "secret", ["s3cret-1\ns3cret-2", "s3cret-1\r\nX-Other: 1", "s3cret-1\x7f", "s3cret-1é", "a s3cret-1"]
)
def test_a_secret_that_no_header_takes_is_told_of_and_not_told(
    told: Answering, parcel: Parcel, tmp_path: Path, secret: str
) -> None:
    (tmp_path / "token").write_text(secret)
    error = refused(to({"url": told.url, "token_file": str(tmp_path / "token")}), parcel)
    assert error.retriable
    assert str(tmp_path / "token") in str(error)
    assert "s3cret" not in str(error)
    assert told.posts == []


def test_a_receiver_that_answers_with_what_it_was_sent_brings_no_token_into_the_record(
    told: Answering, parcel: Parcel
) -> None:
    told.answer = lambda _: (500, {}, b"could not take Authorization: Bearer t0 from you")
    error = refused(to({"url": told.url, "token_variable": "TOKEN"}), parcel)
    assert str(error) == "HTTP 500: could not take Authorization: Bearer … from you"


def test_what_is_posted_has_a_key_of_its_own_its_digest_and_the_token(told: Answering, parcel: Parcel) -> None:
    told.answer = lambda _: (201, {"Receipt-Signature": "c2ln"}, receipt_for(parcel))
    assert to({"url": told.url, "token_variable": "TOKEN"}).send(parcel).signature == "c2ln"
    [(headers, body)] = told.posts
    digest = f"sha-256=:{base64.b64encode(sha256(parcel.package).digest()).decode()}:"
    assert body == parcel.package
    assert {name: headers[name] for name in ("Idempotency-Key", "Repr-Digest", "Content-Type", "Authorization")} == {
        "Idempotency-Key": "tinh/daily/2026-03-02/1", "Repr-Digest": digest, "Content-Type": "application/zip",
        "Authorization": "Bearer t0",
    }  # fmt: skip


def test_the_receipt_is_kept_byte_for_byte(told: Answering, parcel: Parcel) -> None:
    said = b" " + receipt_for(parcel, more=[1.50]) + b"\n"
    told.answer = lambda _: (200, {}, said)
    assert to({"url": told.url}).send(parcel).receipt == said


@pytest.mark.parametrize("status", [400, 405, 409, 410, 413, 415, 422])
def test_what_will_never_be_taken_is_not_tried_again(told: Answering, parcel: Parcel, status: int) -> None:
    told.answer = lambda _: (status, {}, '{"detail": "đã có bản khác"}'.encode())
    error = refused(to({"url": told.url}), parcel)
    assert not error.retriable
    assert str(error) == f'HTTP {status}: {{"detail": "đã có bản khác"}}'


@pytest.mark.parametrize("status", [202, 401, 403, 404, 408, 425, 429, 500, 502, 503, 507])
def test_what_may_be_taken_later_is(told: Answering, parcel: Parcel, status: int) -> None:
    told.answer = lambda _: (status, {}, b"")
    assert refused(to({"url": told.url}), parcel).retriable


def test_a_receiver_that_asks_for_time_gets_it(told: Answering, parcel: Parcel) -> None:
    told.answer = lambda _: (503, {"Retry-After": "120"}, b"")
    assert refused(to({"url": told.url}), parcel).wait == timedelta(seconds=120)
    until = datetime.now(UTC) + timedelta(minutes=5)
    told.answer = lambda _: (429, {"Retry-After": format_datetime(until, usegmt=True)}, b"")
    wait = refused(to({"url": told.url}), parcel).wait
    assert wait is not None
    assert timedelta(minutes=4) < wait <= timedelta(minutes=5)
    told.answer = lambda _: (429, {"Retry-After": "soon"}, b"")
    assert refused(to({"url": told.url}), parcel).wait is None


def test_a_redirect_is_not_followed(told: Answering, parcel: Parcel) -> None:
    told.answer = lambda _: (307, {"Location": "https://elsewhere.example/take"}, b"")
    error = refused(to({"url": told.url}), parcel)
    assert (error.retriable, str(error), len(told.posts)) == (True, "HTTP 307 to elsewhere.example", 1)


@pytest.mark.parametrize("body", [b"", b"<html>Welcome</html>", b'{"status": "ok"}', b"\xff"])
def test_an_answer_that_is_no_receipt_delivers_nothing(told: Answering, parcel: Parcel, body: bytes) -> None:
    told.answer = lambda _: (200, {}, body)
    error = refused(to({"url": told.url}), parcel)
    assert error.retriable
    assert "without a receipt" in str(error)


@pytest.mark.parametrize("changes", [{"digest": "0" * 64}, {"period": "2026-03-03"}, {"version": 2}])
def test_a_receipt_for_something_else_is_refused_as_wrong(
    told: Answering, parcel: Parcel, changes: dict[str, object]
) -> None:
    told.answer = lambda _: (201, {}, receipt_for(parcel, **changes))
    error = refused(to({"url": told.url}), parcel)
    assert not error.retriable
    assert "the receipt is for another" in str(error)


def test_an_answer_without_end_is_left(told: Answering, parcel: Parcel) -> None:
    told.answer = lambda _: (200, {}, b" " * 100_000)
    assert "longer than any receipt" in str(refused(to({"url": told.url}), parcel))


def test_nobody_there_is_tried_again(parcel: Parcel) -> None:
    error = refused(to({"url": f"http://127.0.0.1:{free_port()}/"}), parcel)
    assert error.retriable
    assert "ConnectError" in str(error)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"url": "http://tinh.example/v1"}, "url: http:// is for a receiver on this machine"),
        ({"url": "ftp://tinh.example/"}, "url: must be https://host/path"),
        ({"url": "https://me:secret@tinh.example/"}, "url: must be https://host/path"),
        ({"url": "https://t.example/", "token_file": "a", "token_variable": "B"}, "token_file: token_variable"),
        ({"url": "https://t.example/", "authority": "absent.pem"}, "authority: /absent.pem can't be used"),
        ({"url": "https://t.example/", "receipt_key": "absent.pem"}, "receipt_key: /absent.pem can't be used"),
    ],
)
def test_settings_that_can_not_be_used_are_told_by_key(settings: dict[str, str], said: str) -> None:
    with pytest.raises(SettingError, match=f"^{said}"):
        to(settings)
