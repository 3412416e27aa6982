"""One member of a group in a process of its own, so that it can be killed; prints what it is assigned."""

import json
import sys
from collections.abc import Mapping, Sequence
from threading import Event, Thread

from tests.servers.logs import LogPlace


class Member:
    """A reader with a memory: where it reads from, what it was told, what it read."""

    def __init__(self, place: LogPlace, group: str = "figures", start: Mapping[int, int] | None = None) -> None:
        self.start = dict(start or {})
        self.assigned: set[int] = set()
        self.told: list[tuple[str, tuple[int, ...]]] = []
        self.bodies: list[bytes] = []
        self.failure: Exception | None = None
        self.refusal: Exception | None = None
        self.reader = place.open().join(f"{group}{place.topic}", self._take, self._give)
        self._leaving = Event()
        self._thread = Thread(target=self._run, daemon=True)
        place.opened.callback(self.leave)

    def begin(self) -> "Member":
        """Poll in a thread of its own, until it leaves or fails."""
        self._thread.start()
        return self

    @property
    def begun(self) -> bool:
        """Whether it polls by itself."""
        return self._thread.ident is not None

    def leave(self) -> None:
        """Stop polling, and close the reader."""
        self._leaving.set()
        if self.begun:
            self._thread.join()
        self.reader.close()

    def poll(self, limit: int = 100, wait: float = 0.2) -> None:
        """Poll once, and remember."""
        for record in self.reader.poll(limit, wait):
            assert record.partition in self.assigned
            self.bodies.append(record.body)
            self.start[record.partition] = record.position + 1

    def _run(self) -> None:
        try:
            while not self._leaving.is_set():
                self.poll()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.failure = error

    def _take(self, partitions: Sequence[int]) -> Mapping[int, int]:
        assert self.assigned.isdisjoint(partitions), "told twice"
        self.assigned.update(partitions)
        self.told.append(("assigned", tuple(partitions)))
        return {partition: self.start.get(partition, 0) for partition in partitions}

    def _give(self, partitions: Sequence[int]) -> None:
        assert self.assigned.issuperset(partitions), "revoked what was not assigned"
        self.assigned.difference_update(partitions)
        self.told.append(("revoked", tuple(partitions)))
        refusal, self.refusal = self.refusal, None
        if refusal is not None:
            raise refusal


def main() -> None:
    """Poll for ever; each line of output is the sorted list of assigned partitions."""
    kind, address, topic = sys.argv[1:4]
    member = Member(LogPlace(kind, address, topic))
    while True:
        member.poll()
        print(json.dumps(sorted(member.assigned)), flush=True)


if __name__ == "__main__":
    main()
