"""One member of a group in a process of its own, so that it can be killed; prints what it is assigned."""

import json
import sys
from collections.abc import Mapping, Sequence

from tests.servers.logs import LogPlace


class Member:
    """A reader with a memory: where it reads from, what it was told, what it read."""

    def __init__(self, place: LogPlace, group: str = "figures", start: Mapping[int, int] | None = None) -> None:
        self.start = dict(start or {})
        self.assigned: set[int] = set()
        self.told: list[tuple[str, tuple[int, ...]]] = []
        self.bodies: list[bytes] = []
        self.reader = place.open().join(f"{group}{place.topic}", self._take, self._give)
        place.opened.callback(self.reader.close)

    def poll(self, limit: int = 100, wait: float = 0.05) -> None:
        """Poll once, and remember."""
        for record in self.reader.poll(limit, wait):
            assert record.partition in self.assigned
            self.bodies.append(record.body)
            self.start[record.partition] = record.position + 1

    def _take(self, partitions: Sequence[int]) -> Mapping[int, int]:
        assert self.assigned.isdisjoint(partitions), "told twice"
        self.assigned.update(partitions)
        self.told.append(("assigned", tuple(partitions)))
        return {partition: self.start.get(partition, 0) for partition in partitions}

    def _give(self, partitions: Sequence[int]) -> None:
        assert self.assigned.issuperset(partitions), "revoked what was not assigned"
        self.assigned.difference_update(partitions)
        self.told.append(("revoked", tuple(partitions)))


def main() -> None:
    """Poll for ever; each line of output is the sorted list of assigned partitions."""
    kind, address, topic = sys.argv[1:4]
    member = Member(LogPlace(kind, address, topic))
    while True:
        member.poll()
        print(json.dumps(sorted(member.assigned)), flush=True)


if __name__ == "__main__":
    main()
