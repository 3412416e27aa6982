"""Bodies on their way to a receiver: cut off, silent, broken, or with digests of other kinds."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ioc.receiving import spooling
from ioc.receiving.refusal import RefusedError
from ioc.receiving.spooling import spool
from tests.building.deliveries import chain_of
from tests.servers.processes import wait_until
from tests.servers.receiver import TOKEN, a_province
from tests.test_receive_taking import key_of


async def pieces(*parts: bytes, silence: float = 0) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    await asyncio.sleep(silence)


def refused(stream: AsyncIterator[bytes], file: Path, headers: dict[str, str] | None = None) -> tuple[int, str]:
    with pytest.raises(RefusedError) as caught:
        asyncio.run(spool(stream, headers or {}, file, largest=8))
    return caught.value.status, caught.value.code


def test_a_body_is_written_as_it_comes_and_empty_pieces_are_not_its_end(tmp_path: Path) -> None:
    asyncio.run(spool(pieces(b"abc", b"", b"defgh"), {}, tmp_path / "f", largest=8))
    assert (tmp_path / "f").read_bytes() == b"abcdefgh"


def test_what_is_longer_than_it_may_be_is_left(tmp_path: Path) -> None:
    assert refused(pieces(b"abcdefgh", b"i"), tmp_path / "f") == (413, "too_large")


def test_who_falls_silent_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooling, "SILENCE", 0.02)
    assert refused(pieces(b"abc", silence=30), tmp_path / "f") == (408, "too_slow")


def test_who_speaks_too_slowly_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooling, "LONGEST", 0.02)
    assert refused(pieces(b"abc", silence=30), tmp_path / "f") == (408, "too_slow")


def test_digests_in_other_ways_say_nothing_one_that_differs_does(tmp_path: Path) -> None:
    told = {"content-digest": "sha-512=:AAAA:", "repr-digest": "md5=:AAAA:"}
    asyncio.run(spool(pieces(b"abc"), told, tmp_path / "f"))
    assert refused(pieces(b"abc"), tmp_path / "g", {"content-digest": "sha-256=:AAAA:"}) == (400, "other_digest")


def test_a_sender_that_leaves_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    province = a_province(tmp_path)
    [package] = chain_of(1, "daily")
    with province.started():
        trust = ssl.create_default_context(cafile=province.authority)
        with (
            socket.create_connection(("127.0.0.1", province.port)) as raw,
            trust.wrap_socket(raw, server_hostname="127.0.0.1") as wire,
        ):
            head = (
                f"POST /v1/snapshots HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n"
                f"Idempotency-Key: {key_of(1, 'daily')}\r\nContent-Type: application/zip\r\n"
                f"Content-Length: {len(package)}\r\n\r\n"
            )
            wire.sendall(head.encode() + package[: len(package) // 2])
            wait_until(lambda: any((province.archive / ".incoming").glob("*")), what="the first half")
        wait_until(lambda: not any((province.archive / ".incoming").glob("*")), what="its end")
        assert province.receipts("daily") == {}
        assert province.post(package, key_of(1, "daily")).status_code == 201
