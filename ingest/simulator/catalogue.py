"""The procedures (thủ tục hành chính) that people come for: those of the shipped register, with the odds of each.

`procedures.toml` beside this file has the odds. What the register says, holds here: a procedure without online
service is never filed online, one without a fee never paid.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ingest.contracts import rules
from ingest.rules.register_file import shipped_register
from ingest.simulator.calendar import DAY
from ingest.simulator.dice import dice

_HOURS_A_DAY = DAY // 3600


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure with its field (lĩnh vực).

    `term` is in working days, `fee` in đồng, `weight` the share of all applications in any unit. `supplement` and
    `payment` are the shares that wait for further papers, and for a financial obligation. `online`: it can be filed
    online, wholly or in part; `fee_online`: its fee can be paid online.
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
    online: bool = True
    fee_online: bool = True
    population_database: bool = True

    @property
    def seconds(self) -> int:
        """The term as office time."""
        return round(self.term * DAY)


@cache
def procedures() -> tuple[Procedure, ...]:
    """All procedures, in the order of the register."""
    return tuple(_procedures())


def _procedures() -> Iterator[Procedure]:
    book = tomllib.loads((files("ingest.simulator") / "procedures.toml").read_text(encoding="utf-8"))
    known = {odds["code"]: odds for odds in book["procedure"]}
    register = shipped_register().procedures
    if missing := known.keys() - {procedure.code for procedure in register}:
        raise LookupError(f"procedures.toml knows procedures that the register does not have: {sorted(missing)}")
    drawn = {each.code: dice("others", each.code).random() ** 5 for each in register if each.code not in known}
    others = book["others"]
    share = others["weight"] / sum(drawn.values())
    for procedure in register:
        odds = known.get(procedure.code) or others | {"weight": drawn[procedure.code] * share}
        yield _with_odds(procedure, odds)


def _with_odds(procedure: rules.Procedure, odds: Mapping[str, Any]) -> Procedure:
    term = procedure.term or 0.0
    return Procedure(
        code=procedure.code,
        name=procedure.name,
        field=procedure.field,
        field_name=procedure.field_name or procedure.field,
        term=term if procedure.term_unit == "day" else term / _HOURS_A_DAY,
        weight=odds["weight"],
        fee=procedure.fee,
        paper=odds["paper"],
        result=odds["result"],
        supplement=odds["supplement"],
        payment=odds.get("payment", 0.0),
        online=procedure.online != "none",
        fee_online=procedure.fee_online,
        population_database=procedure.population_database,
    )
