"""Packages laid into folders: whole or not at all, once however often they are sent."""

from pathlib import Path

import msgspec
import pytest

from ioc.delivering.channel import DeliveryError, Parcel
from ioc.delivering.folder import Folder, FolderSettings
from ioc.delivering.settings import Place
from stream.snapshot.seal.manifest import digest_of
from tests.building.deliveries import a_parcel, chain_of


def to(path: str, home: Path) -> Folder:
    return Folder(FolderSettings(path=path), Place(home, {}))


@pytest.fixture
def parcel() -> Parcel:
    return a_parcel(chain_of(1, "daily")[0])


def test_a_folder_of_the_home_is_made_and_holds_the_package_as_it_was_sealed(tmp_path: Path, parcel: Parcel) -> None:
    receipt = msgspec.json.decode(to("snapshots", tmp_path).send(parcel).receipt)
    [file] = (tmp_path / "snapshots").iterdir()
    assert (file.name, file.read_bytes()) == ("moc-chau-daily-2026-03-02-v1.zip", parcel.package)
    assert receipt == {
        "format": "vn.ioc.placed/1", "digest": parcel.delivery.digest, "kind": "daily", "period": "2026-03-02",
        "version": 1, "where": str(file), "bytes": len(parcel.package), "sha256": digest_of(parcel.package),
    }  # fmt: skip


def test_sent_again_it_is_the_same_file_and_the_same_receipt(tmp_path: Path, parcel: Parcel) -> None:
    folder = to("snapshots", tmp_path)
    first = folder.send(parcel)
    known = (tmp_path / "snapshots" / parcel.name).stat()
    assert folder.send(parcel) == first
    assert (tmp_path / "snapshots" / parcel.name).stat().st_ino == known.st_ino


def test_a_file_of_that_name_with_other_bytes_is_never_written_over(tmp_path: Path, parcel: Parcel) -> None:
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / parcel.name).write_bytes(b"another")
    with pytest.raises(DeliveryError, match="with other bytes") as caught:
        to("snapshots", tmp_path).send(parcel)
    assert not caught.value.retriable
    assert (tmp_path / "snapshots" / parcel.name).read_bytes() == b"another"


def test_a_folder_elsewhere_is_not_made_since_it_may_be_a_mount_that_is_away(tmp_path: Path, parcel: Parcel) -> None:
    away = tmp_path / "mount"
    with pytest.raises(DeliveryError, match="FileNotFoundError") as caught:
        to(str(away), tmp_path / "home").send(parcel)
    assert caught.value.retriable
    away.mkdir()
    to(str(away), tmp_path / "home").send(parcel)
    assert [each.name for each in away.iterdir()] == [parcel.name]


def test_what_a_killed_sender_left_is_swept(tmp_path: Path, parcel: Parcel) -> None:
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / f".{parcel.name}.0123.part").write_bytes(b"half")
    to("snapshots", tmp_path).send(parcel)
    assert [each.name for each in (tmp_path / "snapshots").iterdir()] == [parcel.name]


def test_a_folder_that_is_none_is_tried_again(tmp_path: Path, parcel: Parcel) -> None:
    (tmp_path / "snapshots").write_text("a file")
    with pytest.raises(DeliveryError) as caught:
        to("snapshots", tmp_path).send(parcel)
    assert caught.value.retriable
