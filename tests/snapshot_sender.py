"""A sender of snapshots in a process of its own, so that it can be killed at any moment."""

import json
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any, Final

from ioc.delivering.opening import channels_of
from ioc.delivering.sending import Sending
from stream.snapshot.schedule.schedule import Receiver
from stream.snapshot.sending.outbox import Pace
from tests.building.applying import opener
from tests.building.deliveries import TITLE

QUICK: Final = Pace(
    lease=timedelta(seconds=2),
    first_wait=timedelta(milliseconds=20),
    longest_wait=timedelta(milliseconds=100),
    look_every=timedelta(milliseconds=50),
)
"""For tests: the lease is longer than a try that hangs for a second."""


def main(database: str, home: Path, receivers: Mapping[str, Mapping[str, Any]]) -> None:
    """Send until killed. `receivers`: the settings by id, `channel` among them."""
    found = {
        name: Receiver(name, TITLE, given["channel"], {key: each for key, each in given.items() if key != "channel"})
        for name, given in receivers.items()
    }
    channels, wrong = channels_of(found, home, os.environ)
    assert not wrong, wrong
    Sending(opener(database), lambda: datetime.now(UTC), lambda: channels, QUICK).run(Event())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3]))
