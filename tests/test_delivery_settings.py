"""Channels from `snapshots.toml`: a mistake is told by file, table and key."""

from pathlib import Path

import pytest

from ioc.delivering.folder import Folder
from ioc.delivering.opening import channel_of, channels_of
from ioc.errors import SettingError
from stream.snapshot.schedule.reading import read_schedules, shipped_schedules
from stream.snapshot.schedule.schedule import Receiver

_HEAD = '[receiver.tinh]\ntitle = { vi = "Tỉnh", en = "Province" }\n'


def receiver_of(lines: str) -> Receiver:
    return read_schedules("snapshots.toml", _HEAD + lines).receivers["tinh"]


def test_without_a_word_of_the_centre_packages_go_into_a_folder_of_the_home(tmp_path: Path) -> None:
    found, wrong = channels_of(shipped_schedules().receivers, tmp_path, {})
    assert (list(found), wrong) == (["folder"], {})
    assert isinstance(found["folder"], Folder)
    assert found["folder"].where == str(tmp_path / "snapshots")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('channel = "https"\nurl = 7', "url: Expected `str`, got `int`"),
        ('channel = "https"', "Object missing required field `url`"),
        ('channel = "https"\nurl = "http://t.example/"', "url: http:// is for a receiver on this machine"),
        ('channel = "https"\nurl = "https://t.example/"\ngive_up_after_days = 0', "give_up_after_days: "),
        ('channel = "folder"\npath = "a"\nfolder = "b"', "Object contains unknown field `folder`"),
        ('channel = "sftp"\nhost = "h"\nuser = "u"\nhost_key = "x"\nkey_file = "k"', "host_key: 'x' is no public key"),
        ('channel = "email"\nto = ["a@b.vn"]', "sender: is missing: write it, or set IOC_ALERT_FROM"),
        ('channel = "email"\nsender = "a@b.vn"\nto = []', "to: "),
        ('channel = "email"\nsender = "a@b.vn"\nto = ["b"]', "to: 'b' is no address of mail"),
        ('channel = "email"\nsender = "a@b.vn"\nto = ["c@d.vn"]', "server_file: is missing"),
    ],
)
def test_a_mistake_is_told_by_file_table_and_key(tmp_path: Path, lines: str, said: str) -> None:
    with pytest.raises(SettingError) as caught:
        channel_of(receiver_of(lines), tmp_path, {})
    assert str(caught.value).startswith(f"snapshots.toml: [receiver.tinh]: {said}")


def test_a_receiver_with_a_mistake_holds_no_other_one_up(tmp_path: Path) -> None:
    receivers = {**shipped_schedules().receivers, "tinh": receiver_of('channel = "https"\nurl = "x"')}
    found, wrong = channels_of(receivers, tmp_path, {})
    assert (list(found), list(wrong)) == (["folder"], ["tinh"])


def test_a_receiver_says_for_how_long_it_is_tried(tmp_path: Path) -> None:
    channel = channel_of(receiver_of('channel = "folder"\npath = "a"\ngive_up_after_days = 0.5'), tmp_path, {})
    assert channel.give_up_after.total_seconds() == 43_200
