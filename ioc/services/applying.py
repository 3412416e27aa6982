"""Whether a worker applies: it has claimed its partitions."""

from ioc.settings import Settings


class Claims:
    """Counts the claims on partitions: each assignment to a worker raises an epoch in the database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._before = 0

    def remember(self) -> None:
        """Count now, before the worker starts."""
        self._before = self._count()

    def risen(self) -> bool:
        """Whether there was a claim since."""
        return self._count() > self._before

    def _count(self) -> int:
        from ioc.wiring import connect

        with connect(self._settings) as connection:
            row = connection.execute("select coalesce(sum(epoch), 0)::bigint from part_offset").fetchone()
        return 0 if row is None else int(row[0])
