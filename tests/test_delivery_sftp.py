"""Packages by SFTP to a real server, by another library than ours: known by its key, whole or not at all."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import msgspec
import pytest

from ioc.delivering.channel import DeliveryError, Parcel
from ioc.delivering.settings import Place
from ioc.delivering.sftp import Sftp, SftpSettings
from ioc.errors import SettingError
from stream.snapshot.seal.manifest import digest_of
from tests.building.deliveries import a_parcel, chain_of
from tests.servers.processes import free_port
from tests.servers.sftp import SftpServer, sftp_server


@pytest.fixture(scope="module")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SftpServer]:
    with sftp_server(tmp_path_factory.mktemp("sftp")) as found:
        yield found


@pytest.fixture
def server(running_server: SftpServer) -> SftpServer:
    """With nothing in its folder."""
    for each in running_server.folder.iterdir():
        each.unlink()
    return running_server


@pytest.fixture(scope="module")
def parcel() -> Parcel:
    return a_parcel(chain_of(1, "daily")[0])


def to(server: SftpServer, **changes: object) -> Sftp:
    return of({**server.settings, **changes})


def of(settings: dict[str, object]) -> Sftp:
    return Sftp(msgspec.convert(settings, SftpSettings), Place(Path("/"), {"SECRET": "mật khẩu 1"}))


def test_a_package_arrives_as_it_was_sealed_and_is_read_back(server: SftpServer, parcel: Parcel) -> None:
    receipt = msgspec.json.decode(to(server).send(parcel).receipt)
    [file] = server.folder.iterdir()
    assert (file.name, file.read_bytes()) == (parcel.name, parcel.package)
    assert receipt["where"] == f"sftp://127.0.0.1:{server.port}/{parcel.name}"
    assert (receipt["sha256"], receipt["digest"]) == (digest_of(parcel.package), parcel.delivery.digest)


def test_sent_again_it_stays_the_same_file_and_has_the_same_receipt(server: SftpServer, parcel: Parcel) -> None:
    first = to(server).send(parcel)
    known = (server.folder / parcel.name).stat().st_ino
    assert to(server).send(parcel) == first
    assert [each.stat().st_ino for each in server.folder.iterdir()] == [known]


def test_a_file_of_that_name_with_other_bytes_is_never_written_over(server: SftpServer, parcel: Parcel) -> None:
    (server.folder / parcel.name).write_bytes(b"another")
    with pytest.raises(DeliveryError, match="with other bytes") as caught:
        to(server).send(parcel)
    assert not caught.value.retriable
    assert (server.folder / parcel.name).read_bytes() == b"another"


def test_a_password_from_a_file_or_a_variable_does_too(server: SftpServer, parcel: Parcel) -> None:
    of(server.by_password).send(parcel)
    settings = {name: value for name, value in server.settings.items() if name != "key_file"}
    of({**settings, "password_variable": "SECRET"}).send(parcel)
    assert [each.name for each in server.folder.iterdir()] == [parcel.name]


def test_a_server_with_another_host_key_gets_nothing(server: SftpServer, parcel: Parcel) -> None:
    other = " ".join(asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().split()[:2])
    with pytest.raises(DeliveryError, match=r"BadHostKey|host key|not match"):
        to(server, host_key=other).send(parcel)
    assert list(server.folder.iterdir()) == []


def test_who_is_not_let_in_is_told_and_tried_again(server: SftpServer, parcel: Parcel, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("12345678")
    for name, said in (("wrong", "Authentication"), ("absent", "the secret in .* can't be read")):
        with pytest.raises(DeliveryError, match=said) as caught:
            of({**server.by_password, "password_file": str(tmp_path / name)}).send(parcel)
        assert caught.value.retriable


def test_a_server_that_renames_as_posix_has_it_only_gets_it_too(server: SftpServer, parcel: Parcel) -> None:
    (server.folder / "posix").mkdir()
    try:
        to(server, folder="/posix").send(parcel)
        assert [each.name for each in (server.folder / "posix").iterdir()] == [parcel.name]
    finally:
        shutil.rmtree(server.folder / "posix")


def test_a_server_that_is_away_or_a_folder_that_is_not_there_is_tried_again(server: SftpServer, parcel: Parcel) -> None:
    for channel in (to(server, port=free_port()), to(server, folder="/absent")):
        with pytest.raises(DeliveryError) as caught:
            channel.send(parcel)
        assert caught.value.retriable
    assert list(server.folder.iterdir()) == []


def test_old_drafts_of_killed_senders_are_swept_young_ones_are_somebodys(server: SftpServer, parcel: Parcel) -> None:
    old, young = (server.folder / f".{parcel.name}.{name}.part" for name in ("old", "young"))
    for draft in (old, young):
        draft.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    to(server).send(parcel)
    assert {each.name for each in server.folder.iterdir()} == {parcel.name, young.name}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"host_key": "AAAA"}, "host_key"),
        ({"host_key": []}, "host_key"),
        ({"password_file": "p"}, "key_file"),
        ({"key_file": None}, "key_file"),
    ],
)
def test_settings_that_can_not_be_used_are_told_by_key(
    server: SftpServer, changes: dict[str, object], key: str
) -> None:
    with pytest.raises(SettingError, match=f"^{key}: "):
        to(server, **changes)
