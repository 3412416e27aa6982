"""An SFTP server as a process of its own, by another library (asyncssh) than the one that sends (paramiko)."""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncssh

from tests.servers.processes import free_port, running

USER, PASSWORD = "moc-chau", "mật khẩu 1"


@dataclass
class SftpServer:
    """A server that runs: its folder is what senders see as /."""

    port: int
    folder: Path
    host_key: str
    client_key: Path
    password_file: Path

    @property
    def settings(self) -> dict[str, Any]:
        """Of the channel that leads to it, by key."""
        return {
            "host": "127.0.0.1", "port": self.port, "user": USER, "host_key": self.host_key, "folder": "/",
            "key_file": str(self.client_key), "timeout_seconds": 5,
        }  # fmt: skip

    @property
    def by_password(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.settings.items() if name != "key_file"}
        return {**kept, "password_file": str(self.password_file)}


@contextmanager
def sftp_server(folder: Path) -> Iterator[SftpServer]:
    """It, while the block runs."""
    served = folder / "served"
    served.mkdir(parents=True)
    host, client = asyncssh.generate_private_key("ssh-ed25519"), asyncssh.generate_private_key("ssh-ed25519")
    host.write_private_key(folder / "host")
    client.write_private_key(folder / "client")
    client.write_public_key(folder / "authorized")
    (folder / "password").write_text(PASSWORD)
    public = " ".join(host.export_public_key().decode().split()[:2])
    server = SftpServer(free_port(), served, public, folder / "client", folder / "password")
    command = [sys.executable, "-m", "tests.servers.sftp", str(server.port), str(folder)]
    with running(command, lambda: _listens(server.port), folder / "log"):
        yield server


class _Door(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


class _Files(asyncssh.SFTPServer):
    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        """As SFTP has it; in one folder as a server that can't."""
        if oldpath.startswith(b"/posix/"):
            raise asyncssh.SFTPOpUnsupported("not here")
        super().rename(oldpath, newpath)


async def _serve(port: int, folder: Path) -> None:
    def served(channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
        return _Files(channel, chroot=str(folder / "served").encode())

    await asyncssh.listen(
        "127.0.0.1", port, server_factory=_Door, server_host_keys=[str(folder / "host")],
        authorized_client_keys=str(folder / "authorized"), sftp_factory=served,
    )  # fmt: skip
    await asyncio.Event().wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), Path(sys.argv[2])))
