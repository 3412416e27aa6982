"""A ledger that an older program posted by another meaning of the events is made anew before a worker goes on."""

import subprocess
from collections.abc import Callable, Sequence

from ioc.errors import ServiceError
from ioc.settings import Settings


def renew_ledger(settings: Settings, rebuild: Callable[[], Sequence[str]]) -> None:
    """Run the command `rebuild` where the ledger has another meaning than this program's.

    Raises `ServiceError` where it fails: the old ledger is untouched then.
    """
    from ioc.wiring import connect
    from stream.first_rules import MEANING

    with connect(settings) as connection:
        row = connection.execute("select version from meaning").fetchone()
    if row is None or row[0] == MEANING:
        return
    done = subprocess.run(rebuild(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServiceError(f"the ledger has meaning {row[0]} and could not be made anew: {done.stderr.strip()}")
