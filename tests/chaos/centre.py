"""A whole centre as `ioc up` runs it, and the means to hurt it and to ask it."""

import json
import os
import signal

import psycopg

from ioc.services.state import read_state
from ioc.settings import Settings
from ioc.wiring import open_log
from tests.building.applying import applied, opener
from tests.servers.home import Home


def done(home: Home, *arguments: str) -> str:
    """A command of ours that has to succeed; its standard output."""
    ended = home.ioc(*arguments)
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout


def connect(home: Home) -> psycopg.Connection:
    """To the centre's database, as the worker connects."""
    return opener(_database(home))()


def kill(home: Home, name: str) -> bool:
    """`kill -9` a service; False where it is down already."""
    pid = read_state(home.folder).services[name].pid
    if pid is None:
        return False
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def all_applied(home: Home) -> bool:
    """Whether everything in the event log is accounted for."""
    log = open_log(Settings.load(home.folder, {}))
    try:
        return applied(log, _database(home))
    finally:
        log.close()


def rebuilt(home: Home) -> dict[str, bool | None]:
    """Table by table, whether the rebuilt rows equal the live ones."""
    compared = json.loads(done(home, "stream", "rebuild", "--format", "json"))
    return {row["table"]: row["equal"] for row in compared}


def _database(home: Home) -> str:
    url = read_state(home.folder).database_url
    assert url is not None
    return url
