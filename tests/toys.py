"""Small real programs for a supervisor to run, and a supervisor of its own process to kill."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from ioc.services.output import open_logs
from ioc.services.plain_user import NOBODY, plain_user
from ioc.services.service import Service
from ioc.services.supervisor import Supervisor

_TOY = """
trap 'echo "- {name}" >> {journal}; exit 0' TERM
echo "+ {name}" >> {journal}
echo "$$" > {pid}
echo "hello from {name}"
while :; do sleep 0.02; done
"""


def toy(
    folder: Path,
    name: str,
    *,
    needs: tuple[str, ...] = (),
    script: str = _TOY,
    grace: float = 10,
    before: tuple[str, ...] = (),
) -> Service:
    """A shell program that writes `+ name` into `folder/journal` when it starts and `- name` when it is stopped."""
    pid = folder / f"{name}.pid"
    text = script.format(name=name, journal=folder / "journal", pid=pid)
    return Service(name, lambda: [*before, "sh", "-c", text], pid.exists, needs=needs, grace=grace, ready_within=10)


def journal(folder: Path) -> list[str]:
    """What the toys wrote."""
    file = folder / "journal"
    return file.read_text().splitlines() if file.exists() else []


if __name__ == "__main__":
    home = Path(sys.argv[1])
    deaf = "trap '' TERM INT HUP; echo $$ > {pid}; while :; do sleep 0.02; done"
    toys = [toy(home, "first"), toy(home, "second", needs=("first",), script=deaf)]
    if os.geteuid() == 0:  # a change of user must not loosen the tie
        toys += [toy(home, "third", before=NOBODY.prefix), toy(home, "fourth", before=plain_user().prefix)]
    else:
        toys += [toy(home, "third"), toy(home, "fourth")]
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with open_logs(home, [part.name for part in toys]) as logs:
        asyncio.run(Supervisor(toys, logs, lambda _: None).run())
