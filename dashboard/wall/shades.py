"""How dark a unit is on the map: calm without anything to look into, the warmer the more there is."""

from collections.abc import Mapping

from geo.palette import Palette

PALETTE = Palette(
    scale=("#22344a", "#57431f", "#8b6424", "#c58d34", "#ffc35a"),
    no_data="#0c141e",
    border="#0c141e",
    ink="#a9b9ca",
    ink_on_dark="#f0f5fa",
    ink_on_light="#0c141e",
)
"""The wall's own colours (assets/base/2_tokens.css): from its calm, in one step, to its warning."""

_FULL = 10
"""How many a unit needs for the last colour, at least: one overdue application is no blaze."""

_LEAST = 1 / (len(PALETTE.scale) - 1)


def shades(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """Each unit's place on the palette, 0 to 1: 0 for none, from a quarter upwards for some; None without data."""
    full = max([_FULL, *(value for value in values.values() if value is not None)])
    return {code: None if value is None else _shade(value / full) for code, value in values.items()}


def _shade(share: float) -> float:
    return 0.0 if share <= 0 else _LEAST + (1 - _LEAST) * share
