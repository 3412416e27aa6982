"""The one-stop shops (một cửa) of the units: who they are to the national register, how busy and how quick they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.simulator.dice import dice


@dataclass(frozen=True, slots=True)
class Shop:
    """One unit's shop.

    `unit` is the administrative unit's code, `agency` the shop's identification code (mã định danh, Decision
    20/2020/QĐ-TTg), `weight` its share of the applications in any unit of measure, `slowness` how many times the
    average share of its applications is late.
    """

    unit: str
    agency: str
    weight: float
    slowness: float = 1.0


def agencies(units: Iterable[str], root: str = "H52.17") -> Mapping[str, str]:
    """The agency code of each unit, as agency code → unit code: `H52.17.80` → `03980`.

    The same unit gets the same code in any company, unless another unit's code ends in the same two digits.
    """
    book: dict[str, str] = {}
    for unit in sorted(units):
        number = int(unit) % 100
        while (agency := f"{root}.{number:02d}") in book:
            number = (number + 1) % 100
        book[agency] = unit
    return book


def shops(weights: Mapping[str, float], seed: int, *, slow: int = 2, slowness: float = 5.0) -> tuple[Shop, ...]:
    """A shop for each unit code with its weight, by code; `slow` of them are late `slowness` times as often.

    Which ones is drawn by `seed`. The average over all applications stays 1.
    """
    book = {unit: agency for agency, unit in agencies(weights).items()}
    units = sorted(weights)
    chosen = set(dice(seed, "slow").sample(units, min(slow, len(units))))
    times = {unit: slowness if unit in chosen else 1.0 for unit in units}
    mean = sum(times[unit] * weights[unit] for unit in units) / sum(weights.values())
    return tuple(Shop(unit, book[unit], weights[unit], times[unit] / mean) for unit in units)
