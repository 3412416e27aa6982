"""The frames of all scenes: each made at its own pace, for those who look."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from dashboard.feed.boards import Boards


class SceneBoards:
    """The newest frame of every scene; the first one is what is meant where nobody says which."""

    def __init__(self, boards: Iterable[Boards]) -> None:
        self._boards: Mapping[str, Boards] = {each.scene: each for each in boards}

    @property
    def first(self) -> Boards:
        """The scene that everybody sees first."""
        return next(iter(self._boards.values()))

    def named(self, names: str | None) -> tuple[str, ...]:
        """The scenes that a comma-separated list names; the first where it names none."""
        wanted = tuple(dict.fromkeys(name for name in (names or "").split(",") if name in self._boards))
        return wanted or (self.first.scene,)

    def ages(self, scenes: Iterable[str]) -> dict[str, float | None]:
        """Seconds since each was read."""
        return {scene: self._boards[scene].age for scene in scenes}

    def newest(self, scenes: Iterable[str]) -> Sequence[Mapping[str, Any]]:
        """The newest frame of each, with its age; those that were never read are left out."""
        boards = [self._boards[scene] for scene in scenes]
        return [{**msgspec.json.decode(each.newest), "age": each.age} for each in boards if each.newest is not None]

    def stir(self, scenes: Iterable[str] | None = None) -> None:
        """Something has changed, or somebody came who looks at these."""
        for scene in self._boards if scenes is None else scenes:
            self._boards[scene].stir()

    async def run(self) -> None:
        """Read all of them, each at its pace, for ever."""
        async with asyncio.TaskGroup() as group:
            for each in self._boards.values():
                group.create_task(each.run())
