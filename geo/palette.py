"""Colours of the map: one hue from dark to light, so that nobody needs to tell hues apart."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #rrggbb. `scale` runs evenly from the lowest value to the highest."""

    scale: Sequence[str]
    no_data: str
    border: str
    ink: str
    ink_on_dark: str
    ink_on_light: str

    def colour(self, share: float) -> str:
        """The colour at a share from 0 to 1 of the scale."""
        place = min(max(share, 0.0), 1.0) * (len(self.scale) - 1)
        index = min(int(place), len(self.scale) - 2)
        low, high = _rgb(self.scale[index]), _rgb(self.scale[index + 1])
        mixed = (round(a + (b - a) * (place - index)) for a, b in zip(low, high, strict=True))
        return "#" + "".join(f"{part:02x}" for part in mixed)

    def ink_over(self, colour: str) -> str:
        """The ink that reads better over a colour (contrast as WCAG 2 counts it)."""
        return max(self.ink_on_dark, self.ink_on_light, key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, 1.4.3: large text needs 3, other text 4.5)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _rgb(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


NIGHT_BLUE = Palette(
    scale=("#1d3f61", "#245d8e", "#2f7fb8", "#62b0e0", "#b5e0fb"),
    no_data="#3b4149",
    border="#0b1622",
    ink="#c9d6e2",
    ink_on_dark="#ffffff",
    ink_on_light="#07131f",
)
"""For a dark wall: what is counted, without judgement."""

NIGHT_AMBER = Palette(
    scale=("#46371f", "#734f16", "#a86f0c", "#e09a1b", "#ffd37a"),
    no_data="#3b4149",
    border="#14110b",
    ink="#c9d6e2",
    ink_on_dark="#ffffff",
    ink_on_light="#1c1303",
)
"""For a dark wall: what somebody should look into, overdue above all."""

DAY_BLUE = Palette(
    scale=("#e3eff9", "#b5d4ec", "#74add8", "#3a7fb8", "#124a80"),
    no_data="#d5d8db",
    border="#ffffff",
    ink="#31404f",
    ink_on_dark="#ffffff",
    ink_on_light="#0d1b29",
)
"""For a light page and for paper."""
