"""Channels from what is written about receivers: a mistake is told by file, table and key."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from ioc.delivering.channel import Channel
from ioc.delivering.folder import Folder, FolderSettings
from ioc.delivering.https import Https, HttpsSettings
from ioc.delivering.mail import Mail, MailSettings
from ioc.delivering.settings import ChannelSettings, Place
from ioc.delivering.sftp import Sftp, SftpSettings
from ioc.errors import SettingError
from stream.snapshot.schedule.errors import ScheduleError
from stream.snapshot.schedule.schedule import Receiver
from stream.snapshot.schedule.written import Place as Written
from stream.snapshot.schedule.written import converted

FILE = "snapshots.toml"

S = TypeVar("S", bound=ChannelSettings)


def channel_of(receiver: Receiver, home: Path, environment: Mapping[str, str], file: str = FILE) -> Channel:
    """The channel to a receiver. Raises `SettingError`, which names the file, the table and the key."""
    written, place = Written(file, "receiver", receiver.id), Place(home, environment)
    try:
        match receiver.channel:
            case "https":
                return Https(_settings(receiver, HttpsSettings, written), place)
            case "sftp":
                return Sftp(_settings(receiver, SftpSettings, written), place)
            case "folder":
                return Folder(_settings(receiver, FolderSettings, written), place)
            case "email":
                return Mail(_settings(receiver, MailSettings, written), place)
    except ScheduleError as error:
        raise SettingError(str(error)) from error
    except SettingError as error:
        raise SettingError(str(written.error(None, str(error)))) from error


def channels_of(
    receivers: Mapping[str, Receiver], home: Path, environment: Mapping[str, str]
) -> tuple[Mapping[str, Channel], Mapping[str, str]]:
    """The channels that can be used, by receiver; and for each of the others what is wrong with it."""
    found, wrong = {}, {}
    for name, receiver in receivers.items():
        try:
            found[name] = channel_of(receiver, home, environment)
        except SettingError as error:
            wrong[name] = str(error)
    return found, wrong


def _settings(receiver: Receiver, kind: type[S], written: Written) -> S:
    return converted(receiver.settings, kind, written)
