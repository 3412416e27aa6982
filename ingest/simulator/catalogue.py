"""The procedures (thủ tục hành chính) that people come for, read from `procedures.toml` beside this file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.simulator.calendar import DAY


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure with its field (lĩnh vực).

    `term` is in working days, `fee` in đồng, `weight` the share of all applications in any unit. `supplement` and
    `payment` are the shares that wait for further papers, and for a financial obligation.
    """

    code: str
    name: str
    field: str
    field_name: str
    term: float
    weight: float
    fee: int
    paper: str
    result: str
    supplement: float
    payment: float = 0.0
    online: str = "full"
    fee_online: bool = True
    population_database: bool = True

    @property
    def seconds(self) -> int:
        """The term as office time."""
        return round(self.term * DAY)


@cache
def procedures() -> tuple[Procedure, ...]:
    """All procedures, in the order of the file."""
    book = tomllib.loads((files("ingest.simulator") / "procedures.toml").read_text(encoding="utf-8"))
    return tuple(
        Procedure(field=field["code"], field_name=field["name"], **row)
        for field in book["field"]
        for row in field["procedures"]
    )
