"""By SFTP: under another name first, renamed when it is whole, and read back.

The server is known by its host key, which is pinned in the settings: any other one is refused.
"""

import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from posixpath import join
from typing import Annotated, Final
from uuid import uuid4

import msgspec
import paramiko
from paramiko.hostkeys import HostKeyEntry, InvalidHostKey
from paramiko.sftp import CMD_EXTENDED

from ioc.delivering.channel import LONGEST_TRY, DeliveryError, Parcel
from ioc.delivering.receipts import placed
from ioc.delivering.settings import ChannelSettings, Filled, Place, Secret
from ioc.errors import SettingError
from stream.snapshot.sending.outbox import Answer

_PIECE: Final = 32 * 1024
_ABANDONED: Final = 3600
"""Seconds after which a draft is of a sender that was killed."""


class SftpSettings(ChannelSettings, frozen=True, kw_only=True):
    """`host_key`: one or more public keys as in known_hosts, without the name: "ssh-ed25519 AAAA…"."""

    host: Filled
    user: Filled
    host_key: Filled | list[Filled]
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 22
    folder: Filled = "."
    key_file: Filled | None = None
    password_file: Filled | None = None
    password_variable: Filled | None = None


class Sftp:
    """The channel. Raises `SettingError` for settings that can't be used."""

    def __init__(self, settings: SftpSettings, place: Place) -> None:
        given = [settings.key_file, settings.password_file, settings.password_variable]
        if sum(each is not None for each in given) != 1:
            raise SettingError("key_file: write one of key_file, password_file and password_variable")
        self.where = f"{settings.host}:{settings.port}"
        self.give_up_after = settings.give_up_after
        self._settings = settings
        self._place = place
        self._password = Secret(place, settings.password_file, settings.password_variable)
        self._known = _known(settings)

    def send(self, parcel: Parcel) -> Answer:
        """Upload it and read it back; raises `DeliveryError`."""
        ours = sha256(parcel.package).hexdigest()
        try:
            with self._connected() as server:
                path = join(server.normalize(self._settings.folder), parcel.name)
                found = _digest(server, path)
                if found is None:
                    self._upload(server, parcel, path)
                    found = _digest(server, path)
        except (paramiko.SSHException, OSError, EOFError) as error:
            raise DeliveryError(f"{type(error).__name__}: {error}") from error
        if found is None:
            raise DeliveryError(f"{path} is not there after it was uploaded")
        if found != ours:
            raise DeliveryError(f"{path} is there already, with other bytes: SHA-256 {found}", is_final=True)
        return placed(parcel, f"sftp://{self.where}{path}", found)

    @contextmanager
    def _connected(self) -> Iterator[paramiko.SFTPClient]:
        settings, timeout = self._settings, self._settings.timeout_seconds
        with paramiko.SSHClient() as client:
            for entry in self._known:
                for name in entry.hostnames or ():
                    client.get_host_keys().add(name, entry.key.get_name(), entry.key)
            client.set_missing_host_key_policy(paramiko.RejectPolicy())
            client.connect(
                settings.host, settings.port, settings.user,
                password=self._password.read() if self._password else None,
                key_filename=str(self._place.path(settings.key_file)) if settings.key_file else None,
                allow_agent=False, look_for_keys=False,
                timeout=timeout, banner_timeout=timeout, auth_timeout=timeout, channel_timeout=timeout,
            )  # fmt: skip
            with client.open_sftp() as server:
                channel = server.get_channel()
                if channel is not None:
                    channel.settimeout(timeout)
                yield server

    def _upload(self, server: paramiko.SFTPClient, parcel: Parcel, path: str) -> None:
        folder, _, name = path.rpartition("/")
        draft = join(folder, f".{name}.{uuid4().hex}.part")
        deadline = time.monotonic() + LONGEST_TRY.total_seconds() / 2
        try:
            with server.open(draft, "wbx") as out:
                out.set_pipelined(True)
                for at in range(0, len(parcel.package), _PIECE):
                    if time.monotonic() > deadline:
                        raise DeliveryError("the upload takes too long")
                    out.write(parcel.package[at : at + _PIECE])
                out.flush()
                _fsync(server, out)
            _sweep(server, folder, name, draft)
            _rename(server, draft, path)
        except BaseException:
            with suppress(paramiko.SSHException, OSError, EOFError):
                server.remove(draft)
            raise


def _rename(server: paramiko.SFTPClient, draft: str, path: str) -> None:
    """Rename without taking another one's place, as SFTP has it; where a server can't, as POSIX has it."""
    try:
        server.rename(draft, path)
    except OSError:
        if _digest(server, path) is not None:
            raise
        server.posix_rename(draft, path)


def _fsync(server: paramiko.SFTPClient, file: paramiko.SFTPFile) -> None:
    """Ask for the file to be on the disk; servers that are not OpenSSH may not know how."""
    with suppress(OSError):
        server._request(CMD_EXTENDED, "fsync@openssh.com", file.handle)  # type: ignore[attr-defined]  # noqa: SLF001 - paramiko has no name for it


def _sweep(server: paramiko.SFTPClient, folder: str, name: str, ours: str) -> None:
    """Remove drafts of this package that senders left when they were killed, by the clock of the server."""
    now = server.stat(ours).st_mtime or 0
    for each in server.listdir_attr(folder):
        is_draft = each.filename.startswith(f".{name}.") and each.filename.endswith(".part")
        if is_draft and now - (each.st_mtime or now) > _ABANDONED:
            with suppress(OSError):
                server.remove(join(folder, each.filename))


def _digest(server: paramiko.SFTPClient, path: str) -> str | None:
    """The SHA-256 of what is there now, or None where nothing is."""
    try:
        known = server.stat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(known.st_mode or 0):
        raise DeliveryError(f"{path} is no file")
    digest = sha256()
    with server.open(path, "rb") as file:
        file.prefetch(known.st_size)
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _known(settings: SftpSettings) -> list[HostKeyEntry]:
    name = settings.host if settings.port == 22 else f"[{settings.host}]:{settings.port}"
    lines = [settings.host_key] if isinstance(settings.host_key, str) else settings.host_key
    found = []
    for line in lines:
        try:
            entry = HostKeyEntry.from_line(f"{name} {line}")
        except (InvalidHostKey, paramiko.SSHException):
            entry = None
        if entry is None or entry.key is None:
            raise SettingError(f'host_key: {line[:40]!r} is no public key such as "ssh-ed25519 AAAA…"')
        found.append(entry)
    if not found:
        raise SettingError("host_key: the server's public key is needed: no server is taken on trust")
    return found
