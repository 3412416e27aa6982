"""What the first scene shows, from the most important to the least."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """KPI ids by their place. `split` breaks down one total; `ranked` colours the map and orders the units."""

    heroes: tuple[str, ...]
    others: tuple[str, ...]
    split: tuple[str, ...]
    ranked: str
    rows: int
    events: int

    @property
    def tiles(self) -> tuple[str, ...]:
        """Every KPI that has a tile of its own."""
        return self.heroes + self.others


FIRST_SCENE = Scene(
    heroes=("overdue_now", "on_time_rate", "being_handled", "received_today"),
    others=("due_soon", "received_month", "early_rate", "online_rate"),
    split=("settled_early", "settled_on_date", "settled_late"),
    ranked="overdue_now",
    rows=8,
    events=4,
)
