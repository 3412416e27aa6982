"""Colours as eyes see them: contrast, lightness, and what the colour-blind see of them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

import dashboard

Eyes: TypeAlias = Literal["all", "protan", "deutan", "tritan"]
EYES: Final[tuple[Eyes, ...]] = ("all", "protan", "deutan", "tritan")

_SEEN: Final[Mapping[Eyes, NDArray[np.float64]]] = {
    "all": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Linear RGB as it is seen without one kind of cones: Machado, Oliveira and Fernandes 2009, severity 1."""

_LUMINANCE: Final = np.array([0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, #rrggbb, from 1 to 21 (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str, eyes: Eyes = "all") -> float:
    """The relative luminance of a colour, 0 to 1."""
    seen = np.clip(_SEEN[eyes] @ _linear(colour), 0, 1)
    return float(_LUMINANCE @ seen)


def lightness(colour: str, eyes: Eyes = "all") -> float:
    """L* of CIELAB, 0 to 100: as even as steps of lightness look."""
    share = luminance(colour, eyes)
    return 903.3 * share if share <= 0.008856 else float(116 * np.cbrt(share) - 16)


def tokens(theme: Literal["dark", "light"]) -> Mapping[str, str]:
    """The colours of a theme by their names, as the style sheet has them; those of the other are left out."""
    sheet = (Path(dashboard.__file__).parent / "assets" / "base" / "2_tokens.css").read_text(encoding="utf-8")
    light, _, dark = sheet.partition('[data-theme="light"]')
    assert dark, "the dark theme stands behind the light one"
    named: dict[str, str] = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6}|var\(--[\w-]+\));", light))
    if theme == "dark":
        named |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6}|var\(--[\w-]+\));", dark))
    return {name: _resolved(value, named) for name, value in named.items()}


def _resolved(value: str, named: Mapping[str, str]) -> str:
    while value.startswith("var("):
        value = named[value[6:-1]]
    return value


def _linear(colour: str) -> NDArray[np.float64]:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear: NDArray[np.float64] = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear
